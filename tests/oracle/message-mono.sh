#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Messages against Mono's System.ServiceModel.Channels: each side writes envelopes of every version at random, with
# headers, addresses, bodies and faults, and says what is in them; the other one reads them and must find the same. In
# text, in binary, which Mono has for SOAP 1.2 with WS-Addressing 1.0 only, and as packages of MTOM.
#
# Usage: message-mono.sh [MESSAGES [SEED]]
set -u

skip() { echo "1..0 # SKIP $1"; exit 0; }
command -v python3 >/dev/null || skip "no python3"
{ command -v mcs && command -v mono; } >/dev/null || skip "no Mono (mono-mcs, mono-runtime)"
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
echo 'class A { static void Main() { System.ServiceModel.EndpointAddress a = null; } }' >"$work/probe.cs"
mcs -nologo -warn:0 -r:System.ServiceModel -out:"$work/probe.exe" "$work/probe.cs" >/dev/null 2>&1 ||
    skip "no System.ServiceModel (libmono-system-servicemodel4.0a-cil)"

mcs -nologo -warn:0 -r:System.ServiceModel -r:System.Runtime.Serialization -r:System.Xml \
    -out:"$work/message-mono.exe" "${srcdir:-.}/tests/oracle/message-mono.cs" ||
    { echo "Bail out! message-mono.cs cannot be compiled"; exit 1; }

python3 - "$work/message-mono.exe" "$@" <<'END'
import re, subprocess, sys

ours, mono = ["tests/oracle/message-peer"], ["mono", sys.argv[1]]
count = sys.argv[2] if len(sys.argv) > 2 else "600"
seed = sys.argv[3] if len(sys.argv) > 3 else "1"

def run(program, arguments, stdin=b""):
    return subprocess.run(program + arguments, input=stdin, stdout=subprocess.PIPE, check=True).stdout

def split(written):
    """The messages, and what is in each."""
    messages, fields = [], []
    while written:
        line, rest = written.split(b"\n", 1)
        length, said = line.split(b" ", 1)
        messages.append(rest[:int(length)])
        fields.append(said.decode())
        written = rest[int(length):]
    return messages, fields

# Mono does not read the language of a text in SOAP 1.1, nor, in packages of MTOM, white space before a text.
def as_mono_reads(fields, encoding):
    if fields.startswith("11/"):
        fields = re.sub(r"( reason=[^ ,]*),[^ ]*", r"\1", fields)
    return re.sub(r"(?<=[,=])(%20)+", "", fields) if encoding == "mtom" else fields

def compare(number, name, encoding, writer, reader):
    written = run(writer, ["write", encoding, seed, count])
    messages, fields = split(written)
    read = run(reader, ["read", encoding], written).decode().split("\n")[:-1]
    wrong = [i for i in range(len(fields))
             if i >= len(read) or as_mono_reads(fields[i], encoding) != as_mono_reads(read[i], encoding)]
    for i in wrong[:4]:
        print("# %s\n# written: %s\n# read:    %s" % (messages[i].decode(errors="replace"), fields[i], read[i] if i < len(read) else None))
    print("# %d messages, %d of them faults, %d with bytes" % (
        len(messages), sum(" code=" in field for field in fields), sum(" bytes=" in field for field in fields)))
    good = not wrong and len(read) == len(messages) == int(count)
    print("%sok %d - %s" % ("" if good else "not ", number, name))
    return good

print("1..6")
good = True
for number, encoding in enumerate(["text", "binary", "mtom"]):
    good &= compare(2 * number + 1, "Mono reads what we write in " + encoding, encoding, ours, mono)
    good &= compare(2 * number + 2, "we read what Mono writes in " + encoding, encoding, mono, ours)
sys.exit(not good)
END
