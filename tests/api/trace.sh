#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The trace: a line for each call when WEBSERVICES_TRACE=1, none otherwise.
set -u

run() { "$srcdir/tools/wine-test" tests/api/heap.exe the_first_chunk_is_128_bytes 2>&1; }
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

echo 1..6
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
[ $failed = 0 ] || printf '%s\n' "$traced" | sed 's/^/# /'
exit $failed
