#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# What the debug variant of the DLL does by itself: the environment variables it obeys, and what WsDumpMemory prints.
set -u

number=0 failed=0

result() {
    number=$((number + 1))
    if [ "$1" = 0 ]; then echo "ok $number - $2"; else echo "not ok $number - $2"; failed=1; fi
}

# run TEST PROGRAM: one test of a program, which is a part of the program's name and exit status
run() { "$srcdir/tools/wine-test" "tests/api/$2.exe" "$1" 2>&1; }

dump=$(run WsDumpMemory_with_objects_alive debug)
if [ $? = 77 ]; then
    echo "1..0 # SKIP no Wine that runs this"
    exit 0
fi
echo 1..6
grep -Eq 'heap (0x)?[0-9a-f]+: requested 100, actual 128, max 4242, trim 0' <<<"$dump"
result $? "WsDumpMemory prints a heap"
grep -Eq 'error object (0x)?[0-9a-f]+: 0 strings' <<<"$dump"
result $? "and an error object"
grep -Eq '[0-9]+ bytes, arena chunk' <<<"$dump" && grep -Eq 'webservices: [1-9][0-9]* bytes in [1-9][0-9]* blocks' <<<"$dump"
result $? "and memory"

WsFailCount=0 run the_first_chunk_is_128_bytes heap | grep -q '^not ok'
result $? "WsFailCount=0 makes the first operation fail"
WsFailCount=1000 run the_first_chunk_is_128_bytes heap | grep -q '^ok'
result $? "WsFailCount=1000 does not"
WEBSERVICES_GUARD=1 run the_first_chunk_is_128_bytes heap | grep -q 'actual.*: 16, not 128'
result $? "WEBSERVICES_GUARD=1 gives an allocation of 16 bytes memory of its own"
exit $failed
