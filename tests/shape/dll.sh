#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The shape of the DLL: exports, imports, decoration, security flags, version, paths, reproducibility.
# Run by make check in the build directory, with srcdir, CC, OBJDUMP and host in the environment.
set -u

objdump=${OBJDUMP:-$host-objdump}
dll=webservices.dll
number=0 failed=0

result() { # result STATUS NAME: one line of TAP
    number=$((number + 1))
    if [ "$1" = 0 ]; then echo "ok $number - $2"; else echo "not ok $number - $2"; failed=1; fi
}

headers=$("$objdump" -p $dll)
case $host in x86_64-*) bits=64 ;; *) bits=32 ;; esac

# --- Exports ---
exported=$(printf '%s\n' "$headers" | sed -n '/\[Ordinal\/Name Pointer\] Table/,/^$/s/.*\] *+base\[[ 0-9]*\] *[0-9a-f]* *//p; /\[Ordinal\/Name Pointer\] Table/,/^$/s/^\t\[ *[0-9]*\] //p' | sort -u)
wanted=$(sed -n 's/^ *\(Ws[A-Za-z0-9]*\)@[0-9]*$/\1/p' exports.def.decorated | sort)
[ "$exported" = "$wanted" ]
status=$?
[ $status = 0 ] || diff <(echo "$wanted") <(echo "$exported") | sed 's/^/# /'
result $status "the exports are those of the export table, undecorated"

# Names that programs already rely on, whatever the export table says; the debug variant has the last two besides.
promised="WsAddErrorString WsAlloc WsCopyError WsCreateError WsCreateHeap WsFreeError WsFreeHeap WsGetErrorProperty
    WsGetErrorString WsGetHeapProperty WsResetError WsResetHeap WsSetErrorProperty"
case $wanted in *WsSetAutoFail*) promised="$promised WsDumpMemory WsSetAutoFail" ;; esac
missing=
for name in $promised; do grep -qx "$name" <<<"$exported" || missing="$missing $name"; done
[ -z "$missing" ]
result $? "no function has been lost${missing:+:$missing}"
if [ $bits = 32 ]; then
    # The stack is aligned to 4 bytes only: an aligned SSE access to it must come with an alignment of its own.
    bad=$("$objdump" -d --no-show-raw-insn $dll | awk '
        /^[0-9a-f]+ <.*>:$/ { name = $2; aligned = 0 }
        /and +\$0xfffffff0,%esp/ { aligned = 1 }
        /mov(aps|apd|dqa|ntps|ntdq) .*\(%e[sb]p/ && !aligned { print name }' | sort -u | head -3)
    [ -z "$bad" ]
    result $? "no code counts on an aligned stack${bad:+: $bad}"
fi

# --- Imports ---
allowed='^(kernel32|ntdll|msvcrt|ucrtbase|ws2_32|api-ms-win-.*)\.dll$'
imports=$(printf '%s\n' "$headers" | sed -n 's/.*DLL Name: //p' | tr 'A-Z' 'a-z')
others=$(printf '%s\n' "$imports" | grep -Ev "$allowed")
[ -n "$imports" ] && [ -z "$others" ]
result $? "only system DLLs are imported${others:+: $others}"

# --- Security flags ---
flags=$(printf '%s\n' "$headers" | sed -n '/^DllCharacteristics/,/^SizeOfStackReserve/p')
has() { printf '%s\n' "$flags" | grep -q "$1"; }
has DYNAMIC_BASE; result $? "the DLL can be moved (ASLR)"
has NX_COMPAT; result $? "data cannot be executed (NX)"
if [ $bits = 64 ]; then has HIGH_ENTROPY_VA; result $? "addresses are 64-bit random (high-entropy VA)"; fi
"$objdump" -h $dll | grep -q '\.reloc'; result $? "there are relocations"
"$objdump" -h $dll | awk '/^ *[0-9]+ \./ {name=$2} /CODE/ && !/READONLY/ {bad=1} END {exit bad}'
result $? "no code section can be written"

# --- Version ---
text=$(tr -d '\0' < $dll | tr -c '[:print:]' '\n')
printf '%s\n' "$text" | grep -q 'Open reimplementation of the Windows Web Services API'
result $? "the version resource names this project"

# --- Paths ---
top=$(cd "$srcdir" && pwd -P)
leaks=$(printf '%s\n' "$text" | grep -F -e "$top" -e "$(pwd -P)" -e "/home/" -e "/root/" | head -3)
[ -z "$leaks" ]
result $? "no path of this machine is in it${leaks:+: $leaks}"

# --- The import library ---
symbols=$("${objdump%objdump}nm" libwebservices.dll.a 2>/dev/null | sed -n 's/.* T //p' | sort -u)
case $bits in
64) want_symbols=$(printf '%s\n' "$wanted") ;;
32) want_symbols=$(sed -n 's/^ *\(Ws[A-Za-z0-9]*@[0-9]*\)$/_\1/p' exports.def.decorated) ;;
esac
[ "$symbols" = "$(printf '%s\n' "$want_symbols" | sort -u)" ]
result $? "the import library has what the DLL exports, no more"

# --- Reproducibility: the same inputs, built once more elsewhere, give the same bytes ---
if [ -e "$top/config.status" ]; then
    echo "ok $((++number)) # SKIP reproducibility: the source tree has been configured, so there is no second build"
    echo "1..$number"
    exit $failed
fi
again=$(mktemp -d) && trap 'rm -rf "$again"' EXIT
build=$(pwd -P)
if (cd "$again" && sh -c "$("$build/config.status" --config | sed "s|^|'$top/configure' |") >/dev/null" &&
    make -j2 webservices.dll libwebservices.dll.a) >"$again.log" 2>&1; then
    cmp $dll "$again/$dll" >&2; result $? "the DLL is reproducible"
    cmp libwebservices.dll.a "$again/libwebservices.dll.a" >&2; result $? "the import library is reproducible"
else
    tail -5 "$again.log" | sed 's/^/# /'
    result 1 "the DLL is reproducible (the second build failed)"
    result 1 "the import library is reproducible (the second build failed)"
fi
rm -f "$again.log"

echo "1..$number"
exit $failed
