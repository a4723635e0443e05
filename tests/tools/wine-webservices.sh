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

# Whether the key of the overrides is in the file of the registry; and takes it out.
has_key() {
    WINEPREFIX=$prefix wineserver -w
    grep -q '^\[Software\\\\Wine\\\\DllOverrides\]' "$prefix/user.reg"
}

forget_key() {
    WINEPREFIX=$prefix wineserver -w
    sed -i '/^\[Software\\\\Wine\\\\DllOverrides\]/,/^$/d' "$prefix/user.reg"
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
    # "run" must leave nothing after here either.
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

    # Some versions of Wine make the key whenever they start: only the file tells.
    forget_key
    check "$bits-bit: install where there is no key for overrides" install
    check "$bits-bit: uninstall where there was none" uninstall
    check "$bits-bit: no empty key is left" eval '! has_key'
    forget_key
    install >/dev/null
    in_prefix reg add "$KEY" /v other /t REG_SZ /d builtin /f >/dev/null 2>&1
    check "$bits-bit: uninstall with another override set meanwhile" uninstall
    contains "$bits-bit: that one stays, and so the key" '"other"="builtin"' "$(export_key)"
    in_prefix reg delete "$KEY" /v other /f >/dev/null 2>&1

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
    local probe="$work/probe $bits/probe.exe" app="$prefix/drive_c/My App" errors before
    before=$(ls -A "$TMPDIR")
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
    output=$(run 'c:\my app\PROBE' </dev/null 2>/dev/null) || true
    equal "$bits-bit: run: in another case, without its suffix" ours "$(field dll <<<"$output")"
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
    fails "$bits-bit: run while other programs run" 1 \
        "waiting for programs in $prefix to end"$'\n''wine-webservices: programs are running' \
        run --prefix "$prefix" --dlls "$dlls" "$probe"
    WINEPREFIX=$prefix wineserver -k || true
    wait "$busy" 2>/dev/null || true

    if [[ $both == yes ]]; then
        output=$(run "$work/probe 32/probe.exe" </dev/null 2>/dev/null) || true
        equal "$bits-bit: run: a 32-bit program" ours "$(field dll <<<"$output")"
    else
        fails "$bits-bit: run: a program of the other architecture" 1 'cannot run' \
            run --prefix "$prefix" --dlls "$dlls" "$work/probe $((96 - bits))/probe.exe"
        ((bits == 32)) || fails "$bits-bit: run: it says how it can" 1 \
            'install a Wine that can (Debian: dpkg --add-architecture i386, apt-get update, apt-get install wine32:i386)' \
            run --prefix "$prefix" --dlls "$dlls" "$work/probe 32/probe.exe"
    fi
    equal "$bits-bit: run leaves no shadow after" '' "$(ls -A "$XDG_RUNTIME_DIR")"
    equal "$bits-bit: nor a directory of its server" "$before" "$(ls -A "$TMPDIR")"
    test_server_directory
}

# A shadow may be left behind by a "run" that was killed: the next one removes it, and a directory of its server only if
# that is one.
test_server_directory() {
    local name shadow others=$work/others
    shadow=$XDG_RUNTIME_DIR/wine-webservices-$UID-$(stat -c %d-%i -- "$prefix")
    mkdir -p "$TMPDIR"/{wine-killed,wine-filled,wine-longer-name}/server-1 "$others/server-1"
    touch "$TMPDIR"/{wine-killed,wine-longer-name}/server-1/{lock,socket} "$others/server-1/lock"
    touch "$TMPDIR/wine-filled/server-1/document"
    ln -sfn "$others" "$TMPDIR/wine-linked"
    for name in wine-killed wine-filled wine-longer-name wine-linked ../others; do
        mkdir "$shadow"
        printf '%s' "$name" >"$shadow/wineserver"
        chmod 400 "$shadow/wineserver"
        run cmd /c exit </dev/null >/dev/null 2>&1 || true
    done
    check "$bits-bit: run after one that was killed" test ! -e "$TMPDIR/wine-killed"
    check "$bits-bit: it removes nothing by another name" test -f "$TMPDIR/wine-longer-name/server-1/lock"
    check "$bits-bit: nor elsewhere, be it by a link" test -f "$others/server-1/lock"
    check "$bits-bit: nor what no server made" test -f "$TMPDIR/wine-filled/server-1/document"
}

# --- check: what a program imports ---------------------------------------------------------------------------------

# A program and a DLL that call WsFreeHeap, a function that will never be there, and one that is imported by its number.
# The DLL imports them when they are first called. Of two programs one has nothing to do with webservices.dll, the other
# names it only.
build_importers() { # ARCHITECTURE DIRECTORY
    local compiler=$1-w64-mingw32-gcc
    mkdir -p "$2"
    cat >"$2/importer.c" <<'END'
#include <windows.h>

__declspec(dllimport) void WINAPI WsFreeHeap(void *heap);
__declspec(dllimport) void WINAPI WsNeverThere(void *a, void *b);
__declspec(dllimport) void WINAPI WsNameless(void);

void call(void)
{
    WsFreeHeap(NULL);
#ifndef GOOD
    WsNeverThere(NULL, NULL);
    WsNameless();
#endif
}

int main(void)
{
    call();
    return 0;
}
END
    # The 64-bit tools know no decoration.
    printf '%s\n' 'LIBRARY webservices.dll' EXPORTS WsFreeHeap@4 WsNeverThere@8 'WsNameless@0 @77 NONAME' |
        { if [[ $1 == i686 ]]; then cat; else sed 's/@[0-9] *$//; s/@0 /  /'; fi; } >"$2/importer.def"
    "$1-w64-mingw32-dlltool" -k -d "$2/importer.def" -D WebServices.dll -l "$2/libload.a"
    "$1-w64-mingw32-dlltool" -k -d "$2/importer.def" -D WebServices.dll -y "$2/libcall.a"
    "$compiler" "$2/importer.c" -o "$2/bad.exe" "$2/libload.a"
    "$compiler" -DGOOD "$2/importer.c" -o "$2/good.exe" "$2/libload.a"
    echo 'int main(void) { return 0; }' >"$2/none.c"
    "$compiler" "$2/none.c" -o "$2/none.exe"
    echo 'const char *volatile name = "webservices.dll"; int main(void) { return *name == 0; }' >"$2/named.c"
    "$compiler" "$2/named.c" -o "$2/named.exe"
    mkdir "$2/beside" "$2/delayed"
    cp "$2/good.exe" "$2/none.exe" "$2/delayed/"
    "$compiler" -shared "$2/importer.c" -o "$2/delayed/Plugin.DLL" "$2/libcall.a"
    "$compiler" -shared -DGOOD "$2/importer.c" -o "$2/delayed/good.dll" "$2/libload.a"
    list_delayed_imports "$1" "$2/delayed/Plugin.DLL"

    # A program that needs one DLL, which needs another, which needs the first, and functions that are not there.
    printf '%s\n' 'LIBRARY second' EXPORTS second >"$2/beside.def"
    "$1-w64-mingw32-dlltool" -k -d "$2/beside.def" -l "$2/libsecond.a"
    echo '__declspec(dllimport) int second(void); int first(void) { return second(); }' >"$2/first.c"
    "$compiler" -shared "$2/first.c" -o "$2/beside/First.dll" -Wl,--out-implib,"$2/libfirst.a" "$2/libsecond.a"
    echo '__declspec(dllimport) int first(void); int second(void) { return first(); }' >"$2/second.c"
    "$compiler" -shared -Dmain=unused "$2/second.c" "$2/importer.c" -o "$2/beside/second.dll" "$2/libfirst.a" "$2/libload.a"
    echo '__declspec(dllimport) int first(void); int main(void) { return first(); }' >"$2/needy.c"
    "$compiler" "$2/needy.c" -o "$2/beside/needy.exe" "$2/libfirst.a"
    cp "$2/none.exe" "$2/beside/none.exe"
}

# The linkers of mingw-w64 do not list these in the header: what they made is put there.
list_delayed_imports() { # ARCHITECTURE FILE
    local symbol
    symbol=$("$1-w64-mingw32-nm" "$2" | sed -n 's/^[0-9a-f]* . \(.*DELAY_IMPORT_DESCRIPTOR.*\)/\1/p')
    set_directory "$1" "$2" 13 "$(rva "$1" "$2" "$symbol")" 32
}

# Prints the RVA of a symbol.
rva() { # ARCHITECTURE FILE SYMBOL
    local address base
    address=$("$1-w64-mingw32-nm" "$2" | sed -n "s/^\([0-9a-f]*\) . $3\$/\1/p")
    base=$("$1-w64-mingw32-objdump" -p "$2" | sed -n 's/^ImageBase[[:space:]]*//p')
    echo $((16#$address - 16#$base))
}

# Sets an entry of the data directories in a program's header.
set_directory() { # ARCHITECTURE FILE INDEX RVA SIZE
    local header directories=112
    if [[ $1 == i686 ]]; then directories=96; fi
    header=$(od -An -td4 -j60 -N4 "$2")
    put_number "$2" $((header + 24 + directories + 8 * $3)) "$4"
    put_number "$2" $((header + 24 + directories + 8 * $3 + 4)) "$5"
}

put_number() { # FILE OFFSET NUMBER
    local shift bytes=
    for shift in 0 8 16 24; do
        bytes+=$(printf '\\x%02x' $(($3 >> shift & 255)))
    done
    printf '%b' "$bytes" | dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}

# checks NAME STATUS OUTPUT PROGRAM: "check" ends with that status and prints that, which may begin anywhere.
checks() {
    local status=0 output
    output=$(timeout 20 "$tool" check --dlls "$dlls" "$4" 2>&1) || status=$?
    equal "$1: exit status" "$2" "$status"
    contains "$1" "$3" "$output"
}

# Import tables as nobody makes them: hundreds of DLLs, all of them webservices.dll, with names that are far apart; more
# than that; a list of functions without an end; one name without an end; and none at all.
build_hostile() { # ARCHITECTURE DIRECTORY
    local pad=
    if [[ $1 == x86_64 ]]; then pad='; .long 0'; fi
    sed -E "s/ENTRY\((\w+)\)/.rva \1$pad/g" >"$2/hostile.s" <<'END'
    .section .rdata,"dr"
    .globl many, more, endless_list, endless_name, nameless
many: .rept 900; .rva list; .long 0, 0; .rva dll, list; .endr; .long 0, 0, 0, 0, 0
more: .rept 2000; .rva list; .long 0, 0; .rva dll, list; .endr
endless_list: .rva long_list; .long 0, 0; .rva dll, long_list; .long 0, 0, 0, 0, 0
endless_name: .rva list; .long 0, 0; .rva endless, list; .long 0, 0, 0, 0, 0
nameless: .rva list; .long 0, 0; .rva nothing, list; .long 0, 0, 0, 0, 0
dll: .asciz "webservices.dll"
    .balign 8
list: .rept 450; ENTRY(near); ENTRY(far); .endr; .long 0, 0
long_list: .rept 20000; ENTRY(near); .endr
near: .short 0
    .asciz "WsFreeHeap"
nothing: .byte 0
endless: .fill 250000, 1, 65
    .byte 0
far: .short 0
    .asciz "WsResetHeap"
END
    "$1-w64-mingw32-gcc" "$2/none.c" "$2/hostile.s" -o "$2/hostile.exe"
}

test_damaged() { # ARCHITECTURE DIRECTORY
    local name file offset
    head -c 700 "$2/good.exe" >"$2/headers.exe"
    head -c 3000 "$2/good.exe" >"$2/half.exe"
    cp "$2/good.exe" "$2/outside.exe"
    set_directory "$1" "$2/outside.exe" 1 $((0x7ffff000)) 100
    build_hostile "$1" "$2"
    for name in many more endless_list endless_name nameless; do
        cp "$2/hostile.exe" "$2/$name.exe"
        set_directory "$1" "$2/$name.exe" 1 "$(rva "$1" "$2/hostile.exe" $name)" 40
    done
    for name in headers half outside many more endless_list endless_name nameless; do
        checks "$1: check: a damaged file: $name" 2 'is cut short or damaged' "$2/$name.exe"
    done
    file="$2/elsewhere.exe"
    cp "$2/good.exe" "$file"
    for offset in 0xfffffffe 0x7ffffff0 0; do
        put_number "$file" 60 $((offset))
        checks "$1: check: a header at $offset" 2 "wine-webservices: $file is not a Windows program" "$file"
    done
}

# A webservices.dll beside a program is the one that it gets.
test_dll_beside() { # ARCHITECTURE DIRECTORY
    local other=x86_64 own=$2/own would='own/WebServices.dll lies beside the program and would be taken, but is'
    if [[ $1 == x86_64 ]]; then other=i686; fi
    mkdir "$own"
    cp "$2/good.exe" "$2/bad.exe" "$own/"
    cp "$dlls/$other/webservices.dll" "$own/WebServices.dll"
    checks "$1: check: a webservices.dll of the other architecture beside it" 0 'good.exe can be run' "$own/good.exe"
    echo junk >"$own/WebServices.dll"
    checks "$1: check: junk beside it" 2 "$would not an $1 DLL: move it away" "$own/good.exe"
    head -c 3000 "$dlls/$1/webservices.dll" >"$own/WebServices.dll"
    checks "$1: check: half a webservices.dll beside it" 2 "$would cut short or damaged: move it away" "$own/good.exe"
    "$1-w64-mingw32-gcc" -shared -x c -o "$own/WebServices.dll" - \
        <<<'__declspec(dllexport) void WsFreeHeap(void) { } __declspec(dllexport) void WsNeverThere(void) { }'
    checks "$1: check: another webservices.dll beside it" 1 $'not there yet are 1:\n  number 77' "$own/bad.exe"
    checks "$1: check: it says so" 0 'which "run" would take: that was looked at' "$own/good.exe"
}

test_check() {
    local architecture directory absent
    absent=$'3 of the functions of webservices.dll; not there yet are 2:\n  WsNeverThere\n  number 77 (imported without a name)'
    for architecture in x86_64 i686; do
        directory=$work/importers/$architecture
        build_importers "$architecture" "$directory"
        checks "$architecture: check: all that is imported is there" 0 \
            'good.exe imports 1 of the functions of webservices.dll: all are there.' "$directory/good.exe"
        checks "$architecture: check: and says how to go on" 0 'can be run with this webservices.dll: wine-webservices run' \
            "$directory/good.exe"
        checks "$architecture: check: functions that are not there" 1 "bad.exe imports $absent" "$directory/bad.exe"
        checks "$architecture: check: a DLL that it needs, by way of another" 1 "second.dll imports $absent" \
            "$directory/beside/needy.exe"
        checks "$architecture: check: a DLL given itself" 1 "Plugin.DLL imports $absent" "$directory/delayed/Plugin.DLL"
        checks "$architecture: check: a DLL beside the program that it does not import" 0 \
            'Plugin.DLL, beside it, needs more; good.exe is affected if it loads that.' "$directory/delayed/good.exe"
        checks "$architecture: check: which is no matter for its own imports" 0 'good.exe can be run with' \
            "$directory/delayed/good.exe"
        checks "$architecture: check: and of a program that imports nothing" 0 'only a run shows' \
            "$directory/delayed/none.exe"
        head -c 3000 "$directory/bad.exe" >"$directory/beside/first.tmp"
        echo webservices.dll >>"$directory/beside/first.tmp"
        mv "$directory/beside/first.tmp" "$directory/beside/First.dll"
        checks "$architecture: check: a DLL that it needs is damaged" 2 'First.dll is cut short or damaged' \
            "$directory/beside/needy.exe"
        checks "$architecture: check: a DLL that it does not need is damaged" 0 \
            'First.dll, beside it, is cut short or damaged; none.exe is affected' "$directory/beside/none.exe"
        checks "$architecture: check: another program" 0 'does not import webservices.dll' "$directory/none.exe"
        checks "$architecture: check: one that may load it" 0 'only a run shows' "$directory/named.exe"
        output=$("$tool" check --dlls "$dlls" "$directory/delayed/good.dll" 2>&1) || true
        equal "$architecture: check: of a DLL it does not say how to run it" \
            "$directory/delayed/good.dll can be used with this webservices.dll." "$(tail -n 1 <<<"$output")"
        test_damaged "$architecture" "$directory"
        test_dll_beside "$architecture" "$directory"
    done
    # What is there in part, as long as there is such a function.
    local partial
    partial=$(sed -nE 's/^ *(Ws[A-Za-z0-9]+)@[0-9]+ *; in part: .*/\1/p' "$repo/dlls/webservices/webservices.def" | head -n 1)
    if [[ -n $partial ]]; then
        directory=$work/importers/partial
        mkdir "$directory"
        printf '%s\n' 'LIBRARY webservices.dll' EXPORTS "$partial" >"$directory/partial.def"
        x86_64-w64-mingw32-dlltool -d "$directory/partial.def" -l "$directory/libpartial.a"
        echo "__declspec(dllimport) void $partial(void); int main(void) { $partial(); return 0; }" >"$directory/partial.c"
        x86_64-w64-mingw32-gcc "$directory/partial.c" -o "$directory/partial.exe" "$directory/libpartial.a"
        checks 'check: a function that is there in part' 0 "$partial is there in part: " "$directory/partial.exe"
    fi
    cp "$work/importers/i686/bad.exe" "$work/importers/x86_64/other.dll"
    checks 'check: a DLL of the other architecture does not count' 0 'all are there' "$work/importers/x86_64/good.exe"
    checks 'check: no such program' 2 'is the path right?' "$work/nowhere.exe"
    checks 'check: not a program' 2 'is not a Windows program' "$self"
    printf MZ >"$work/mz.exe"
    equal 'check: two letters only' "wine-webservices: $work/mz.exe is not a Windows program: name an .exe file" \
        "$("$tool" check --dlls "$dlls" "$work/mz.exe" 2>&1)"
    checks 'check: a directory' 2 'name a program in it' "$work"
    status=0
    output=$("$tool" check --dlls "$work/importers" "$work/importers/i686/good.exe" 2>&1) || status=$?
    equal 'check: no DLLs' 2 "$status"
    status=0
    output=$("$tool" check --dlls "$dlls" --prefix "$work/prefix 64" 'c:\windows\system32\WSDAPI.dll' 2>&1) || status=$?
    equal "check: Wine's own wsdapi.dll, by its Windows path: exit status" 0 "$status"
    contains "check: Wine's own wsdapi.dll, by its Windows path" 'all are there' "$output"
}

# --- Mistakes -------------------------------------------------------------------------------------------------------

# A prefix on which nobody can write, not even root.
test_read_only() {
    local mount='mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && exec "$@"'
    if ! unshare --mount bash -c "$mount" mount "$1" true 2>/dev/null; then
        echo 'ok - a prefix that is read-only # SKIP nothing can be mounted here'
        return
    fi
    mkdir -p "$1/webservices-backup/system32"
    printf '#!/bin/sh\nexec unshare --mount bash -c '\''%s'\'' mount "%s" "%s" "$@"\n' "$mount" "$1" "$tool" >"$work/read-only"
    chmod +x "$work/read-only"
    local saved=$tool
    tool=$work/read-only
    fails 'install into a prefix that is read-only' 1 'cannot be written to' install --prefix "$1" --dlls "$dlls"
    fails 'uninstall from a prefix that is read-only' 1 'cannot be written to' uninstall --prefix "$1"
    tool=$saved
    rmdir "$1/webservices-backup/system32" "$1/webservices-backup"
}

# Functions that are not there are named in one line before Wine says it in its way. The programs do not call them.
test_absent() { # PREFIX
    local directory=$work/absent
    mkdir "$directory"
    echo '#define F(n) __declspec(dllimport) void WsNever##n(void); void (*volatile f##n)(void) = WsNever##n;
        F(1) ALL int main(void) { return 7; }' >"$directory/absent.c"
    printf '%s\n' 'LIBRARY webservices.dll' EXPORTS WsNever{1..5} >"$directory/absent.def"
    x86_64-w64-mingw32-dlltool -d "$directory/absent.def" -l "$directory/libabsent.a"
    x86_64-w64-mingw32-gcc -DALL= "$directory/absent.c" -o "$directory/one.exe" "$directory/libabsent.a"
    x86_64-w64-mingw32-gcc -DALL='F(2) F(3) F(4) F(5)' "$directory/absent.c" -o "$directory/five.exe" "$directory/libabsent.a"
    fails 'run: a function that is not there' 7 \
        'one.exe needs WsNever1, which is not there yet: see wine-webservices check' \
        run --prefix "$1" --dlls "$dlls" "$directory/one.exe"
    fails 'run: five of them' 7 \
        'five.exe needs WsNever1, WsNever2, WsNever3 and 2 more, which are not there yet: see wine-webservices check' \
        run --prefix "$1" --dlls "$dlls" "$directory/five.exe"
}

test_mistakes() {
    local good="$work/prefix 64" probe="$work/probe 64/probe.exe"
    WINEPREFIX=$good wine reg add 'HKLM\Software\Microsoft\Windows\CurrentVersion\App Paths\listed.exe' /ve /t REG_SZ \
        /d 'C:\My App\probe.exe' /f >/dev/null 2>&1
    check '--help' "$tool" --help
    contains '--help names the commands' 'uninstall  put back' "$("$tool" --help)"
    contains '--help says what a run changes' 'the prefix keeps its own, and whatever' "$("$tool" --help)"
    contains '--help says when SIGTERM is answered' 'SIGTERM to "run" is answered when the program has ended.' \
        "$("$tool" --help)"
    check 'install --help' "$tool" install --help
    fails 'no command' 2 'no command'
    fails 'an unknown command' 2 'unknown command: instal' instal
    fails 'an unknown option' 2 'unknown option: --prefx' install --prefx x
    fails '--prefix without a directory' 2 '--prefix needs a directory' status --prefix
    fails 'an argument too many' 2 'no further argument: x' status x
    fails 'run without a program' 2 'run needs a program' run
    fails 'check without a program' 2 'check needs a program' check
    fails 'check with two' 2 'no further argument: y' check x y
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
    local program
    for program in ./nowhere.exe 'C:\nowhere.exe' 'c:\nowhere\app' 'nowhere\app.exe' 'q:\app.exe'; do
        fails "run: no such program: $program" 1 'is the path right?' run --prefix "$good" --dlls "$dlls" "$program"
    done
    fails 'run: a name that Wine does not know' 1 'name it with its path' run --prefix "$good" --dlls "$dlls" nowhere
    check 'run: a name that Wine has in its registry' "$tool" run --prefix "$good" --dlls "$dlls" listed
    fails 'run: a directory' 1 'name a program in it' run --prefix "$good" --dlls "$dlls" "$work"
    fails 'run: a directory, as a Windows path' 1 'name a program in it' run --prefix "$good" --dlls "$dlls" 'C:\windows'
    fails 'run: not a Windows program' 1 'not a Windows program' run --prefix "$good" --dlls "$dlls" "$self"
    printf MZ >"$work/mz.exe"
    fails 'run: two letters only' 1 'not a Windows program' run --prefix "$good" --dlls "$dlls" "$work/mz.exe"
    mkdir "$work/own" "$good/drive_c/own"
    cp "$probe" "$work/own/"
    cp "$probe" "$good/drive_c/own/"
    echo junk | tee "$work/own/webservices.dll" >"$good/drive_c/own/WebServices.dll"
    for program in "$work/own/probe.exe" 'c:\own\probe'; do
        fails "run: junk beside it: $program" 1 'lies beside the program and would be taken, but is not an x86_64 DLL' \
            run --prefix "$good" --dlls "$dlls" "$program"
    done
    fails 'run: junk beside it, in the directory given' 1 'move it away' \
        run --prefix "$good" --dlls "$work/own" "$work/own/probe.exe"
    cp "$good/drive_c/windows/system32/webservices.dll" "$work/own/"
    fails "run: Wine's own DLL beside it" 1 "is Wine's own, which does not load from there: move it away" \
        run --prefix "$good" --dlls "$dlls" "$work/own/probe.exe"
    test_absent "$good"
    test_read_only "$good"

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
    export TMPDIR=$work/tmp
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
# Where Wine keeps what belongs to the servers of these prefixes. The prefixes of tools/wine-test have theirs elsewhere.
outer_tmpdir=${TMPDIR:-/tmp}
mkdir "$work/tmp"
export TMPDIR=$work/tmp
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
    test_check
    if TMPDIR=$outer_tmpdir "$repo/tools/wine-test" --has32; then
        TMPDIR=$outer_tmpdir "$repo/tools/wine-test" --in32 bash "$self" --only-32 "$work" ||
            not_ok '32-bit prefix: the tests ran to their end'
    else
        echo 'ok - 32-bit prefix # SKIP no 32-bit Wine'
    fi
} | count_tests
