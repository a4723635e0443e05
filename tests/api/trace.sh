#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The trace: a line for each call when WEBSERVICES_TRACE=1, none otherwise.
set -u

run() { "$srcdir/tools/wine-test" tests/api/heap.exe the_first_chunk_is_128_bytes 2>&1; }
run_calls() { "$srcdir/tools/wine-test" tests/api/traced.exe 2>&1; }
number=0 failed=0

result() {
    number=$((number + 1))
    if [ "$1" = 0 ]; then echo "ok $number - $2"; else echo "not ok $number - $2"; failed=1; fi
}

quiet=$(run)
if [ $? = 77 ]; then
    echo "1..0 # SKIP no Wine that runs this"
    exit 0
fi

echo 1..18
printf '%s\n' "$quiet" | grep -q '^ok 1' && ! printf '%s' "$quiet" | grep -q '^webservices: '
result $? "nothing is printed without the variable"
! printf '%s' "$(WEBSERVICES_TRACE=0 run)" | grep -q '^webservices: '
result $? "nor when it is 0"

printf '%s\n' "$(WEBSERVICES_TRACE=anything run)" | grep -q 'webservices: WsAlloc'
result $? "any other value turns it on"

traced=$(WEBSERVICES_TRACE=1 run)
printf '%s\n' "$traced" | grep -Eq 'webservices: WsCreateHeap\(maxSize=256, trimSize=0, .*\) = 0x00000000, \*heap=(0x)?[0-9a-f]+'
result $? "a call is printed with its arguments and its result"
printf '%s\n' "$traced" | grep -Eq 'webservices: WsAlloc\(heap=(0x)?[0-9a-f]+, size=16, .*\) = 0x00000000'
result $? "so is an allocation"
[ "$(printf '%s\n' "$traced" | grep -c 'webservices: WsGetHeapProperty')" = 2 ]
result $? "each call has one line"

# --- What a call is shown with ---

calls=$(WEBSERVICES_TRACE=1 run_calls)
shows() { # shows NAME PATTERN
    printf '%s\n' "$calls" | grep -Eq -- "$2"
    result $? "$1"
}
shows "strings as they are, and what was found" \
    'WsReadToStartElement\(.*localName="order", ns="", .*\) = 0x00000000, \*found=1'
shows "with what is not printable escaped" 'WsReadToStartElement\(.*localName="a\\"\\n\\xff", .*\*found=0'
shows "cut" 'WsFindAttribute\(.*localName="a_name_that_is_much_longer_than_what_is_"\.\.\., '
shows "and without bytes" 'WsWriteStartElement\(.*prefix=NULL, localName=NULL \(3\), ns="", .*\) = 0x80070057 E_INVALIDARG: .'
shows "an index that was found" 'WsFindAttribute\(.*localName="n".*\) = 0x00000000, \*attributeIndex=0'
! printf '%s\n' "$calls" | grep -q -- '= 0x00000001, \*attributeIndex'
result $? "and none that was not"
shows "a namespace" 'WsGetNamespaceFromPrefix\(.*prefix="xml".*\*ns="http://www.w3.org/XML/1998/'
shows "encodings and charsets by their names" 'WsSetOutput\(.*encoding=WS_XML_WRITER_ENCODING_TYPE_TEXT WS_CHARSET_UTF8, output=WS_XML_WRITER_OUTPUT_TYPE_BUFFER'
shows "a node type by its name" 'WsGetReaderNode\(.*type=WS_XML_NODE_TYPE_ELEMENT'
shows "a move by its name" 'WsMoveReader\(.*moveTo=WS_MOVE_TO_CHILD_NODE, found=(\(nil\)|0*), '
shows "and one without a name" 'WsMoveReader\(.*moveTo=move 99, .*\) = 0x80070057 E_INVALIDARG: .*\.'
shows "what went wrong" 'WsWriteStartElement\(.*localName="1 bad".*\) = 0x803d0000 WS_E_INVALID_FORMAT: The element name "1 bad" cannot'
[ $failed = 0 ] || printf '%s\n' "$calls" | sed 's/^/# /'
[ $failed = 0 ] || printf '%s\n' "$traced" | sed 's/^/# /'
exit $failed
