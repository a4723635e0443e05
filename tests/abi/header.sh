#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The header as a program's first and only include, in every language, with every compiler there is for the host,
# without a warning; and beside the headers that programs use with it, in either order. Run by make check,
# with srcdir, host, CC and CXX in the environment.
set -u

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
number=0 failed=0
defines=('')
names=(webservices.h webservicesdebug.h webservices-sal.h webservices-strings.h)
c_compilers=("$CC") cxx_compilers=()
[ -z "$CXX" ] || cxx_compilers+=("$CXX")
case $host in
*mingw*)
    defines+=(-DUNICODE -DWIN32_LEAN_AND_MEAN '-DWIN32_LEAN_AND_MEAN -DNOUSER')
    # As make install provides it.
    mkdir "$work/include"
    cp "$srcdir"/include/webservices*.h "$work/include"
    ln -s webservices.h "$work/include/WebServices.h"
    ln -s webservicesdebug.h "$work/include/WebServicesDebug.h"
    include=$work/include
    names+=(WebServices.h WebServicesDebug.h)
    ;;
*)
    include=$srcdir/include
    if command -v clang >/dev/null; then c_compilers+=(clang); fi
    if command -v clang++ >/dev/null && echo '#include <cstddef>' | clang++ -fsyntax-only -x c++ - 2>/dev/null; then
        cxx_compilers+=(clang++)
    fi
    ;;
esac

# compiles COMPILER LANGUAGE STANDARD DEFINES: $work/source, without a warning.
compiles() {
    # shellcheck disable=SC2086 # the compiler may come with options
    $1 -std="$3" -Wall -Wextra -Wpedantic -Werror ${4:+$4} -I"$include" -fsyntax-only -x "$2" "$work/source" \
        >"$work/output" 2>&1
}

# try COMPILER LANGUAGE STANDARD NAMES DEFINES; words are separated by blanks.
try() {
    local what
    what="$4 with $(basename "${1%% *}") as $3${5:+ $5}"
    number=$((number + 1))
    # shellcheck disable=SC2086 # words
    { printf '#include <%s>\n' $4; echo 'int main(void) { return 0; }'; } >"$work/source"
    if compiles "$1" "$2" "$3" "$5"; then
        echo "ok $number - $what"
    else
        sed 's/^/# /' "$work/output" | head -5
        echo "not ok $number - $what"
        failed=1
    fi
}

for name in "${names[@]}"; do
    for define in "${defines[@]}"; do
        for compiler in "${c_compilers[@]}"; do
            for standard in c99 c11 gnu17; do try "$compiler" c $standard "$name" "$define"; done
        done
        for compiler in "${cxx_compilers[@]}"; do
            for standard in c++11 c++17; do try "$compiler" c++ $standard "$name" "$define"; done
        done
    done
done

# Lean, windows.h leaves out what the other headers bring; it is not what winsock2.h must come before then.
order() {
    try "$CC" c c11 "$1" "$2"
    [ -z "$CXX" ] || try "$CXX" c++ c++11 "$1" "$2"
}
case $host in
*mingw*)
    for define in '' -DWIN32_LEAN_AND_MEAN; do
        order 'winsock2.h webservices.h' "$define"
        for name in wincrypt.h winhttp.h 'wincrypt.h schannel.h'; do
            order "windows.h $name webservices.h" "$define"
            order "webservices.h $name" "$define"
        done
    done
    order 'webservices.h winsock2.h' -DWIN32_LEAN_AND_MEAN
    ;;
esac
# literal COMPILER LANGUAGE STANDARD PREFIX WANTED: whether a literal with that prefix is for WS_STRING_VALUE.
literal() {
    local what=refused
    cat >"$work/source" <<END
#include <webservices.h>
static WS_STRING one = WS_STRING_VALUE($4"");
static const WS_STRING several[] = {WS_STRING_VALUE($4""), WS_STRING_VALUE($4"two")};
int main(void)
{
    WS_STRING three = WS_STRING_VALUE($4"three");
    return (int)(one.length + several[1].length + three.length);
}
END
    if compiles "$1" "$2" "$3" ''; then what=compiles; fi
    if [ "$what" = "$5" ]; then
        echo "ok $((++number)) - WS_STRING_VALUE($4\"\") $what with $(basename "${1%% *}") as $3"
    else
        sed 's/^/# /' "$work/output" | head -5
        echo "not ok $((++number)) - WS_STRING_VALUE($4\"\") with $(basename "${1%% *}") as $3 is not $5"
        failed=1
    fi
}

# Where wchar_t has 32 bits, a wide literal would be the text with a zero after every character.
case $host in *mingw*) wide=compiles ;; *) wide=refused ;; esac
for compiler in "${c_compilers[@]}"; do
    for standard in c11 gnu17; do
        literal "$compiler" c $standard u compiles
        literal "$compiler" c $standard L $wide
        literal "$compiler" c $standard '' refused
    done
done
for compiler in "${cxx_compilers[@]}"; do
    for standard in c++11 c++17; do
        literal "$compiler" c++ $standard u compiles
        literal "$compiler" c++ $standard L $wide
    done
done

[ -n "$CXX" ] || echo "ok $((++number)) # SKIP the header in C++: no C++ compiler for $host"
echo "1..$number"
exit $failed
