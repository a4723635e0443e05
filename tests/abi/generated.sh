#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Code in the style of what wsutil generates, and programs that use it, compile in C and C++ with the headers as they are:
# without an option, and without a warning of those that compilers give unasked. Run by make check, with srcdir, host, CC
# and CXX in the environment.
set -u

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
generated=$srcdir/tests/abi/generated
number=0 failed=0
c_compilers=("$CC") cxx_compilers=()
[ -z "$CXX" ] || cxx_compilers+=("$CXX")
case $host in
*mingw*) ;;
*)
    if command -v clang >/dev/null; then c_compilers+=(clang); fi
    if command -v clang++ >/dev/null && echo '#include <cstddef>' | clang++ -fsyntax-only -x c++ - 2>/dev/null; then
        cxx_compilers+=(clang++)
    fi
    ;;
esac
# As make install provides it: generated code spells the name this way.
cp "$srcdir"/include/*.h "$work"
echo '#include "webservices.h"' >"$work/WebServices.h"

# try WHAT COMPILER OPTION... FILE: of C or C++
try() {
    local what=$1 compiler=$2
    shift 2
    number=$((number + 1))
    # shellcheck disable=SC2086 # the compiler may come with options
    if $compiler -Werror -I"$work" -fsyntax-only "$@" >"$work/output" 2>&1; then
        echo "ok $number - $what with $(basename "${compiler%% *}")"
    else
        sed 's/^/# /' "$work/output" | head -10
        echo "not ok $number - $what with $(basename "${compiler%% *}")"
        failed=1
    fi
}

for compiler in "${c_compilers[@]}"; do
    try 'generated code' "$compiler" "$generated/thermostat.wsdl.c"
    try 'a program in C' "$compiler" "$generated/client.c"
done
# webservices.h alone takes no name from the C++ library, whichever comes first.
sed -n 's/^#include <[a-z]*>$/&/p' "$generated/client.cc" >"$work/library.h"
{ echo '#include <webservices.h>'; cat "$work/library.h"; } >"$work/before.cc"
{ cat "$work/library.h"; echo '#include <webservices.h>'; } >"$work/after.cc"
for compiler in "${cxx_compilers[@]}"; do
    for standard in c++11 c++17 c++20; do
        try "a program in C++ as $standard" "$compiler" -std=$standard "$generated/client.cc"
    done
    try 'webservices.h before the C++ library' "$compiler" "$work/before.cc"
    try 'webservices.h after the C++ library' "$compiler" "$work/after.cc"
done
echo "1..$number"
exit $failed
