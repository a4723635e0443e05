#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# The text reader against libxml2, as lxml has it: verdicts, and nodes, over the files of corpus/ and over generated
# documents in every charset, deep, with many attributes and namespaces, whole and damaged.
#
# corpus/valid and corpus/invalid are what both must take or refuse. corpus/refused are documents that XML allows and the
# API does not have; each file's name says why. corpus/accepted is the other way round.
set -u

# lxml may belong to the system's Python only, when another one comes first.
for python in python3 /usr/bin/python3 none; do
    "$python" -c 'import lxml.etree' 2>/dev/null && break
done
[ "$python" != none ] || { echo "1..0 # SKIP no python3-lxml"; exit 0; }
work=$(mktemp) && trap 'rm -f "$work" "$work".*' EXIT

cat > "$work.py" <<'END_OF_PROGRAM'
import glob, os, random, subprocess, sys
from lxml import etree

random.seed(1904)
count = int(os.environ.get("JUDGE_DOCUMENTS", "20000"))

# --- The oracles ---

def ours(documents):
    stream = b"".join(b"%d\n%s" % (len(document), document) for document in documents)
    lines = subprocess.run([sys.argv[1], "plain"], input=stream, stdout=subprocess.PIPE, check=True).stdout.decode()
    return [(None, line[line.index(" bad ") + 5:]) if " bad " in line else (bytes.fromhex(line[3:]), "")
            for line in lines.split("\n")[:len(documents)]]

# lxml counts it as an error that a namespace is no URI; neither XML nor expat does.
warnings = ("WAR_NS_URI", "WAR_NS_URI_RELATIVE", "WAR_UNKNOWN_VERSION")

class Refused(Exception):
    pass

def clark(name):
    return name[1:].replace("}", "|", 1) if name[0] == "{" else name

def theirs(document):
    """The nodes; None if it is not well-formed; Refused if it has what the API has not."""
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True, strip_cdata=True,
                             recover=True)
    try:
        root = etree.fromstring(document, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None or any(entry.type_name not in warnings for entry in parser.error_log):
        return None
    out = []
    def text(string):
        if string:
            out.append("T" + string)
    def walk(element):
        if element.tag is etree.Comment:
            out.append("C" + (element.text or ""))
            return
        if not isinstance(element.tag, str):
            raise Refused
        out.append("S" + clark(element.tag))
        for name, value in element.attrib.items():
            out.append("@" + clark(name) + "=" + value)
        text(element.text)
        for child in element:
            walk(child)
            text(child.tail)
        out.append("E")
    tree = root.getroottree()
    if tree.docinfo.doctype or tree.docinfo.xml_version != "1.0":
        raise Refused
    before, after = [], []
    sibling = root.getprevious()
    while sibling is not None:
        before.insert(0, sibling)
        sibling = sibling.getprevious()
    sibling = root.getnext()
    while sibling is not None:
        after.append(sibling)
        sibling = sibling.getnext()
    for node in before + [root] + after:
        walk(node)
    return "".join(node + "\n" for node in out).encode()

# --- The corpus ---

number = failed = 0
def result(good, what):
    global number, failed
    number += 1
    failed += not good
    print("%s %d - %s" % ("ok" if good else "not ok", number, what))

directory = os.path.join(os.environ.get("srcdir", "."), "tests/oracle/corpus")
for folder in ("valid", "invalid", "refused", "accepted"):
    paths = sorted(glob.glob(os.path.join(directory, folder, "*.xml")))
    documents = [open(path, "rb").read() for path in paths]
    bad = []
    for path, document, (nodes, sentence) in zip(paths, documents, ours(documents)):
        try:
            judged = theirs(document)
            allowed = judged is not None
        except Refused:
            judged, allowed = None, True
        agrees = {"valid": nodes is not None and nodes == judged, "invalid": nodes is None and not allowed,
                  "refused": nodes is None and allowed, "accepted": nodes is not None and not allowed}[folder]
        if not agrees:
            bad.append(path)
            print("# %s\n# libxml2: %s, %s\n# ours:    %s" % (path, allowed, judged, nodes if nodes else sentence))
    result(not bad and len(paths) > (20 if folder == "invalid" else 0), "%d files that are %s" % (len(paths), folder))

# --- Generated documents ---

words = ["", "a", "Pencil", " ", "\n", "\t x", "äöü", "€", "\U0001f600", "&amp;", "&lt;", "&gt;", "&#x20AC;", "&#10;", "]]", "\r\n",
         "\r", "x" * 40, "\u2028", "\ud7ff", "\ue000", "&quot;", "&apos;", "&#65;", "<![CDATA[<&]]>", "<![CDATA[]]>", "<!--c-->", "<!---->",
         "日本語" * 9]
names = ["a", "b", "item", "x-1", "_", "n.m", "ähm", "名前", "A" * 17, "\U00010000z"]

def attribute_value():
    quote = random.choice("'\"")
    value = "".join(word for word in random.choices(words, k=random.choice([0, 1, 1, 2, 5])) if "<" not in word)
    return quote + value + quote

def element(depth, prefixes, wide):
    declared, attributes = dict(prefixes), {}
    for _ in range(random.choice([0, 0, 0, 1, 2] + [40] * wide)):
        prefix = random.choice(["", "p", "q", "rr", "s%d" % random.randint(0, 60)])
        declared[prefix] = random.choice(["urn:a", "urn:b", "http://example.com/ns", "urn:%d" % random.randint(0, 99)])
        attributes["xmlns" + (":" + prefix if prefix else "")] = "'%s'" % declared[prefix]
    named = [prefix for prefix in declared if prefix]
    used = set()
    for _ in range(random.choice([0, 0, 1, 2, 3] + [100] * wide)):
        prefix = random.choice(named) if named and random.random() < .4 else ""
        local = random.choice(names) + (str(random.randint(0, 200)) if random.random() < .5 else "")
        key = (declared.get(prefix) if prefix else "", local)
        if key not in used or random.random() < .001:
            used.add(key)
            attributes[(prefix + ":" if prefix else "") + local] = attribute_value()
    if random.random() < .05:
        attributes["xml:lang"] = "'de'"
    prefix = random.choice(named) if named and random.random() < .4 else ""
    name = (prefix + ":" if prefix else "") + random.choice(names)
    pairs = list(attributes.items())
    random.shuffle(pairs)
    space = lambda: random.choice([" ", " ", "\n", "\t ", "\r\n"])
    tag = name + "".join(space() + key + random.choice(["=", "=", " = "]) + value for key, value in pairs)
    content = []
    if depth:
        for _ in range(random.choice([0, 1, 2, 3])):
            content.append(element(depth - 1, declared, wide))
            content.append(random.choice(words))
    else:
        content = random.choices(words, k=random.choice([0, 1, 3]))
    if not content and random.random() < .7:
        return "<" + tag + "/>"
    return "<" + tag + ">" + "".join(content) + "</" + name + random.choice(["", "", " "]) + ">"

def nested(depth):
    return "".join("<a%d>" % (i % 7) for i in range(depth)) + "x" + "".join("</a%d>" % (i % 7) for i in reversed(range(depth)))

# U+0000 is left out: after the root element libxml2 takes it for the end.
damages = ["<", ">", "&", "'", "\"", "/", "=", " ", "]]>", "--", ":", "p:", "\x0b", "\ufffe", "\uffff", "&#0;", "&#xd800;", "&x;",
           "xmlns:p=''", "<a>", "</a>", "<![CDATA[", "<!--", "-->", "&#x110000;", " a='1' a='2'", "<!", "x:y:z", "1"]

def damage(text):
    at = random.randint(0, len(text))
    kind = random.random()
    if kind < .3:
        return text[:at] + text[at + random.choice([1, 1, 2, 9]):]
    if kind < .4:
        return text[:at]
    return text[:at] + random.choice(damages) + text[at:]

def encode(text):
    encoding = random.choice(["utf-8", "utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"])
    name = {"utf-8": "utf-8", "utf-8-sig": "UTF-8"}.get(encoding, "UTF-16")
    declared = random.random() < .5
    if declared:
        text = random.choice(["<?xml version=\"1.0\" encoding=\"%s\"?>", "<?xml version='1.0' encoding='%s' standalone='yes' ?>\n"]) \
            % name + text
    if encoding.startswith("utf-16") and (not declared or random.random() < .5):
        text = "\ufeff" + text  # libxml2 needs one of the two
    bytes = text.encode(encoding, "surrogatepass")
    if random.random() < .03 and len(bytes) > 80:
        at = random.randint(70, len(bytes) - 1)
        bytes = bytes[:at] + random.choice([b"", b"\xff", b"\x80", b"\xd8", b"\xc0\x80", b"\xed\xa0\x80"]) + bytes[at + 1:]
    return bytes

documents = []
for i in range(count):
    kind = random.random()
    if kind < .02:
        text = nested(random.randint(10, 250))
    else:
        text = element(random.choice([0, 1, 2, 2, 3]), {}, kind < .05)
    if random.random() < .2:
        text = "<!-- before -->\n" + text + "\n<!-- after -->  "
    for _ in range(random.choice([0, 0, 1, 1, 2])):
        text = damage(text)
    documents.append(encode(text))

agreed = good = differences = other = 0
for document, (nodes, sentence) in zip(documents, ours(documents)):
    try:
        judged = theirs(document)
    except Refused:
        judged = None
        other += nodes is None
    if nodes == judged:
        agreed += 1
        good += nodes is not None
    else:
        differences += 1
        if differences <= 10:
            print("# %r\n# libxml2: %r\n# ours:    %r %s" % (document, judged, nodes, sentence))
print("# %d documents, %d agreed on, %d of them well-formed, %d with what the API has not" % (count, agreed, good, other))
result(not differences, "the verdicts and the nodes of generated documents are libxml2's")
result(good > count / 10 and agreed - good > count / 10, "there were enough of both")
print("1..%d" % number)
sys.exit(failed > 0)
END_OF_PROGRAM
PYTHONIOENCODING=utf-8 "$python" "$work.py" tests/oracle/reader-nodes
