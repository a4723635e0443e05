#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Nothing that a build makes is tracked, and a build in the tree leaves "git status" clean. Run by make check in the
# build directory, with srcdir, CC, CXX and host in the environment.
set -u

number=0 failed=0

result() { # result STATUS NAME: one line of TAP
    number=$((number + 1))
    if [ "$1" = 0 ]; then echo "ok $number - $2"; else echo "not ok $number - $2"; failed=1; fi
}

if ! command -v git >/dev/null; then
    echo '1..0 # SKIP git is not installed'
    exit 0
fi
work=$(mktemp -d) || exit
trap 'rm -rf -- "$work"' EXIT
top=$(cd "$srcdir" && pwd -P)
copy=$work/copy
# Neither the user's settings nor who owns the tree matter, nor what the outer make was called with.
git=(env HOME="$work" GIT_CONFIG_NOSYSTEM=1 git -c safe.directory='*' -c user.name=test -c user.email=test@localhost)
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE MAKEFLAGS MFLAGS MAKELEVEL

is_checkout() {
    [ -e "$top/.git" ]
}

# --- The tree as it is ---
ignored=
if is_checkout; then
    ignored=$("${git[@]}" -C "$top" ls-files --cached --ignored --exclude-standard)
    status=$?
else
    echo '# this is no checkout: nothing is tracked'
    status=0
fi
[ $status = 0 ] && [ -z "$ignored" ]
result $? 'nothing is tracked that .gitignore names'
[ -z "$ignored" ] || sed 's/^/# /' <<<"$ignored"

# --- A copy, in which everything is built ---
# The files of the project, each ended by NUL. In a release tarball they are those outside build directories.
list_files() {
    if is_checkout; then
        "${git[@]}" -C "$top" ls-files -z --cached --others --exclude-standard |
            while IFS= read -r -d '' file; do
                if [ -e "$top/$file" ]; then printf '%s\0' "$file"; fi
            done
    else
        (cd "$top" && find . -type d -exec test -e {}/config.status \; -prune -o -type f -print0)
    fi
}

# What a build makes and how it is named needs no compiler: this one leaves programs that pass a test.
make_compiler() {
    cat >"$work/compiler" <<'SCRIPT'
#!/bin/sh
while [ $# -gt 0 ]; do
    case $1 in
    -MF | -o)
        printf '#!/bin/sh\necho ok 1\necho 1..1\n' >"$2" && chmod +x "$2" || exit
        case $1 in -MF) : >"$2" ;; esac
        shift
        ;;
    esac
    shift
done
SCRIPT
    chmod +x "$work/compiler"
}

is_clean() { # is_clean NAME: a result
    local changes
    changes=$("${git[@]}" -C "$copy" status --porcelain)
    [ $? = 0 ] && [ -z "$changes" ]
    result $? "\"git status\" is clean after $1"
    [ -z "$changes" ] || head -n 20 <<<"$changes" | sed 's/^/# /'
}

# step NAME COMMAND...: the command succeeds, and what it leaves is ignored.
step() {
    local name=$1
    shift
    if (cd "$copy" && "$@") >"$work/log" 2>&1; then
        is_clean "$name"
    else
        tail -n 15 "$work/log" | sed 's/^/# /'
        result 1 "$name succeeds"
    fi
}

configure_copy() {
    # The fuzzers too: with the compiler above it matters not that they need clang.
    case $host in
    *mingw*) ./configure --host="$host" CC="$CC" CXX="$CXX" ;;
    *) ./configure --enable-fuzzers CC="$CC" CXX="$CXX" ;;
    esac
}

make_copy() {
    make -j2 CC="$work/compiler" CXX="$work/compiler" OBJCOPY=: "$@"
}

# Every program and library of the Makefile, those too that "make all" leaves out, and the results of some tests.
make_all() {
    local targets
    targets=$(printf 'include Makefile\nprint:\n\t@echo $(check_LIBRARIES) $(check_PROGRAMS) $(EXTRA_PROGRAMS)\n' |
        make -s -f - print) || return
    # shellcheck disable=SC2086 # words
    make_copy all $targets && make_copy check LOG_COMPILER= TESTS=tests/api/heap && make_copy dist
}

list_files >"$work/files"
if [ ! -s "$work/files" ]; then
    echo "ok $((++number)) # SKIP this tarball has been configured in the tree: there is nothing to copy"
    echo "1..$number"
    exit $failed
fi
mkdir "$copy" && tar -C "$top" --null -T "$work/files" -cf - | tar -C "$copy" -xf - &&
    "${git[@]}" init -q "$copy" && "${git[@]}" -C "$copy" add -A &&
    "${git[@]}" -C "$copy" commit -q -m tree || exit
make_compiler
[ -e "$copy/configure" ] || step 'autogen.sh' ./autogen.sh
step './configure' configure_copy
step 'make, make check and make dist' make_all
step 'make distclean' make distclean
echo "1..$number"
exit $failed
