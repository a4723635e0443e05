#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Serialization against Mono's DataContractSerializer and XmlSerializer: each side makes values of a contract at random
# and writes them; the other one reads them and writes them again; the first one reads that. All three print their
# fields, which must be the same.
#
# Usage: typed-mono.sh [VALUES [SEED]]
set -u

skip() { echo "1..0 # SKIP $1"; exit 0; }
command -v python3 >/dev/null || skip "no python3"
{ command -v mcs && command -v mono; } >/dev/null || skip "no Mono (mono-mcs, mono-runtime)"
[ -e /usr/lib/mono/4.5/System.Runtime.Serialization.dll ] ||
    skip "no DataContractSerializer (libmono-system-runtime-serialization4.0-cil)"
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT

mcs -nologo -warn:0 -r:System.Runtime.Serialization -r:System.Xml -out:"$work/typed-mono.exe" \
    "${srcdir:-.}/tests/oracle/typed-mono.cs" || { echo "Bail out! typed-mono.cs cannot be compiled"; exit 1; }
# Local times are those of a zone that both know, and without summer time.
zone=Etc/GMT-5
[ -e "/usr/share/zoneinfo/$zone" ] || zone=UTC
TZ=$zone python3 - "$work/typed-mono.exe" "${1:-100}" "${2:-1}" <<'END'
import re
import subprocess
import sys

MONO, OURS, CONTRACTS = ["mono", sys.argv[1]], ["tests/oracle/typed-peer"], ["data", "plain"]
values, seed = sys.argv[2:4]


def run(program, arguments, stdin=b""):
    done = subprocess.run(program + arguments, input=stdin, stdout=subprocess.PIPE)
    if done.returncode:
        print("# %s %s: exit status %d" % (program[-1], " ".join(arguments), done.returncode))
    return done.stdout


def fields(output, start):
    """The lines "field=value" of the documents whose names begin so, as a dictionary."""
    lines = (line.partition("=") for line in output.decode().split("\n") if line.startswith(start))
    return {field: value for field, _, value in lines}


# Mono does not read all doubles to the last bit, and takes 15 digits for enough if they are what it reads.
def is_close(one, other):
    double = re.compile("[0-9a-f]{16}")
    return double.fullmatch(one) and double.fullmatch(other) and abs(int(one, 16) - int(other, 16)) <= 2


def compare(number, start, what, outputs):
    wanted, *others = [fields(output, start) for output in outputs]
    different = excused = 0
    for got in others:
        for field in wanted.keys() | got.keys():
            one, other = wanted.get(field, "missing"), got.get(field, "missing")
            if one != other and is_close(one, other):
                excused += 1
            elif one != other:
                different += 1
                if different <= 10:
                    print("# %s: written %s, read %s" % (field, one[:200], other[:1000]))
    count = len({field.split("/")[1] for field in wanted})
    good = count == int(values) and not different
    print("# %d values with %d fields, of which %d doubles are close" % (count, len(wanted), excused))
    print("%sok %d - %s: %s" % ("" if good else "not ", number, start[:-5], what))
    return good


ours = run(OURS, ["write", seed, values] + CONTRACTS)
theirs = run(MONO, ["write", seed, values])
theirs_read = run(OURS, ["read"], theirs)
# Mono starts slowly: once for both.
all_read = run(MONO, ["read"], ours + theirs_read)
ours_again = run(OURS, ["read"], all_read)
print("1..4")
results = []
for contract in CONTRACTS:
    results += [compare(len(results) + 1, contract + "/ours", "Mono reads what we write, and writes it for us",
                        [ours, all_read, ours_again]),
                compare(len(results) + 2, contract + "/mono", "we read what Mono writes, and write it for Mono",
                        [theirs, theirs_read, all_read])]
sys.exit(not all(results))
END
