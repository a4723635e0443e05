#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Tests tools/wine-webservices in throw-away prefixes, a 64-bit one and, where 32-bit programs can be run, a 32-bit one.
# The DLLs are those of build/x86_64 and build/i686 (or those in $WEBSERVICES_DLLS). Prints TAP.

set -euo pipefail

self=$(readlink -f "${BASH_SOURCE[0]}")
repo=$(dirname "$(dirname "$(dirname "$self")")")
tool=$repo/tools/wine-webservices
dlls=${WEBSERVICES_DLLS:-$repo/build}

unset WINEPREFIX WINEARCH WINEDLLOVERRIDES DISPLAY WAYLAND_DISPLAY
export WINEDEBUG=-all

readonly KEY='HKCU\Software\Wine\DllOverrides'

# --- Reporting ------------------------------------------------------------------------------------------------------

# The number comes from count_tests, since some tests run in a process of their own.
ok() {
    echo "ok - $1"
}

not_ok() {
    local name=$1
    shift
    echo "not ok - $name"
    printf '%s\n' "$@" | sed 's/^/# /'
}

# check NAME COMMAND...: the command succeeds.
check() {
    local name=$1 output
    shift
    if output=$("$@" 2>&1); then ok "$name"; else not_ok "$name" "failed: $*" "$output"; fi
}

# equal NAME EXPECTED ACTUAL
equal() {
    if [[ $2 == "$3" ]]; then ok "$1"; else not_ok "$1" "expected: $2" "but was:  $3"; fi
}

# contains NAME TEXT WHERE
contains() {
    if [[ $3 == *"$2"* ]]; then ok "$1"; else not_ok "$1" "expected to find: $2" "in: $3"; fi
}

# fails NAME STATUS MESSAGE ARGUMENTS...: the tool ends with that status and says so on stderr, and nothing on stdout.
fails() {
    local name=$1 expected=$2 message=$3 status=0 output errors
    shift 3
    errors=$( { output=$("$tool" "$@" </dev/null 2>&3) || status=$?; printf '%s' "$output" >"$work/stdout"
        exit "$status"; } 3>&1) || status=$?
    if [[ $status == "$expected" && $errors == *"$message"* && ! -s $work/stdout ]]; then
        ok "$name"
    else
        not_ok "$name" "expected status $expected and: $message" "but was $status: $errors" "stdout: $(<"$work/stdout")"
    fi
}

count_tests() {
    awk '/^ok - / { n++; sub(/^ok/, "ok " n) }
        /^not ok - / { n++; sub(/^not ok/, "not ok " n) }
        { print; fflush() }
        END { print "1.." n + 0 }'
}

# --- The probe: a Windows program that tells what it sees -----------------------------------------------------------

# Usage: probe [STATUS [ARGUMENT...]]
build_probe() {
    cat >"$work/probe.c" <<'END'
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

int main(int argc, char **argv)
{
    char text[1024];
    char *dll = (char *)LoadLibraryA("webservices.dll");

    /* Wine's tools mark the DLLs that belong to Wine in the DOS header. */
    printf("dll=%s\n", !dll ? "none" : memcmp(dll + 64, "Wine builtin DLL", 16) ? "ours" : "builtin");
    GetModuleFileNameA(NULL, text, sizeof(text));
    printf("program=%s\n", text);
    GetCurrentDirectoryA(sizeof(text), text);
    printf("directory=%s\n", text);
    for (int i = 2; i < argc; i++)
        printf("argument=<%s>\n", argv[i]);
    if (fgets(text, sizeof(text), stdin))
        printf("stdin=%s\n", text);
    return argc > 1 ? atoi(argv[1]) : 0;
}
END
    mkdir "$work/probe 64" "$work/probe 32"
    x86_64-w64-mingw32-gcc -o "$work/probe 64/probe.exe" "$work/probe.c"
    i686-w64-mingw32-gcc -o "$work/probe 32/probe.exe" "$work/probe.c"
}

# field NAME <<<OUTPUT: the value of one line of the probe's output.
field() {
    tr -d '\r' | sed -n "s/^$1=//p"
}

# --- Tests of one prefix --------------------------------------------------------------------------------------------

in_prefix() {
    WINEPREFIX=$prefix WINEDLLOVERRIDES='mscoree,mshtml=;winemenubuilder.exe=d' wine "$@" </dev/null
}

# What the prefix's own programs see; those of the architecture given, if any.
dll_in_prefix() {
    WINEPREFIX=$prefix wine "$work/probe ${1:-$bits}/probe.exe" </dev/null 2>/dev/null | field dll
}

override() {
    in_prefix reg query "$KEY" /v webservices 2>/dev/null | tr -d '\r' | sed -n 's/^.*REG_SZ *//p'
}

export_key() (
    cd "$work"
    rm -f key.reg
    in_prefix reg export "$KEY" key.reg /y >/dev/null 2>&1 || echo none >key.reg
    iconv -f UTF-16 -t UTF-8 key.reg 2>/dev/null || cat key.reg
)

# Keeps the system directories and the overrides, to be compared later.
remember() {
    rm -rf "$work/before"
    mkdir "$work/before"
    cp -a "$prefix/drive_c/windows/system32" "$work/before/"
    [[ ! -d $prefix/drive_c/windows/syswow64 ]] || cp -a "$prefix/drive_c/windows/syswow64" "$work/before/"
    export_key >"$work/before.reg"
}

check_unchanged() {
    local directory
    for directory in "$work/before"/*; do
        check "$1: ${directory##*/} is as before" \
            diff -r --no-dereference "$directory" "$prefix/drive_c/windows/${directory##*/}"
    done
    equal "$1: the overrides are as before" "$(<"$work/before.reg")" "$(export_key)"
    check "$1: nothing is left in the prefix" test ! -e "$prefix/webservices-backup"
}

install() {
    "$tool" install --prefix "$prefix" --dlls "$dlls"
}

uninstall() {
    "$tool" uninstall --prefix "$prefix"
}

run() {
    "$tool" run --prefix "$prefix" --dlls "$dlls" "$@"
}

test_prefix() {
    bits=$1
    local architecture=x86_64 system32 output status
    if ((bits == 32)); then architecture=i686; fi
    prefix="$work/prefix $bits"
    system32=$prefix/drive_c/windows/system32
    # "run" must leave nothing behind here either.
    export XDG_RUNTIME_DIR=$work/runtime
    mkdir -p "$XDG_RUNTIME_DIR"

    if ! WINEARCH=win$bits in_prefix wineboot --init >"$work/wineboot.log" 2>&1; then
        if ((bits == 32)); then
            echo 'ok - 32-bit prefix # SKIP this Wine makes no 32-bit prefixes'
        else
            not_ok "$bits-bit: making a prefix" "$(<"$work/wineboot.log")"
        fi
        return
    fi
    # A 64-bit prefix is for 32-bit programs too where Wine can run them.
    both=no
    if compgen -G "$prefix/drive_c/windows/syswow64/*.dll" >/dev/null; then both=yes; fi
    test_install
    test_former_states
    test_run
    WINEPREFIX=$prefix wineserver -k || true
}

test_install() {
    remember
    fails "$bits-bit: uninstall without install" 1 'is not installed' uninstall --prefix "$prefix"
    status=0
    output=$("$tool" status --prefix "$prefix" 2>&1) || status=$?
    equal "$bits-bit: status before install: exit status" 1 "$status"
    contains "$bits-bit: status before install" 'installed: no' "$output"
    contains "$bits-bit: status says whose DLL is there" "system32/webservices.dll: Wine's own, $architecture" "$output"

    check "$bits-bit: install" install
    check "$bits-bit: our DLL is in system32" cmp "$dlls/$architecture/webservices.dll" "$system32/webservices.dll"
    equal "$bits-bit: the override is set" native,builtin "$(override)"
    equal "$bits-bit: programs get our DLL" ours "$(dll_in_prefix)"
    if [[ $both == yes ]]; then
        check "$bits-bit: our 32-bit DLL is in syswow64" \
            cmp "$dlls/i686/webservices.dll" "$system32/../syswow64/webservices.dll"
        equal "$bits-bit: 32-bit programs get our DLL" ours "$(dll_in_prefix 32)"
    fi
    status=0
    output=$("$tool" status --prefix "$prefix" 2>&1) || status=$?
    equal "$bits-bit: status after install: exit status" 0 "$status"
    contains "$bits-bit: status after install" 'installed: yes' "$output"
    contains "$bits-bit: status knows our DLL" "system32/webservices.dll: this project's, $architecture" "$output"
    contains "$bits-bit: status shows the override" 'override: native,builtin' "$output"

    check "$bits-bit: install again" install
    check "$bits-bit: the backup is still of the first" \
        cmp "$work/before/system32/webservices.dll" "$prefix/webservices-backup/system32/webservices.dll"
    check "$bits-bit: \$WINEPREFIX is the default prefix" env WINEPREFIX="$prefix" "$tool" status

    check "$bits-bit: uninstall" uninstall
    check_unchanged "$bits-bit: uninstall"
    equal "$bits-bit: programs get Wine's DLL again" builtin "$(dll_in_prefix)"
    fails "$bits-bit: uninstall a second time" 1 'is not installed' uninstall --prefix "$prefix"
}

# Whatever was there before is there afterwards.
test_former_states() {
    in_prefix reg add "$KEY" /v webservices /t REG_SZ /d builtin /f >/dev/null 2>&1
    remember
    install >/dev/null
    check "$bits-bit: uninstall with a former override" uninstall
    check_unchanged "$bits-bit: a former override"
    equal "$bits-bit: a former override is set again" builtin "$(override)"
    in_prefix reg delete "$KEY" /v webservices /f >/dev/null 2>&1

    mv "$system32/webservices.dll" "$work/builtin.dll"
    ln -s "$work/builtin.dll" "$system32/webservices.dll"
    remember
    install >/dev/null
    check "$bits-bit: our DLL replaces a symbolic link" test ! -L "$system32/webservices.dll"
    check "$bits-bit: uninstall over a symbolic link" uninstall
    check_unchanged "$bits-bit: a symbolic link"

    rm "$system32/webservices.dll"
    remember
    install >/dev/null
    check "$bits-bit: uninstall where no DLL was" uninstall
    check_unchanged "$bits-bit: no DLL"
    mv "$work/builtin.dll" "$system32/webservices.dll"

    install >/dev/null
    in_prefix reg add "$KEY" /v webservices /t REG_SZ /d disabled /f >/dev/null 2>&1
    check "$bits-bit: uninstall after the override was changed" uninstall
    equal "$bits-bit: an override that was changed is left" disabled "$(override)"
    in_prefix reg delete "$KEY" /v webservices /f >/dev/null 2>&1

    remember
    install >/dev/null
    rm "$system32/webservices.dll"
    status=0
    output=$("$tool" status --prefix "$prefix" 2>&1) || status=$?
    equal "$bits-bit: status of half an installation: exit status" 1 "$status"
    contains "$bits-bit: status of half an installation" 'only in part' "$output"
    check "$bits-bit: uninstall of half an installation" uninstall
    check_unchanged "$bits-bit: half an installation"
}

test_run() {
    local probe="$work/probe $bits/probe.exe" app="$prefix/drive_c/My App" errors
    mkdir "$app" "$app/data"
    cp "$probe" "$app/"

    remember
    status=0
    output=$(echo 'a line' | run "$probe" 42 'two words' 'a "quote"' '' 2>/dev/null) || status=$?
    equal "$bits-bit: run: the DLL is ours" ours "$(field dll <<<"$output")"
    equal "$bits-bit: run: exit status" 42 "$status"
    equal "$bits-bit: run: arguments" '<two words><a "quote"><>' "$(field argument <<<"$output" | tr -d '\n')"
    equal "$bits-bit: run: standard input" 'a line' "$(field stdin <<<"$output")"
    check_unchanged "$bits-bit: run"
    equal "$bits-bit: run: the prefix still has Wine's DLL" builtin "$(dll_in_prefix)"

    output=$(cd "$work/probe $bits" && run ./probe.exe 0 x </dev/null 2>/dev/null) || true
    equal "$bits-bit: run: a relative path" ours "$(field dll <<<"$output")"
    output=$(cd "$app/data" && run ../probe.exe </dev/null 2>/dev/null) || true
    equal "$bits-bit: run: a program on drive C sees itself there" 'C:\My App\probe.exe' "$(field program <<<"$output")"
    equal "$bits-bit: run: so it does its directory" 'C:\My App\data' "$(field directory <<<"$output")"
    output=$(run 'C:\My App\probe.exe' </dev/null 2>/dev/null) || true
    equal "$bits-bit: run: a Windows path" ours "$(field dll <<<"$output")"
    cp "$probe" "$prefix/drive_c/"
    output=$(run cmd /c 'C:\probe.exe' </dev/null 2>/dev/null) || true
    equal "$bits-bit: run: a child process gets our DLL too" ours "$(field dll <<<"$output")"

    run cmd /c 'reg add HKCU\Software\WebServicesTest /v value /d kept /f & echo x>C:\created.txt' \
        </dev/null >/dev/null 2>&1 || true
    contains "$bits-bit: run: what a program writes to the registry stays" kept \
        "$(in_prefix reg query 'HKCU\Software\WebServicesTest' 2>&1)"
    check "$bits-bit: run: so do files on drive C" test -f "$prefix/drive_c/created.txt"

    # The first is still running when the second starts and ends.
    run cmd /c 'ping -n 5 127.0.0.1 >nul & exit 3' </dev/null >/dev/null 2>&1 &
    local first=$!
    sleep 4
    output=$(run "$probe" </dev/null 2>/dev/null) || true
    equal "$bits-bit: run: two at once" ours "$(field dll <<<"$output")"
    if kill -0 "$first" 2>/dev/null; then
        fails "$bits-bit: no install during run" 1 'runs a program' install --prefix "$prefix" --dlls "$dlls"
    fi
    status=0
    wait "$first" || status=$?
    equal "$bits-bit: run: the first of two" 3 "$status"

    in_prefix cmd /c 'ping -n 60 127.0.0.1 >nul' &
    local busy=$!
    sleep 2
    fails "$bits-bit: run while other programs run" 1 'programs are running' \
        run --prefix "$prefix" --dlls "$dlls" "$probe"
    WINEPREFIX=$prefix wineserver -k || true
    wait "$busy" 2>/dev/null || true

    if [[ $both == yes ]]; then
        output=$(run "$work/probe 32/probe.exe" </dev/null 2>/dev/null) || true
        equal "$bits-bit: run: a 32-bit program" ours "$(field dll <<<"$output")"
    else
        fails "$bits-bit: run: a program of the other architecture" 1 'cannot run' \
            run --prefix "$prefix" --dlls "$dlls" "$work/probe $((96 - bits))/probe.exe"
    fi
    equal "$bits-bit: run leaves no shadow behind" '' "$(ls -A "$XDG_RUNTIME_DIR")"
}

# --- Mistakes -------------------------------------------------------------------------------------------------------

test_mistakes() {
    local good="$work/prefix 64" probe="$work/probe 64/probe.exe"
    check '--help' "$tool" --help
    contains '--help names the commands' 'uninstall  put back' "$("$tool" --help)"
    check 'install --help' "$tool" install --help
    fails 'no command' 2 'no command'
    fails 'an unknown command' 2 'unknown command: instal' instal
    fails 'an unknown option' 2 'unknown option: --prefx' install --prefx x
    fails '--prefix without a directory' 2 '--prefix needs a directory' status --prefix
    fails 'an argument too many' 2 'no further argument: x' status x
    fails 'run without a program' 2 'run needs a program' run
    fails 'a prefix that does not exist' 1 'there is no Wine prefix' install --prefix "$work/nowhere" --dlls "$dlls"
    mkdir "$work/not a prefix"
    fails 'a directory that is no prefix' 1 'is not a Wine prefix' status --prefix "$work/not a prefix"
    fails 'no such directory of DLLs' 1 'no such directory' install --prefix "$good" --dlls "$work/nowhere"
    mkdir -p "$work/no dlls" "$work/wrong dlls/x86_64" "$work/wrong dlls/i686"
    fails 'no DLLs' 1 'build it with' install --prefix "$good" --dlls "$work/no dlls"
    fails 'run without DLLs' 1 'build it with' run --prefix "$good" --dlls "$work/no dlls" "$probe"
    cp "$dlls/i686/webservices.dll" "$work/wrong dlls/x86_64/"
    cp "$dlls/x86_64/webservices.dll" "$work/wrong dlls/i686/"
    fails 'DLLs of the wrong architecture' 1 'is not an x86_64 DLL' install --prefix "$good" --dlls "$work/wrong dlls"
    check 'none of this installed anything' test ! -e "$good/webservices-backup"
    fails 'run: no such program' 1 'no such program' run --prefix "$good" --dlls "$dlls" ./nowhere.exe
    fails 'run: not a Windows program' 1 'not a Windows program' run --prefix "$good" --dlls "$dlls" "$self"

    # A 64-bit Wine in a 32-bit prefix. Only the word of the registry matters for that.
    cp -a "$good" "$work/claims to be 32-bit"
    sed -i 's/^#arch=win64/#arch=win32/' "$work/claims to be 32-bit"/*.reg
    if WINEPREFIX=$work/'claims to be 32-bit' wine reg query 'HKCU\Software' >/dev/null 2>&1; then
        echo 'ok - a prefix that Wine cannot use # SKIP this Wine can'
    else
        fails 'a prefix that Wine cannot use' 1 'Wine cannot use' install \
            --prefix "$work/claims to be 32-bit" --dlls "$dlls"
    fi

    local shell=$BASH saved=$tool
    printf '#!/bin/sh\nPATH=/nonexistent exec "%s" "%s" "$@"\n' "$shell" "$tool" >"$work/without-wine"
    chmod +x "$work/without-wine"
    tool=$work/without-wine
    fails 'no Wine' 1 'Wine is not installed' install --prefix "$good"
    tool=$saved
}

# --------------------------------------------------------------------------------------------------------------------

# In the 32-bit Wine this script is run again, with the directory that the first one has prepared.
if [[ ${1:-} == --only-32 ]]; then
    work=$2
    test_prefix 32
    exit
fi

for architecture in x86_64 i686; do
    if [[ ! -f $dlls/$architecture/webservices.dll ]]; then
        echo "Bail out! There is no $dlls/$architecture/webservices.dll: build it first"
        exit 1
    fi
done

work=$(mktemp -d)
clean_up() {
    local server
    for server in "$work"/prefix*; do
        [[ ! -d $server ]] || WINEPREFIX=$server wineserver -k 2>/dev/null || true
    done
    rm -rf "$work"
}
trap clean_up EXIT

build_probe
{
    test_prefix 64
    test_mistakes
    if "$repo/tools/wine-test" --has32; then
        "$repo/tools/wine-test" --in32 bash "$self" --only-32 "$work" ||
            not_ok '32-bit prefix: the tests ran to their end'
    else
        echo 'ok - 32-bit prefix # SKIP no 32-bit Wine'
    fi
} | count_tests
