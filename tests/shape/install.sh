#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# What "make install" of a native build gives to programs: stages it, and builds demos against the stage as a stranger
# would, by pkg-config alone. Run by make check in the build directory, with srcdir, CC, CXX and NM in the environment.
set -u

number=0 failed=0

result() { # result STATUS NAME: one line of TAP
    number=$((number + 1))
    if [ "$1" = 0 ]; then echo "ok $number - $2"; else echo "not ok $number - $2"; failed=1; fi
}

if ! command -v pkg-config >/dev/null; then
    echo '1..0 # SKIP pkg-config is not installed'
    exit 0
fi
work=$(mktemp -d) || exit
trap 'rm -rf -- "$work"' EXIT
stage=$work/stage
export PKG_CONFIG_SYSROOT_DIR=$stage

# What the compiler says goes into the log.
run() {
    "$@" >"$work/log" 2>&1 && return
    sed 's/^/# /' "$work/log"
    return 1
}

unset MAKEFLAGS MFLAGS MAKELEVEL
run make install DESTDIR="$stage"
result $? 'make install into a stage'
PKG_CONFIG_LIBDIR=$(dirname "$(find "$stage" -name webservices.pc)")
export PKG_CONFIG_LIBDIR
read -ra cflags <<<"$(pkg-config --cflags webservices)"
read -ra libs <<<"$(pkg-config --libs webservices)"
read -ra static_libs <<<"$(pkg-config --static --libs webservices)"
library=$(dirname "$PKG_CONFIG_LIBDIR")
[ ${#cflags[@]} -gt 0 ] && [ ${#libs[@]} -gt 0 ]
result $? 'pkg-config knows it'

sed -n 's/^    \(Ws[A-Za-z0-9]*\)@.*/\1/p' "$srcdir/dlls/webservices/webservices.def" | LC_ALL=C sort >"$work/expected"
exports() { awk 'NF == 3 && $2 ~ /^[A-TV-Z]$/ { print $3 }' | LC_ALL=C sort | diff "$work/expected" - | sed 's/^/# /'; }
"${NM:-nm}" -D --defined-only "$library/libwebservices.so" | exports >"$work/difference"
cat "$work/difference"
[ -s "$work/expected" ] && [ ! -s "$work/difference" ]
result $? 'the shared library has the functions of the export table, and no other name'
"${NM:-nm}" -g --defined-only "$library/libwebservices.a" | exports >"$work/difference"
cat "$work/difference"
[ ! -s "$work/difference" ]
result $? 'so has the static one'

cd "$work" || exit
source=$(cd "$OLDPWD" && cd "$srcdir" && pwd -P)/demos
mkdir sources && cp "$source/xml-reader-loop.c" sources # not where the header of the tree would be found
run $CC "${cflags[@]}" sources/xml-reader-loop.c -o shared "${libs[@]}"
result $? 'a program is linked with the shared library'
"${NM:-nm}" -D --undefined-only shared | grep -q WsReadNode
result $? '... which it then needs'
LD_LIBRARY_PATH=$library ./shared >shared.txt 2>&1 && [ -s shared.txt ]
result $? '... and runs'
run $CC "${cflags[@]}" sources/xml-reader-loop.c -o static -Wl,-Bstatic "${static_libs[@]}" -Wl,-Bdynamic
result $? 'a program is linked with the static library'
./static >static.txt 2>&1 && cmp -s shared.txt static.txt
result $? '... and does the same'
# Its own functions may have any name but the API's.
printf '%s\n' '#include <webservices.h>' 'int error_report(void);' 'int error_report(void) { return 7; }' \
    'int main(void) { WS_ERROR *error = NULL; HRESULT hr = WsCreateError(NULL, 0, &error);' \
    '    WsFreeError(error); return hr == S_OK && error_report() == 7 ? 0 : 1; }' >sources/names.c
run $CC "${cflags[@]}" sources/names.c -o names -Wl,-Bstatic "${static_libs[@]}" -Wl,-Bdynamic && ./names
result $? 'a program with the static library may name its functions as it likes'
if [ -n "$CXX" ]; then
    run $CXX "${cflags[@]}" -x c++ sources/names.c -o names++ "${libs[@]}" && LD_LIBRARY_PATH=$library ./names++
    result $? 'one in C++ is built and runs'
fi

cd "$OLDPWD" && run make uninstall DESTDIR="$stage"
left=$(find "$stage" ! -type d)
[ -z "$left" ]
result $? 'make uninstall takes it away'
echo "1..$number"
exit $failed
