#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Serialization against gSOAP, with what its compiler generates from gsoap-contract.idl: it reads what we write into its
# structures, strictly, and writes them; we read that, and every field must be what it was.
#
# Usage: typed-gsoap.sh [VALUES [SEED]]
set -u

skip() { echo "1..0 # SKIP $1"; exit 0; }
bail() { sed 's/^/# /' "$work/log"; echo "Bail out! $1"; exit 1; }
command -v soapcpp2 >/dev/null || skip "no gSOAP (gsoap)"
echo '#include <stdsoap2.h>' | ${CC:-cc} -fsyntax-only -x c - 2>/dev/null || skip "no header of gSOAP (libgsoap-dev)"
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
here=${srcdir:-.}/tests/oracle values=${1:-100}

{ soapcpp2 -c -x -L -C -d "$work" "$here/gsoap-contract.idl" &&
    ${CC:-cc} -w -include stdbool.h -I "$work" -o "$work/gsoap-peer" "$here/gsoap-peer.c" "$work/soapC.c" -lgsoap -lm
} > "$work/log" 2>&1 || bail "the contract cannot be compiled"
: > "$work/log"

# To gSOAP, a date without a zone is a local one.
export TZ=Etc/GMT-5
run() { "$@" || echo "$1: exit status $?" >> "$work/log"; }
run tests/oracle/typed-peer write "${2:-1}" "$values" soap > "$work/written"
run "$work/gsoap-peer" < "$work/written" > "$work/copied" 2>> "$work/log"
run tests/oracle/typed-peer read < "$work/copied" > "$work/read" 2>> "$work/log"
# Of each program, what it says itself; then the fields that differ.
diff <(grep -v '^document ' "$work/written") <(grep -v '^document ' "$work/read") >> "$work/log"

echo "1..1"
echo "# $(grep -c '^document ' "$work/written") values with $(grep -vc '^document ' "$work/written") fields"
head -n 20 "$work/log" | cut -c 1-200 | sed 's/^/# /'
[[ ! -s $work/log && $(grep -c '^document ' "$work/read") == "$values" ]] || not=not
echo "${not:+$not }ok 1 - gSOAP reads what we write, and we read what it writes"
[[ ! ${not:-} ]]
