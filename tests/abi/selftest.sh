#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Proves that the ABI tests can fail: changes one fact at a time in a copy of the data, and expects abi.c, compiled
# with it, to name just that fact. Run by make check, with srcdir, host, CC and CXX in the environment.
set -u

work=$(mktemp -d -p .) # below the build, where Wine can see it
trap 'rm -rf "$work"' EXIT
tests=0 failed=0
run=
case $host in *mingw*) run=$srcdir/tools/wine-test ;; esac

# try LANGUAGE FACT CHANGED COMPLAINT
try() {
    local title="$1: $3"
    tests=$((tests + 1))
    if [ "$1" = c++ ] && [ -z "$CXX" ]; then
        echo "ok $tests # SKIP $title: no C++ compiler"
        return
    fi
    cp "$srcdir"/tests/abi/abi.c "$srcdir"/tests/abi/abi-cxx.cc "$srcdir"/tests/abi/abi-types.hh "$work"
    if ! awk -v fact="$2" -v changed="$3" '$0 == fact { $0 = changed; n++ } { print } END { exit n != 1 }' \
        "$srcdir/tests/abi/abi-data.h" >"$work/abi-data.h"; then
        echo "not ok $tests - $title (the data has no such line)"
        failed=1
        return
    fi
    local compile="$CC -std=c11" source=abi.c
    # Without the compiler's own DLLs, which Wine would not find.
    if [ "$1" = c++ ]; then compile="$CXX -std=c++11${run:+ -static}" source=abi-cxx.cc; fi
    # shellcheck disable=SC2086 # words
    $compile -I"$srcdir/include" "$work/$source" -o "$work/abi.exe" >"$work/output" 2>&1 &&
        $run "$work/abi.exe" >"$work/output" 2>&1 && echo "it passed" >>"$work/output"
    # The one complaint, and no other.
    if grep -qF "# $4" "$work/output" && [ "$(grep -c '^# ' "$work/output")" = 1 ] &&
        ! grep -q 'it passed' "$work/output"; then
        echo "ok $tests - $title"
    else
        head -5 "$work/output" | sed 's/^/# /'
        echo "not ok $tests - $title (expected: $4)"
        failed=1
    fi
}

echo 1..11
try c 'ABI_FIELD(WS_XML_STRING, bytes, 8, 4, BYTE *)' 'ABI_FIELD(WS_XML_STRING, bytes, 9, 5, BYTE *)' \
    'WS_XML_STRING.bytes: offset is '
try c 'ABI_STRUCT(WS_FAULT, 64, 32)' 'ABI_STRUCT(WS_FAULT, 65, 33)' 'WS_FAULT: size is '
try c 'ABI_INNER(WS_CHANNEL_PROPERTY_CONSTRAINT, out, 24, 12)' \
    'ABI_INNER(WS_CHANNEL_PROPERTY_CONSTRAINT, out, 25, 13)' \
    'WS_CHANNEL_PROPERTY_CONSTRAINT.out: size is '
try c 'ABI_ENUM(WS_MOVE_TO)' 'ABI_ENUM(WS_XML_STRING)' 'WS_XML_STRING: size is '
try c 'ABI_VALUE(WS_MOVE_TO, WS_MOVE_TO_BOF, 9)' 'ABI_VALUE(WS_MOVE_TO, WS_MOVE_TO_BOF, 10)' \
    'WS_MOVE_TO_BOF: value is 9, expected 10'
try c 'ABI_CONSTANT(WS_FIELD_OPTIONAL, 2)' 'ABI_CONSTANT(WS_FIELD_OPTIONAL, 3)' \
    'WS_FIELD_OPTIONAL: value is 2, expected 3'
try c 'ABI_RESULT(WS_E_QUOTA_EXCEEDED, 0x803D0008)' 'ABI_RESULT(WS_E_QUOTA_EXCEEDED, 0x803D0009)' \
    'WS_E_QUOTA_EXCEEDED: value is '
try c++ 'ABI_FIELD(WS_XML_STRING, id, 24, 12, ULONG)' 'ABI_FIELD(WS_XML_STRING, id, 24, 12, BOOL)' \
    'WS_XML_STRING.id: type is not BOOL'
try c++ 'ABI_FUNCTION(WsFreeHeap, 4, void, (WS_HEAP *))' 'ABI_FUNCTION(WsFreeHeap, 4, void, (WS_ERROR *))' \
    'WsFreeHeap: type is not void (WS_ERROR *)'
try c++ 'ABI_FUNCTION(WsFreeHeap, 4, void, (WS_HEAP *))' 'ABI_FUNCTION(WsFreeHeap, 8, void, (WS_HEAP *))' \
    'WsFreeHeap: number of bytes is 4, expected 8'
try c++ 'ABI_CALLBACK(WS_FREE_CHANNEL_CALLBACK, void, (void *))' \
    'ABI_CALLBACK(WS_FREE_CHANNEL_CALLBACK, void, (ULONG))' 'WS_FREE_CHANNEL_CALLBACK: type is not void (ULONG)'
exit $failed
