#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Every C and C++ file is named by the build files, once, and those with code for vectors are among those that tests run
# without it, too. Run by make check in the build directory, with srcdir and CC in the environment.
set -u
: "${srcdir:?}"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
tests=0
echo 1..6

# result NAME: prints the line of a test, which is ok if nothing comes in.
result() {
    tests=$((tests + 1))
    if LC_ALL=C sort -u | sed 's/^/# /' | grep .; then
        printf 'not '
        failed=1
    fi
    echo "ok $tests - $1"
}

# unnamed FILE...: those of the names on standard input that are not among the files, nor in a folder that is.
unnamed() {
    awk 'BEGIN { for (i = 1; i < ARGC; i++) named[ARGV[i]]; ARGC = 1 }
        {
            for (name = $0; name != "" && !(name in named); )
                if (!sub(/\/[^\/]*$/, "", name)) name = ""
            if (name == "") print
        }' "$@"
}

# twice: the names of C and C++ files that the variables of the build files on standard input have more than once.
twice() {
    sed -E -e ':more' -e '/\\$/{N;s/\\\n//;b more' -e '}' -e '/^[A-Za-z0-9_%]+ \+?= /!d' | grep -oE '[A-Za-z0-9_%./-]+\.(c|h|cc|hh)( |$)' | tr -d ' ' | LC_ALL=C sort | uniq -d
}

# with_vectors DEPENDENCIES...: the sources that such files of make's say include a header with vectors, or that have them.
with_vectors() {
    local headers
    headers=$(cd "$srcdir/dlls/webservices" && grep -rlE --include='*.h' 'WS_SSE2|WS_NEON' . | grep -v '/compiler\.h' |
        sed 's|^\.||; s|\.|\\.|; s|$|( \|$)|' | paste -sd '|')
    { grep -lE "$headers" "$@"; } | sed -E 's|\.deps/||; s|\.Po$|.c|'
    (cd "$srcdir" && grep -rlE --include='*.c' 'WS_SSE2|WS_NEON|SCAN_MASK_STEP' dlls)
}

build_files() {
    cat "$srcdir/Makefile.am" "$srcdir/tests/local.mk"
    sed 's|%D%|dlls/webservices|g' "$srcdir/dlls/webservices/local.mk"
}

# What goes into a release tarball is every file that a build file names, of all conditions.
printf 'include Makefile\nname-all:\n\t@printf "%%s\\n" $(DISTFILES)\nname-vectors:\n\t@printf "%%s\\n" $(vector_sources) $(writer_sources)\n' \
    >"$work/Makefile"
name() { env -u MAKEFLAGS -u MAKELEVEL "${MAKE:-make}" -s -f "$work/Makefile" "name-$1"; }
mapfile -t named < <(name all)
mapfile -t vectors < <(name vectors)

sources() { (cd "$srcdir" && find dlls include demos tests -name '*.[ch]' -o -name '*.cc' -o -name '*.hh'); }
result 'a build file names every C and C++ file' < <(sources | unnamed "${named[@]}")
result 'no build file names one again' < <(build_files | twice)
mapfile -t dependencies < <(find dlls/webservices -name '*.Po' ! -name 'tests_*')
result 'those with vectors are in vector_sources or writer_sources' < <(
    with_vectors "${dependencies[@]}" | unnamed "${vectors[@]}")

# That each would be noticed.
not_noticed() { LC_ALL=C sort | diff <(printf '%s\n' "$@") - | grep '^[<>]'; }
result 'a file without a name is noticed' < <(
    printf '%s\n' a/b.c a/d/e.c c.c ab/d.c | unnamed a/b.c a/d | not_noticed ab/d.c c.c)
result 'a second name is noticed' < <(
    printf '%s\n' 'x = a.c a.h \' '	b.c' 'y += b.c a.c' '# a.h' 'd: b.h' '	cp b.h a.h' | twice | not_noticed a.c b.c)
echo 'x.o: x.c ../dlls/webservices/xml/block.h' >"$work/x.Po"
result 'a file with vectors is noticed' < <(
    with_vectors "$work/x.Po" | grep "^$work/" | not_noticed "$work/x.c")
exit $failed
