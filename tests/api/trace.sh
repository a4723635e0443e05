#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The trace: a line for each call when WEBSERVICES_TRACE=1, none otherwise.
set -u

# Windows programs under Wine, others as they are.
if [ -e tests/api/traced.exe ]; then
    run() { "$srcdir/tools/wine-test" tests/api/heap.exe the_first_chunk_is_128_bytes 2>&1; }
    run_calls() { "$srcdir/tools/wine-test" tests/api/traced.exe 2>&1; }
else
    run() { tests/api/heap the_first_chunk_is_128_bytes 2>&1; }
    run_calls() { tests/api/traced 2>&1; }
fi
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

echo 1..42
printf '%s\n' "$quiet" | grep -q '^ok 1' && ! printf '%s' "$quiet" | grep -q '^webservices: '
result $? "nothing is printed without the variable"
! printf '%s' "$(WEBSERVICES_TRACE=0 run)" | grep -q '^webservices: '
result $? "nor when it is 0"

printf '%s\n' "$(WEBSERVICES_TRACE=anything run)" | grep -Eq 'webservices: [0-9a-f]{4,}: WsAlloc'
result $? "any other value turns it on"

traced=$(WEBSERVICES_TRACE=1 run)
printf '%s\n' "$traced" | grep -Eq 'webservices: [0-9a-f]{4,}: WsCreateHeap\(maxSize=256, trimSize=0, .*\) = 0x00000000, \*heap=(0x)?[0-9a-f]+'
result $? "a call is printed with its arguments and its result"
printf '%s\n' "$traced" | grep -Eq 'webservices: [0-9a-f]{4,}: WsAlloc\(heap=(0x)?[0-9a-f]+, size=16, .*\) = 0x00000000'
result $? "so is an allocation"
[ "$(printf '%s\n' "$traced" | grep -Ec 'webservices: [0-9a-f]{4,}: WsGetHeapProperty')" = 2 ]
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
shows "the type of a node and its name" 'WsGetReaderNode\(.*, node=WS_XML_NODE_TYPE_ELEMENT "order"$'
shows "a move by its name" 'WsMoveReader\(.*moveTo=WS_MOVE_TO_CHILD_NODE, found=(\(nil\)|0*), '
shows "and one without a name" 'WsMoveReader\(.*moveTo=move 99, .*\) = 0x803d0003 WS_E_INVALID_OPERATION: .*\.'
shows "what went wrong" 'WsWriteStartElement\(.*localName="1 bad".*\) = 0x803d0000 WS_E_INVALID_FORMAT: The element name "1 bad" cannot'

# --- Programs without error objects ---

shows "what went wrong, without an error object" \
    'WsWriteEndElement\(.*error=(\(nil\)|0*)\) = 0x803d0003 WS_E_INVALID_OPERATION: The writer has no output'
shows "but not what went wrong before" 'WsAddErrorString\(.*\) = 0x80070057 E_INVALIDARG$'
shows "in each call" 'WsWriteStartElement\(.*"good".*\) = 0x803d0003 WS_E_INVALID_OPERATION: The writer has no output'
shows "again" 'WsWriteStartElement\(.*"2 bad".*\) = 0x803d0003 WS_E_INVALID_OPERATION: The writer has no output'
shows "and thread" 'WsResetHeap\(.*\) = 0x80070057 E_INVALIDARG: NULL was passed'
thread() { printf '%s\n' "$calls" | sed -En "s/.*webservices: ([0-9a-f]{4,}): $1\\(.*/\\1/p" | head -n 1; }
[ -n "$(thread WsResetHeap)" ] && [ "$(thread WsResetHeap)" != "$(thread WsWriteEndElement)" ]
result $? "whose number is that of the thread"

# --- Properties, values and nodes ---

shows "properties given" 'WsCreateWriter\(properties=\{INDENT=2, MAX_DEPTH=77\}, propertyCount=2, '
shows "also those that there are not" 'WsSetOutput\(.*properties=\{INDENT=2, MAX_DEPTH=77, writer property 999=NULL\}, .* E_INVALIDARG: .'
shows "a property got" 'WsGetWriterProperty\(.*id=WS_XML_WRITER_PROPERTY_MAX_DEPTH, .*\) = 0x00000000, \*value=77$'
shows "a charset by its name" 'id=WS_XML_WRITER_PROPERTY_CHARSET, .*\) = 0x00000000, \*value=WS_CHARSET_UTF8$'
shows "bytes written" 'id=WS_XML_WRITER_PROPERTY_BYTES, .*\) = 0x00000000, \*value="<e/>"$'
shows "none of a call that failed" 'id=WS_XML_WRITER_PROPERTY_INDENT, .*\) = 0x80070057 E_INVALIDARG: [^=]*$'
shows "a property set" 'WsSetErrorProperty\(.*id=WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, value=5, valueSize=4\)'
shows "an element written" 'WsWriteNode\(.*, node=(0x)?[0-9a-f]+ WS_XML_NODE_TYPE_ELEMENT "p:order", '
shows "a comment" 'WsWriteNode\(.* WS_XML_NODE_TYPE_COMMENT "note", '
shows "a text that is none" 'WsWriteNode\(.* WS_XML_NODE_TYPE_TEXT NULL, .* E_INVALIDARG: The text is NULL'
shows "a value" 'WsWriteValue\(.*valueType=WS_INT32_VALUE_TYPE, value=-42, valueSize=4, '
shows "of any type" 'WsWriteValue\(.*valueType=WS_DOUBLE_VALUE_TYPE, value=1.5, valueSize=8, '
shows "but for one of a wrong size" 'WsWriteValue\(.*value=(0x)?[0-9a-f]{6,}, valueSize=3, .* E_INVALIDARG: '
shows "texts of any type" 'WsWriteText\(.*text="p:order", '
printf '%s\n' "$calls" | grep -q 'WsWriteText(.*text=18446744073709551615, ' &&
    printf '%s\n' "$calls" | grep -q 'WsReadNode(.*) = 0x00000000, node=WS_XML_NODE_TYPE_ELEMENT "q:list"' &&
    printf '%s\n' "$calls" | grep -q 'WsReadStartElement(.*) = 0x00000000, node=WS_XML_NODE_TYPE_TEXT "17"' &&
    printf '%s\n' "$calls" | grep -q 'WsReadValue(.*) = 0x00000000, \*value=17'
result $? "nodes and values read"
shows "strings that are nowhere" 'WsWriteStartElement\(.*prefix=NULL, localName=(0x)?0*5[aA]5[aA], ns=(0x)?0*5[aA]5[aA], '
shows "types that are nowhere" 'WsSetOutput\(.*encoding=(0x)?0*5[aA]5[aA], output=(0x)?0*5[aA]5[aA], properties=(0x)?0*5[aA]5[aA], '
shows "and values" 'WsSetOutput\(.*properties=\{INDENT=(0x)?0*5[aA]5[aA]\}, '
[ $failed = 0 ] || printf '%s\n' "$calls" | sed 's/^/# /'
[ $failed = 0 ] || printf '%s\n' "$traced" | sed 's/^/# /'
exit $failed
