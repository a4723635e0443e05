#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Compares the names that symbols.c asks the linker for with the ABI data: WsAlloc, and on 32-bit Windows _WsAlloc@16,
# which counts the bytes of the arguments. C++ has to ask for the same names as C. Run by make check, with srcdir, host,
# NM and CXX in the environment.
set -u

case $host in i?86-*mingw*) decorated=1 ;; *) decorated= ;; esac
expected=$(sed -n 's/^ABI_FUNCTION(\([A-Za-z0-9]*\), \([0-9]*\),.*/\1 \2/p' "$srcdir/tests/abi/abi-data.h" |
    awk -v decorated="$decorated" '{ print decorated ? "_" $1 "@" $2 : $1 }' | LC_ALL=C sort)
failed=0

# check NUMBER LANGUAGE ARCHIVE
check() {
    local found
    found=$("$NM" "$3" | awk '$1 == "U" && $2 ~ /Ws[A-Z]/ { print $2 }' | LC_ALL=C sort)
    if [ "$expected" = "$found" ] && [ -n "$found" ]; then
        echo "ok $1 - $(wc -l <<<"$expected") functions: names of symbols in $2"
    else
        diff <(echo "$expected") <(echo "$found") | sed 's/^/# /'
        echo "not ok $1 - the names of symbols in $2"
        failed=1
    fi
}

echo 1..2
check 1 C tests/abi/libsymbols.a
if [ -n "$CXX" ]; then
    check 2 C++ tests/abi/libsymbols-cxx.a
else
    echo "ok 2 # SKIP the names of symbols in C++: no C++ compiler"
fi
exit $failed
