#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# MTOM against Python's email package: what the writer writes is a MIME message whose parts and headers email finds, and
# what email generates, in each transfer encoding it has and with its way of folding headers, the reader reads.
set -u

python3 -c 'import email' 2>/dev/null || { echo "1..0 # SKIP no email in python3"; exit 0; }
work=$(mktemp) && trap 'rm -f "$work" "$work".*' EXIT

cat > "$work.py" <<'END'
import base64, email, email.policy, random, re, subprocess, sys
from email.encoders import encode_noop
from email.generator import BytesGenerator
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from io import BytesIO
from urllib.parse import quote, unquote
from xml.etree import ElementTree

random.seed(2387)
program = sys.argv[1]
INCLUDE = "{http://www.w3.org/2004/08/xop/include}Include"

def say(good, number, name):
    print(("ok" if good else "not ok") + " %d - %s" % (number, name))
    return good

# --- What the writer writes ---

def numbers(seed, sizes):
    for size in sizes:
        out = bytearray()
        for _ in range(size):
            seed = (seed * 1103515245 + 12345) & 0xffffffff
            out.append(seed >> 16 & 255)
        yield bytes(out)

cases = []
for seed in range(400):
    sizes = [random.choice([0, 1, 2, 3, 10, 77, 1000, random.randint(0, 6000)]) for _ in range(random.randint(0, 6))]
    cases.append((seed, random.choice([0, 0, 2, 100]), random.choice([1, 2, 3]), random.choice([1, 2]), sizes))
stdin = "".join("%d %d %d %d\n%s\n" % (*case[:4], " ".join(map(str, case[4]))) for case in cases)
written = subprocess.run([program], input=stdin.encode(), stdout=subprocess.PIPE, check=True).stdout

# email keeps the line ends of binary parts only if it is not told what lines are: what it gives is compared as is.
def parts_of(package):
    message = email.message_from_bytes(package, policy=email.policy.HTTP)
    return message, list(message.iter_parts())

def verify(case, package):
    seed, most, charset, header, sizes = case
    message, parts = parts_of(package)
    if message.defects or any(part.defects for part in parts):
        return "defects %r" % [message.defects] + [part.defects for part in parts]
    if message["MIME-Version"] != "1.0" or message.get_content_type() != "multipart/related":
        return "the header"
    if message.get_param("type") != "application/xop+xml" or message.get_param("start-info") != "text/xml":
        return "the parameters"
    if header == 2 and message.get_boundary() != "=_b? 1":
        return "the boundary"
    root = parts[0]
    if root["Content-ID"] != message.get_param("start") or root.get_content_type() != "application/xop+xml":
        return "the root part's header"
    names = {1: "utf-8", 2: "utf-16", 3: "utf-16be"}
    if root.get_param("type") != "text/xml" or root.get_param("charset").lower() != names[charset]:
        return "the root part's parameters"
    # What email says of 8-bit and binary parts goes through surrogates; the bytes are what lies between the boundaries.
    boundary = b"\r\n--" + message.get_boundary().encode()
    contents = [piece.split(b"\r\n\r\n", 1)[1] for piece in package.split(boundary)[1:-1]]
    if len(contents) != len(parts):
        return "the number of parts"
    for part, content in zip(parts[1:], contents[1:]):
        if part.get_content_type() != "application/octet-stream" or part["Content-Transfer-Encoding"] != "binary":
            return "a part's header"
    tree = ElementTree.fromstring(contents[0].decode(names[charset]).lstrip("\ufeff"))
    by_id = {part["Content-ID"]: content for part, content in zip(parts, contents)}
    used = 0
    for element, wanted in zip(tree, numbers(seed, sizes)):
        includes = list(element)
        if len(wanted) > most:
            if len(includes) != 1 or includes[0].tag != INCLUDE or element.text:
                return "an element without its xop:Include"
            got = by_id["<" + unquote(includes[0].get("href")[4:]) + ">"]
            used += 1
        else:
            got = base64.b64decode(element.text or "", validate=True)
        if got != wanted:
            return "bytes"
    return None if len(tree) == len(sizes) and used == len(parts) - 1 else "the number of elements"

bad = attachments = 0
for case in cases:
    length, written = written.split(b"\n", 1)
    package, written = written[:int(length)], written[int(length):]
    problem = verify(case, package)
    attachments += len(case[4])
    if problem:
        bad += 1
        if bad < 5:
            print("#", case, problem, package[:700])
print("# %d packages with %d values" % (len(cases), attachments))
print("1..3")
good = say(not bad and not written, 1, "email finds the parts and headers that the writer wrote")

# --- What the reader reads ---

def cte(part, encoding, content):
    if encoding == "base64":
        part.set_payload(base64.encodebytes(content).decode())
    elif encoding == "quoted-printable":
        import quopri
        part.set_payload(quopri.encodestring(content, quotetabs=random.random() < .5).decode())
    else:
        part.set_payload(content.decode("ascii", "surrogateescape"))
    part["Content-Transfer-Encoding"] = encoding

packages, wanted = [], []
for number in range(600):
    ids = ["part%d.%s@example.org" % (i, random.choice(["x", "%20", "a+b", "=", "long" * 10])) for i in range(random.randint(0, 5))]
    contents = []
    for _ in ids:
        if random.random() < .5:
            content = "".join(random.choice("abc =.\t_-?") for _ in range(random.randint(0, 300))).encode()
        else:
            content = bytes(random.randrange(256) for _ in range(random.randint(0, 300)))
            if random.random() < .5:
                content = content.replace(b"\r", b"").replace(b"\n", b"")
        contents.append(content)
    order = list(range(len(ids)))
    random.shuffle(order)
    xml = "<a>" + "".join("<b><x:Include xmlns:x='http://www.w3.org/2004/08/xop/include' href='cid:%s'/></b>" %
                          quote(ids[i], safe=random.choice(["", "@+="])) for i in order) + "</a>"
    start_info = random.choice(["text/xml", 'application/soap+xml; action="a b"'])
    message = MIMEMultipart("related", type="application/xop+xml", start="<root@example.org>")
    message.set_param("start-info", start_info)
    if random.random() < .5:
        message.preamble = "This is a multi-part message.\r\n--almost"
        message.epilogue = "The end."
    message["Subject"] = "a long subject " * 10
    root = MIMEBase("application", "xop+xml", charset="utf-8")
    root.set_param("type", start_info)
    root["Content-ID"] = "<root@example.org>"
    del root["MIME-Version"]
    cte(root, random.choice(["7bit", "8bit", "base64", "quoted-printable"]), xml.encode())
    parts = [root]
    for name, content in zip(ids, contents):
        part = MIMEBase("application", "octet-stream", name="f%s.bin" % len(name))
        part["Content-ID"] = "<%s>" % name
        del part["MIME-Version"]
        # Line ends that are not base64 would become those of the message.
        lines = b"\r" in content or b"\n" in content
        text = not lines and all(31 < c < 127 or c == 9 for c in content)
        cte(part, random.choice(["base64"] if lines else ["base64", "quoted-printable"] + ["7bit", "binary"] * text), content)
        parts.append(part)
    if random.random() < .4:
        random.shuffle(parts)
    for part in parts:
        message.attach(part)
    out = BytesIO()
    BytesGenerator(out, mangle_from_=False, policy=email.policy.SMTP if random.random() < .5 else
                   email.policy.compat32.clone(linesep="\r\n")).flatten(message)
    packages.append(out.getvalue())
    wanted.append("ok <a" + "".join(" <b" + (" B" + contents[i].hex() if contents[i] else "") + " >" for i in order) + " >")

stdin = b"".join(b"%d\n%s" % (len(package), package) for package in packages)
lines = subprocess.run([program, "read"], input=stdin, stdout=subprocess.PIPE, check=True).stdout.decode().split("\n")
bad = 0
for package, line, want in zip(packages, lines, wanted):
    if line != want:
        bad += 1
        if bad < 5:
            print("#", package, "\n# ours:  ", line, "\n# wanted:", want)
print("# %d packages of email" % len(packages))
good &= say(not bad and len(lines) == len(packages) + 1, 2, "the reader reads what email generates")

# --- Both refuse what is cut short ---

cut = [package[:random.randint(0, package.rfind(b"--", 0, -10))] for package in packages[:200]]
stdin = b"".join(b"%d\n%s" % (len(package), package) for package in cut)
lines = subprocess.run([program, "read"], input=stdin, stdout=subprocess.PIPE, check=True).stdout.decode().split("\n")
whole = sum(" bad " not in line for line in lines[:-1])
print("# %d of %d cut packages have all that is referred to" % (whole, len(cut)))
good &= say(whole < len(cut) / 2, 3, "a package that is cut short is refused")
sys.exit(not good)
END
PYTHONIOENCODING=utf-8 python3 "$work.py" tests/oracle/mtom-write
