#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Messages against the schemas of SOAP and WS-Addressing, as libxml2 validates them (Python's lxml): what we write at
# random, of every version, with all that headers, addresses and faults can have, is valid. The schemas are ours, in
# tests/oracle/schemas; that they refuse what they should is tried, too.
#
# Usage: message-schema.sh [MESSAGES [SEED]]
set -u

# The package is for the system's python3, which need not be the first one there is.
for python in python3 /usr/bin/python3 ''; do
    "$python" -c 'import lxml.etree' 2>/dev/null && break
done
[[ $python ]] || { echo "1..0 # SKIP no lxml in python3"; exit 0; }

"$python" - "${srcdir:-.}/tests/oracle/schemas/messages.xsd" "${1:-600}" "${2:-1}" <<'END'
import subprocess, sys
from lxml import etree

schema = etree.XMLSchema(etree.parse(sys.argv[1]))
count, seed = int(sys.argv[2]), sys.argv[3]

def error_of(text):
    """What is wrong with a message; None: it is valid."""
    document = etree.fromstring(text)
    return None if schema.validate(document) else schema.error_log.last_error.message

def split(written):
    while written:
        line, rest = written.split(b"\n", 1)
        length = int(line.split(b" ", 1)[0])
        yield rest[:length]
        written = rest[length:]

def result(number, good, name):
    print("%sok %d - %s" % ("" if good else "not ", number, name))
    return good

# Changes after which a message is not valid any more, if it has what is changed.
CHANGES = [(b"s:Body", b"s:Boby"), (b"</s:Body>", b"</s:Body><s:Body/>"), (b"a:Address>", b"a:Adress>"),
           (b"</a:Address>", b"</a:Address><a:Address>x</a:Address>"), (b"</a:Action>", b"<x/></a:Action>"),
           (b"mustUnderstand=\"1\"", b"mustUnderstand=\"2\""), (b"qname=\"", b"qname=\"no:"),
           (b"IsReferenceParameter=\"true\"", b"IsReferenceParameter=\"yes\""),
           (b"<faultstring", b"<other/><faultstring"), (b"<s:Value>s:", b"<s:Value>s:No"),
           (b"<s:Text xml:lang=\"en\"", b"<s:Text"), (b"s:SupportedEnvelope", b"s:SupportedEnvelop")]

print("1..2")
peer = subprocess.run(["tests/oracle/message-peer", "more", "text", seed, str(count)], stdout=subprocess.PIPE, check=True)
messages = list(split(peer.stdout))
wrong = [(text, error_of(text)) for text in messages if error_of(text)]
for text, error in wrong[:4]:
    print("# %s\n# %s" % (text.decode(), error))
kinds = [b"NotUnderstood", b"Upgrade", b"<s:Node>", b"<faultactor>", b"Identity", b"urn:e", b"ReferenceParameters",
         b"Subcode"]
missing = [kind.decode() for kind in kinds if not any(kind in text for text in messages)]
if missing:
    print("# no message has " + ", ".join(missing))
good = result(1, not wrong and not missing and len(messages) == count, "what we write is valid")

refused = set()
accepted = []
for text in messages:
    for change in CHANGES:
        changed = text.replace(*change)
        if changed == text:
            continue
        if error_of(changed):
            refused.add(change)
        else:
            accepted.append(changed)
for text in accepted[:4]:
    print("# %s\n# is valid" % text.decode())
good &= result(2, not accepted and len(refused) == len(CHANGES), "what is not is refused")
sys.exit(not good)
END
