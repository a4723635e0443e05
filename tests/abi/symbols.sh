#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Compares the names that symbols.c asks the linker for with the ABI data: WsAlloc, and on 32-bit Windows _WsAlloc@16,
# which counts the bytes of the arguments. Run by make check, with srcdir, host and NM in the environment.
set -u

case $host in i?86-*mingw*) decorated=1 ;; *) decorated= ;; esac
expected=$(sed -n 's/^ABI_FUNCTION(\([A-Za-z0-9]*\), \([0-9]*\),.*/\1 \2/p' "$srcdir/tests/abi/abi-data.h" |
    awk -v decorated="$decorated" '{ print decorated ? "_" $1 "@" $2 : $1 }' | LC_ALL=C sort)
found=$("$NM" tests/abi/libsymbols.a | awk '$1 == "U" && $2 ~ /^_?Ws[A-Z]/ { print $2 }' | LC_ALL=C sort)

echo 1..1
if [ "$expected" = "$found" ] && [ -n "$found" ]; then
    echo "ok 1 - $(wc -l <<<"$expected") functions: names of symbols"
else
    diff <(echo "$expected") <(echo "$found") | sed 's/^/# /'
    echo "not ok 1 - the names of symbols"
    exit 1
fi
