#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Every program answers --help: those of tools/, and in a build for Windows the demos; and so does make. Run by make
# check in the build directory, with srcdir and host in the environment.
set -u

number=0 failed=0
work=$(mktemp -d) || exit
trap 'rm -rf -- "$work"' EXIT
unset MAKEFLAGS MFLAGS MAKELEVEL

result() { # result STATUS NAME: one line of TAP
    number=$((number + 1))
    if [ "$1" = 0 ]; then echo "ok $number - $2"; else echo "not ok $number - $2"; failed=1; fi
}

# answers NAME COMMAND...: with --help it succeeds, and prints to standard output, and nowhere else, how it is used;
# with an option that there is not it fails, and says something on standard error only.
answers() {
    local name=$1 status
    shift
    "$@" --help </dev/null >"$work/out" 2>"$work/err"
    status=$?
    [ $status = 0 ] && [ ! -s "$work/err" ] && grep -q "^Usage: .*$name" "$work/out"
    result $? "$name --help"
    "$@" --no-such-option </dev/null >"$work/out" 2>"$work/err"
    status=$?
    [ $status != 0 ] && [ ! -s "$work/out" ] && [ -s "$work/err" ]
    result $? "$name --no-such-option"
}

for tool in "$srcdir"/tools/*; do
    answers "$(basename "$tool")" "$tool"
done

# --- make ---
make -s help >"$work/help" 2>"$work/err"
status=$?
[ $status = 0 ] && [ ! -s "$work/err" ]
result $? 'make help'
targets=$(sed -n 's/^  \([a-z-]*\)  .*/\1/p' "$work/help")
for target in check check-valgrind check-threads check-builtin fuzz-check bench compatibility install; do
    grep -qx "$target" <<<"$targets"
    result $? "make help says what $target is"
done
make -np help >"$work/rules" 2>/dev/null
for target in $targets; do
    grep -q "^$target:" "$work/rules"
    result $? "make $target is there"
done

# --- The demos ---
case $host in
*mingw*)
    if "$srcdir/tools/wine-test" demos/heap-message.exe --help </dev/null >/dev/null 2>&1; then
        for demo in demos/*.exe; do
            answers "$(basename "$demo" .exe)" "$srcdir/tools/wine-test" "$demo"
        done
    else
        echo "ok $((++number)) # SKIP no Wine that runs the demos"
    fi
    ;;
esac

# Those too that are not linked yet, by their source.
for demo in $(grep -l '^int main' "$srcdir"/demos/*.c); do
    grep -q '"--help"' "$demo" && grep -q '"Usage: ' "$demo"
    result $? "$(basename "$demo") knows --help"
    grep -q "demos/$(basename "$demo")" "$srcdir/README.md"
    result $? "README.md says what $(basename "$demo") is"
done
echo "1..$number"
exit $failed
