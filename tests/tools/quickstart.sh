#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Tests tools/quickstart in a tree of its own, where everything that takes time is replaced: configure, what make does,
# and the tools that are needed. Prints TAP.

set -euo pipefail

self=$(readlink -f "${BASH_SOURCE[0]}")
repo=$(dirname "$(dirname "$(dirname "$self")")")
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
tree=$work/tree
number=0

unset CI MAKEFLAGS MFLAGS MAKELEVEL WINE_TEST_REQUIRED

# --- Reporting ------------------------------------------------------------------------------------------------------

# check NAME COMMAND...: the command succeeds; if not, what quickstart said is shown.
check() {
    local name=$1
    shift
    number=$((number + 1))
    if "$@"; then
        echo "ok $number - $name"
    else
        echo "not ok $number - $name"
        printf '%s\n' "failed: $*" "${output:-}" | sed 's/^/# /'
    fi
}

# says REGULAR_EXPRESSION: whether quickstart printed a line that is one.
says() {
    grep -Eqx -- "$1" <<<"$output"
}

last_line() {
    tail -n 1 <<<"$output"
}

ends_with() {
    grep -Eqx -- "$1" <<<"$(last_line)"
}

# --- The machine and the tree ---------------------------------------------------------------------------------------

# What quickstart and the scripts below use; nothing that installs anything.
readonly USED='awk basename bash cat chmod cmp cp date dirname env find grep head ln ls make mkdir mv nproc od readlink
    rm sed sh sort tail tar timeout touch tr uniq wc xargs xz'
# What is only looked for.
readonly FOR_DEMO='gcc autoconf automake pkg-config x86_64-w64-mingw32-gcc i686-w64-mingw32-gcc
    x86_64-w64-mingw32-windres i686-w64-mingw32-windres wine'
readonly FOR_CHECK='python3 g++ x86_64-w64-mingw32-g++ i686-w64-mingw32-g++ valgrind clang clang-format clang-tidy git
    mcs mono soapcpp2'

# script FILE: standard input becomes an executable script.
script() {
    {
        echo '#!/bin/sh'
        cat
    } >"$1"
    chmod +x "$1"
}

# install NAMES...: as a package does that brings these programs.
install() {
    local tool
    for tool; do
        script "$work/bin/$tool" <<<'exec cat >/dev/null' # what it is given to compile
    done
}

# A machine on which the demo can be built.
make_machine() {
    local command
    mkdir "$work/bin"
    for command in $USED; do
        ln -s "$(command -v "$command")" "$work/bin/"
    done
    # shellcheck disable=SC2086 # words
    install $FOR_DEMO
}

# A fresh checkout. It has one test in C, one in C++ where configure found a compiler for it, and one that is skipped
# when there is a file named "skip". What was configured and built is told in "steps".
make_tree() {
    rm -rf "$tree"
    mkdir -p "$tree/tools" "$tree/tests/tools"
    cp "$repo/tools/quickstart" "$tree/tools/"
    touch "$tree/configure.ac" "$tree/Makefile.am"
    # Also prints a line that the demo looks for.
    script "$tree/tools/wine-test" <<<'echo after 64 lines'
    echo 'printf "ok 1 - it works\n1..1\n"' >"$tree/tests/tools/some.sh"
    script "$tree/autogen.sh" <<'END'
cd "$(dirname "$0")" && cp configure.in configure && touch Makefile.in
END
    script "$tree/configure.in" <<'END'
top=$(cd "$(dirname "$0")" && pwd)
host= create=yes
for argument; do
    case $argument in
    --host=*) host=${argument#--host=}- ;;
    --no-create) create=no ;;
    esac
done
if command -v "${host}g++" >/dev/null; then cxx=yes; else cxx=no; fi
echo "C++: $cxx" >config.status
[ $create = yes ] || exit 0
echo "configured ${PWD##*/}" >>"$top/steps"
sed "s|@top@|$top|; s|@cxx@|$cxx|" "$top/Makefile.template" >Makefile
END
    cat >"$tree/Makefile.template" <<'END'
top = @top@
cxx = @cxx@
all fuzz-check install:
check check-threads check-valgrind:
	@echo ':test-result: PASS' >test.trs
	@test $(cxx) = no || echo ':test-result: PASS' >>test.trs
	@echo 'SKIP: tests/some.sh 3 - its name # SKIP no such luck' >test.log
	@! test -e $(top)/skip || echo ':test-result: SKIP' >>test.trs
distclean:
	@rm -f Makefile config.status
dist:
	@cp $(top)/Makefile.template $(top)/configure . && tar -cJf x.tar.xz ./configure ./Makefile.template
END
}

# quickstart ARGUMENTS...: sets output and status.
quickstart() {
    status=0
    rm -f "$tree/steps"
    output=$(PATH=$work/bin "$tree/tools/quickstart" "$@" 2>&1) || status=$?
}

# --- The order of commands ------------------------------------------------------------------------------------------

make_machine
make_tree
quickstart demo
check 'demo works on a machine without a C++ compiler' test "$status" = 0
quickstart check
check 'check says what is missing' test "$status" = 1
check 'and how to install it' says '.*apt-get install .*g\+\+.*'

# shellcheck disable=SC2086 # words
install $FOR_CHECK
quickstart check
after_demo=$(last_line)
check 'check succeeds' test "$status" = 0
check 'its last line has the counts and no more' ends_with '[0-9]+ passed, 0 failed'
check 'nothing is said of skipped tests' eval '! says ".*[Ss]kip.*"'
check 'the builds of the demo were configured anew' grep -qx 'configured x86_64' "$tree/steps"
make_tree
quickstart check
check 'check runs the same tests after a demo as without' test "$after_demo" = "$(last_line)"

quickstart check
check 'nothing is configured anew when nothing has changed' test ! -e "$tree/steps"
check 'and the counts are the same again' test "$after_demo" = "$(last_line)"

rm "$work/bin/i686-w64-mingw32-g++"
quickstart demo
check 'a compiler that has gone is noticed, too' grep -qx 'C++: no' "$tree/build/i686/config.status"
check 'and only the build for which it was is made anew' test "$(<"$tree/steps")" = 'configured i686'

# shellcheck disable=SC2086 # words
install $FOR_CHECK
script "$tree/configure" <<<'echo "configure: error: no luck" >&2; exit 1'
touch "$tree/Makefile.in"
quickstart check
check 'a configure that fails is a failed build' says 'native +failed to build'
check 'the log says why' says ' *configure: error: no luck'
check 'and the run has failed' test "$status" = 1

# --- What is skipped ------------------------------------------------------------------------------------------------

make_tree
touch "$tree/skip"
quickstart check
check 'skipped tests are no failure' test "$status" = 0
check 'the last line counts them' ends_with '[0-9]+ passed, 0 failed, 10 skipped'
check 'the lines before it say where, and why' says '  x86_64: tests/some\.sh: no such luck'
check 'among the last' grep -q 'no such luck' <<<"$(tail -n 2 <<<"$output")"
CI=true quickstart check
check 'in CI a skipped test has failed' test "$status" = 1
check 'the last line has the form for CI' ends_with '[0-9]+ passed, 10 failed'
check 'and why is said there, too' says '  x86_64: tests/some\.sh: no such luck'
rm "$tree/skip"

echo 'printf "ok 1 - it works\nok 2 - 32-bit prefix # SKIP no 32-bit Wine\n1..2\n"' >"$tree/tests/tools/some.sh"
quickstart check
check 'a test of the tools that is skipped is named, too' says '  some\.sh: 32-bit prefix: no 32-bit Wine'

script "$tree/tools/wine-test" <<<'exit 1'
quickstart check
check 'without a 32-bit Wine the tests that want it are skipped' says '  i686: all of its tests: .*no 32-bit Wine.*'
CI=true quickstart check
check 'which fails in CI' ends_with '[0-9]+ passed, 3 failed'

echo "1..$number"
