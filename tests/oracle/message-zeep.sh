#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Messages against zeep, a SOAP client in Python: we read the requests that it makes, with its headers of WS-Addressing,
# and it reads what we write as replies: bodies and faults, whatever headers there are.
#
# Usage: message-zeep.sh [MESSAGES [SEED]]
set -u

# A Python of another place than the system's may not see its packages.
python=
for candidate in python3 /usr/bin/python3; do
    "$candidate" -c 'import zeep' 2>/dev/null && python=$candidate && break
done
[ -n "$python" ] || { echo "1..0 # SKIP no zeep (python3-zeep)"; exit 0; }
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT

cat >"$work/service.wsdl" <<'END'
<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:t="urn:b" targetNamespace="urn:b"
    xmlns:s11="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:s12="http://schemas.xmlsoap.org/wsdl/soap12/">
  <types><schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:b"><element name="b"><complexType>
    <simpleContent><extension base="string"><attribute name="a" type="string"/></extension></simpleContent>
  </complexType></element></schema></types>
  <message name="m"><part name="p" element="t:b"/></message>
  <portType name="type"><operation name="get"><input message="t:m"/><output message="t:m"/></operation></portType>
  <binding name="b11" type="t:type">
    <s11:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="get"><s11:operation soapAction="urn:action"/>
      <input><s11:body use="literal"/></input><output><s11:body use="literal"/></output></operation>
  </binding>
  <binding name="b12" type="t:type">
    <s12:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="get"><s12:operation soapAction="urn:action"/>
      <input><s12:body use="literal"/></input><output><s12:body use="literal"/></output></operation>
  </binding>
  <service name="s">
    <port name="p11" binding="t:b11"><s11:address location="http://host/11"/></port>
    <port name="p12" binding="t:b12"><s12:address location="http://host/12"/></port>
  </service>
</definitions>
END

PYTHONDONTWRITEBYTECODE=1 "$python" - "$work/service.wsdl" "$@" <<'END'
import random, subprocess, sys
from lxml import etree
import zeep, zeep.wsa

ours = "tests/oracle/message-peer"
count = int(sys.argv[2]) if len(sys.argv) > 2 else 300
seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
random.seed(seed)
client = zeep.Client(sys.argv[1], plugins=[zeep.wsa.WsAddressingPlugin()])
services = {"11": client.bind("s", "p11"), "12": client.bind("s", "p12")}

def run(arguments, stdin=b""):
    return subprocess.run([ours] + arguments, input=stdin, stdout=subprocess.PIPE, check=True).stdout

PLAIN = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/:.-#_"
def escape(text):
    return "".join(chr(b) if b in PLAIN else "%%%02x" % b for b in (text or "").encode())

def say(number, wrong, total, name):
    for line in wrong[:4]:
        print("# " + line)
    print("# %d messages" % total)
    print("%sok %d - %s" % ("not " if wrong else "", number, name))
    return not wrong

# --- Its requests ---

TEXTS = ["a", "some text", "<&>\"'", "\u00e9\u4e2d", "x]]>y", " between spaces ", "1"]
WSA = "{http://www.w3.org/2005/08/addressing}"
sent, expected = b"", []
for number in range(count):
    version = random.choice(["11", "12"])
    text, headers, fields = random.choice(TEXTS), [], ""
    for i in range(random.randint(0, 3)):
        header = etree.Element("{urn:h%d}h%d" % (i, i))
        header.text = random.choice(TEXTS)
        headers.append(header)
        fields += " header={urn:h%d}h%d,0,%s" % (i, i, escape(header.text))
    envelope = client.create_message(services[version], "get", _value_1=text, _soapheaders=headers)
    to, message_id = [envelope.find(".//" + WSA + name).text for name in ("To", "MessageID")]
    written = etree.tostring(envelope, xml_declaration=True, encoding=random.choice(["utf-8", "utf-16"]),
                             pretty_print=random.random() < .5)
    sent += b"%d %s/10\n" % (len(written), version.encode()) + written
    expected.append("%s/10 action=urn:action to=%s id=%s%s body={urn:b}b,%s" %
                    (version, escape(to), escape(message_id), fields, escape(text)))
read = run(["read", "text"], sent).decode().split("\n")[:-1]
print("1..2")
good = say(1, ["written: %s\n# read:    %s" % pair for pair in zip(expected, read) if pair[0] != pair[1]] +
           ["%d of %d" % (len(read), count)] * (len(read) != count), count, "we read the requests that zeep makes")

# --- Our replies ---

class Response:
    status_code = 200
    encoding = "utf-8"
    def __init__(self, content, version):
        self.content = content
        self.headers = {"Content-Type": "text/xml" if version == "11" else "application/soap+xml"}

def explain(content, version):
    """What zeep makes of a reply, as the end of the fields."""
    binding = services[version]._binding
    try:
        reply = binding.process_reply(client, binding.get("get"), Response(content, version))
        return " body={urn:b}b,%s" % escape(reply._value_1)
    except zeep.exceptions.Fault as fault:
        fields = " code=%s" % fault.code.split(":")[-1]
        fields += "".join(" code={%s}%s" % (name.namespace, name.localname) for name in fault.subcodes or [])
        fields += " reason=" + escape(fault.message)
        if fault.detail is not None:
            name = etree.QName(fault.detail[0])
            fields += " detail={%s}%s,%s" % (name.namespace, name.localname, escape(fault.detail[0].text))
        return fields

def shorten(fields):
    """The same of our fields: the first code without its namespace, the first text without its language."""
    kept, seen = "", set()
    for part in fields.split(" "):
        name = part.split("=")[0]
        if name == "code" and name not in seen:
            part = "code=" + part.split("}")[1]
        elif name == "reason" and name not in seen:
            part = part.rsplit(",", 1)[0]
        elif name not in ("body", "code", "detail"):
            continue
        seen.add(name)
        kept += " " + part
    return kept

written, wrong, total = run(["write", "text", str(seed), str(count)]), [], 0
while written:
    line, written = written.split(b"\n", 1)
    length, fields = line.decode().split(" ", 1)
    content, written = written[:int(length)], written[int(length):]
    total += 1
    found = explain(content, fields[:2])
    if found != shorten(fields):
        wrong.append("%s\n# written:%s\n# read:   %s" % (content.decode(), shorten(fields), found))
good &= say(2, wrong, total, "zeep reads what we write")
sys.exit(not good)
END
