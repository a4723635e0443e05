#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# What is checked without a compiler: that abi-data.h is what "generate" makes of the JSON file, and what "declarations"
# finds in the header; and that this finds what it should.
set -u

if ! command -v python3 >/dev/null; then
    echo "1..0 # SKIP no python3"
    exit 0
fi
echo 1..8
failed=0
if "$srcdir/tests/abi/generate" --check >&2; then
    echo "ok 1 - abi-data.h is what generate makes of webservices-abi.json"
else
    echo "not ok 1 - abi-data.h is not what generate makes of webservices-abi.json"
    failed=1
fi

# result NUMBER TITLE STATUS
result() {
    if [ "$3" = 0 ]; then
        echo "ok $1 - $2"
    else
        echo "not ok $1 - $2"
        failed=1
    fi
}
declarations=$srcdir/tests/abi/declarations header=$srcdir/include/webservices.h
signatures=$srcdir/tests/abi/signatures.txt
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$declarations" >&2
result 2 "the header declares nothing but what the data has, with its names of parameters" $?
"$declarations" --const | diff "$signatures" - >&2
result 3 "const stands where signatures.txt has it" $?

# changed NUMBER TITLE SED-SCRIPT COMPLAINT: the header with one change, about which there must be this one complaint.
changed() {
    sed -E "$3" "$header" >"$work/header"
    { "$declarations" "$work/header" 2>&1; "$declarations" --const "$work/header" | diff "$signatures" -; } |
        grep -v '^[0-9]' >"$work/output"
    [ "$(cat "$work/output")" = "$4" ]
    result "$1" "$2" $?
}
changed 4 "a dropped const is noticed" 's/const (WS_XML_BUFFER_PROPERTY \*properties)/\1/' \
    '< WsCreateXmlBuffer const WS_XML_BUFFER_PROPERTY *properties'
changed 5 "a function too many is noticed" 's/^void WINAPI WsFreeHeap\(/HRESULT WINAPI WsNobody(void);\n&/' \
    'functions: WsNobody'
changed 6 "a value too many is noticed" 's/^    WS_MOVE_TO_BOF = 9/    WS_MOVE_TO_NOWHERE = 99,\n&/' \
    'enum WS_MOVE_TO: WS_MOVE_TO_NOWHERE'
changed 7 "a constant too many is noticed" 's/^#define WS_FIELD_OPTIONAL /#define WS_FIELD_NONE 0\n&/' '#define WS_FIELD_NONE'
changed 8 "a renamed parameter is noticed" 's/^(void WINAPI WsFreeHeap\(_In_ WS_HEAP \*)heap/\1error/' \
    'WsFreeHeap: parameters are (error), expected (heap)'
exit $failed
