#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# The canonical forms against those of libxml2, as Python's lxml has it: over some thousands of documents made at random,
# with namespaces, attributes, comments, CDATA sections and references, by each algorithm, of whole documents and of
# elements in them, with inclusive prefixes. The reader's form of the text, of an XML buffer, and the writer's must all
# be lxml's.
#
# lxml canonicalizes an element without the namespaces around it, which matter for inclusive prefixes. So it is asked for
# the form of a document that it makes of the element, with all of those declared.
set -u

# The package is for the system's python3, which need not be the first one there is.
for python in python3 /usr/bin/python3 ''; do
    "$python" -c 'import lxml.etree' 2>/dev/null && break
done
[[ $python ]] || { echo "1..0 # SKIP no lxml in python3"; exit 0; }
work=$(mktemp) && trap 'rm -f "$work" "$work".*' EXIT

cat > "$work.py" <<'END_OF_SCRIPT'
import random, subprocess, sys
from lxml import etree

random.seed(4711)
names = ["a", "b", "c", "d1", "e-f", "\u00e4", "z.z"]
prefixes = ["p", "q", "r", "ab"]
namespaces = ["urn:1", "urn:2", "urn:a", "http://a.example/?b='c'", "http://a.example/"] # no &: libxml2 loses it
texts = ["x", "some text", "  ", "\n\t", "&lt;", "&amp;", ">", "&#13;", "\r\n", "&#x1F600;", "\u20ac", "\"'", "]] ", "0",
         "a longer run of text that goes on for more than a block of bytes or two, and some"]
values = ["", "v", "&lt;&amp;>", "\"", "&quot;", "&#9;&#10;&#13;", "\t\n", "&#x20ac;", " x ", "value of an attribute"]

def value():
    return "".join(random.choice(values) for _ in range(random.randint(0, 3)))

def quote(text):
    return "'" + text.replace("'", "&apos;") + "'" if random.random() < .5 else '"' + text.replace('"', "&quot;") + '"'

def element(depth, scope):
    scope, attributes = dict(scope), []
    for _ in range(random.choice([0, 0, 0, 1, 1, 2, 3])):
        prefix = random.choice(prefixes + [""])
        if any(a[0] == ("xmlns:" + prefix if prefix else "xmlns") for a in attributes):
            continue
        ns = random.choice(namespaces + ([""] if not prefix else []))
        scope[prefix] = ns
        attributes.append(("xmlns:" + prefix if prefix else "xmlns", ns))
    used = set()
    bound = [p for p in scope if p]
    for _ in range(random.choice([0, 0, 1, 2, 3, 12])):
        prefix, name = random.choice(bound + [""] * 4), random.choice(names) + random.choice(["", "1", "2", "A", "_"])
        if (scope[prefix] if prefix else "", name) not in used:
            used.add((scope[prefix] if prefix else "", name))
            attributes.append((prefix + ":" + name if prefix else name, value()))
    if random.random() < .1:
        attributes.append(("xml:lang", "de"))
    random.shuffle(attributes)
    name = random.choice(bound + [""] * 2)
    name = (name + ":" if name else "") + random.choice(names)
    out = "<" + name + "".join(" " + a + random.choice(["=", " = "]) + quote(v) for a, v in attributes)
    children = [] if depth > 6 else [content(depth, scope) for _ in range(random.choice([0, 1, 2, 3, 5]))]
    return out + "/>" if not children and random.random() < .7 else out + ">" + "".join(children) + "</" + name + " >"

def content(depth, scope):
    kind = random.random()
    if kind < .45:
        return element(depth + 1, scope)
    if kind < .85:
        return "".join(random.choice(texts) for _ in range(random.randint(1, 3)))
    if kind < .93:
        return "<![CDATA[" + random.choice(["", "x<&>]]", "\r\n&#13;", "\u20ac"]) + "]]>"
    return comment()

def comment():
    return "<!--" + random.choice(["", "c", " <&> ", "\r\n", "&#13;"]) + "-->"

def document():
    outside = lambda: "".join(random.choice([" ", "\n", comment()]) for _ in range(random.choice([0, 0, 1, 3])))
    return (random.choice(["", "<?xml version='1.0'?>"]) + outside() + element(0, {}) + outside()).encode()

parser = etree.XMLParser(no_network=True, huge_tree=True, strip_cdata=False)
# lxml leaves out prefixes that it has never seen as a name, and "#default" cannot be one, but for a namespace.
etree.fromstring("<a xmlns:b='#default'/>", parser)
requests = []
for _ in range(8000):
    text = document()
    tree = etree.ElementTree(etree.fromstring(text, parser))
    algorithm = random.choice([0, 0, 1, 1, 2, 3])
    listed = random.sample(prefixes + [""], random.randint(1, 3)) if random.random() < .4 else []
    elements = [e for e in tree.getroot().iter() if isinstance(e.tag, str)]
    number = random.randint(1, len(elements)) if algorithm < 2 and random.random() < .6 else 0
    if number:
        alone = etree.tostring(elements[number - 1], with_tail=False, encoding="utf-8")
        tree = etree.ElementTree(etree.fromstring(alone, parser))
    options = {"inclusive_ns_prefixes": [p or "#default" for p in listed]} if listed and algorithm < 2 else {}
    form = etree.tostring(tree, method="c14n", exclusive=algorithm < 2, with_comments=algorithm % 2 == 1, **options)
    requests.append((text, algorithm, number, listed, form))

stream = b"".join(b"%d %d %d %s\n%s" % (len(text), algorithm, number,
                                        ",".join(p or "#default" for p in listed).encode() or b"-", text)
                  for text, algorithm, number, listed, _ in requests)
lines = subprocess.run([sys.argv[1]], input=stream, stdout=subprocess.PIPE, check=True).stdout.decode().split("\n")
differences = agreed = parts = size = 0
for (text, algorithm, number, listed, form), line in zip(requests, lines):
    ours = [None if "bad" in field else bytes.fromhex(field) for field in line.split(" ")]
    if ours == [form] * 3:
        agreed += 1
        parts += number > 0
        size += len(form)
        continue
    differences += 1
    if differences <= 5 and len(text) < 1000:
        print("#", text, "\n# algorithm %d, element %d, prefixes %s" % (algorithm, number, listed), "\n# lxml:", form)
        for what, field in zip(("reader:", "buffer:", "writer:"), ours):
            print("#", what, field if field != form else "the same")
print("# %d documents, %d agreed on, %d of them in part, %d bytes of canonical form" %
      (len(requests), agreed, parts, size))
print("1..2")
print("ok 1 - the canonical forms are lxml's" if not differences else "not ok 1 - %d differences" % differences)
print("ok 2 - there were enough" if parts > 1000 and agreed - parts > 1000 else "not ok 2 - too few")
sys.exit(differences > 0)
END_OF_SCRIPT
PYTHONIOENCODING=utf-8 "$python" "$work.py" tests/oracle/canonical-forms
