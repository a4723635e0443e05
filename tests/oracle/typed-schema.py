# SPDX-License-Identifier: MIT
"""For typed-schema.sh. Arguments: typed-documents, a directory for files, how many descriptions, the first seed."""
import copy
import random
import re
import subprocess
import sys
from collections import Counter

from lxml import etree

from mutations import ALL_TEXTS, XSI, mutate, with_text

program, work, count, first = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
DOCUMENTS, MUTANTS, SHOWN = 3, 40, 10 # of each description; of each document; of kinds of failures
FIRST_SIMPLE = 1000000000             # from this seed on there are descriptions of simple types
XSD, SOAP = "{http://www.w3.org/2001/XMLSchema}", "{http://www.w3.org/2003/05/soap-envelope}"
parser = etree.XMLParser(no_network=True, huge_tree=True, resolve_entities=False)
random.seed(first)

# --- Where the API and XML Schema differ ---

DATATYPE = "SCHEMAV_CVC_DATATYPE_VALID_1_2_1"


def nil(node):
    return node.get(XSI + "nil", "").strip() in ("true", "1")


def has_only_space(node):
    return not "".join(node.itertext()).strip()


# Of an error about a value: the attribute, or None, and the value.
def about(error):
    value = re.search(": '([^']*)' is not a valid value|The QName value '(?:{.*?})?([^']*)' ", error.message)
    name = re.search("attribute '(.*?)'", error.message)
    return name and name.group(1), value and (value.group(1) or value.group(2) or "")


def has_value(pattern):
    return lambda judge, kind, node, error: re.fullmatch(pattern, about(error)[1] or "0", re.S)


def is_of(*kinds):
    return lambda judge, kind, node, error: kind in kinds


# Whether an error is gone when there is no white space around the values of its element, and around types.
def is_valid_trimmed(judge, kind, node, error):
    copied = copy.deepcopy(node.getroottree())
    trimmed = find(copied, error.path)
    for name, value in trimmed.items():
        trimmed.set(name, value.strip())
    for element in copied.iter():
        if element.get(XSI + "type"):
            element.set(XSI + "type", element.get(XSI + "type").strip())
    if not any(isinstance(child.tag, str) for child in trimmed):
        text = "".join(trimmed.itertext()).strip()
        for child in list(trimmed):
            trimmed.remove(child)
        trimmed.text = text
    judge.schema.validate(copied)
    return not any((e.path, e.type_name, about(e)[0]) == (error.path, error.type_name, about(error)[0])
                   for e in judge.schema.error_log)


# Invalid, and read: each error of the validator is of one of these.
#   name; why; type of the error; what its message has; a condition, where `kind` is what the schema has for the element
LENIENT = [
    ("nil", "an element that is nil is NULL: nothing of it is looked at, or written",
     ".*", "", lambda judge, kind, node, error: nil(node) and has_only_space(node)),
    ("nil=false", "says nothing, where XML Schema allows no xsi:nil at all",
     "SCHEMAV_CVC_ELT_3_1", "", lambda judge, kind, node, error: node.get(XSI + "nil").strip() in ("false", "0")),
    ("nil buffer", "an XML buffer can hold an element that is nil",
     "SCHEMAV_CVC_ELT_3_1", "", is_of("buffer")),
    ("xsi:type", "is looked at where there are derived types only",
     DATATYPE + "|SCHEMAV_CVC_ELT_4_.", "XMLSchema-instance}type", is_of("simple", "structure", "wrapper", "union",
                                                                         "buffer", "fault")),
    ("other attributes", "are looked at where there is a structure, which has fields for attributes",
     "SCHEMAV_CVC_COMPLEX_TYPE_3_2_1|SCHEMAV_CVC_TYPE_3_1_1", "is not allowed", is_of("simple", "wrapper", "union")),
    ("white space around", "is dropped; libxml2 does not drop it around numbers, dates and names",
     ".*", "", is_valid_trimmed),
    ("white space inside", "is nothing where there are elements, or nothing at all",
     "SCHEMAV_CVC_COMPLEX_TYPE_2_1", "content type is empty",
     lambda judge, kind, node, error: has_only_space(node)),
    ("local names", "of qualified names are not looked at: observed; nor are they when written",
     DATATYPE, "QName", lambda judge, kind, node, error: judge.is_written or
     has_value(r"\s*([^:]+:)?[^:].*\s*")(judge, kind, node, error)),
    ("-0", "is the zero of unsigned numbers, too; libxml2 knows none",
     DATATYPE, "unsigned", has_value(r"\s*-0+\s*")),
    ("+P", "is a duration: the page of WsReadValue",
     DATATYPE, "duration", has_value(r"\s*\+P.*")),
    ("no digits", "are zero, as a float or a double: observed",
     DATATYPE, "float|double", has_value(r"\s*[-+]?\.?\s*")),
    ("no namespace", "is another namespace than that of the field: the page of WS_FIELD_MAPPING",
     "SCHEMAV_CVC_COMPLEX_TYPE_3_2_2|SCHEMAV_ELEMENT_CONTENT", "",
     lambda judge, kind, node, error: "{" not in (about(error)[0] or node.tag)),
    ("units", "of UTF-16 and UTF-8 are counted, not characters",
     "SCHEMAV_CVC_MINLENGTH_VALID", "",
     lambda judge, kind, node, error: not "".join(list(node.itertext()) + node.values()).isascii()),
    ("zones", "are not needed to compare dates, which have ticks",
     "SCHEMAV_CVC_M.*CLUSIVE_VALID", r"'[^']*T[0-9:.]+\s*'", lambda *_: True),
]


def always(judge, tree):
    return True


def has_text_first(judge, tree):
    return any((node.text or "").strip() or any((child.tail or "").strip() for child in node)
               for node in tree.iter("*") if node.tag in judge.mixed)


# Whether there is a value of a type of the schema that does not match.
def has_other(base, pattern):
    def has_one(judge, tree):
        for node in tree.iter("*"):
            values = list(node.items()) + [(node.tag, "".join(node.itertext()))]
            if any(judge.bases.get(name) == base and not re.fullmatch(pattern, value, re.S) for name, value in values):
                return True
        return False
    return has_one


# Valid, and refused: name; why; what our sentence has; a condition
STRICT = [
    ("dates", "are as observed: with years of 4 digits, also in UTC; fractions of up to 7",
     r'"(-.*|[0-9]{5,}-.*|(0001-01-0|9999-12-3)1T.*:00|.*\.[0-9]{8,}.*)" is not a date and time', always),
    ("large spans", "have 64 bits, and the parts of durations 32",
     r'"[^"]*([0-9]{8,}\.|[0-9]{10,}[YMDHS])[^"]*" is outside the range of a (time span|duration)', always),
    ("durations", "have no order if one has months and another days", "The duration cannot be compared", always),
    ("units", "of UTF-16 and UTF-8 are counted, not characters", "The length of .* in (characters|bytes) is",
     has_other("string", "[\x00-\x7f]*")),
    ("large types", "do not fit where a smaller one has its place in a structure: our choice",
     'The element is of the type "[^"]*", whose size is [0-9]*, and where its value goes is room for', always),
    ("text first", "is content for no field: XML Schema has mixed content only as a whole",
     "was expected, and a text is there|has [0-9]+ items", has_text_first),
    ("exponents", "have digits: observed; libxml2 needs none", r'"[^"]*[eE][-+]?" is not a (double|float)', always),
    ("decimals", "have digits, too; libxml2 needs none", r'"[-+]" is not a decimal', always),
    ("seconds", "have digits on both sides of their point; libxml2 needs those of one",
     r'([0-9]\.|[MHT]\.[0-9]+)S" is not a duration', always),
    ("xsi:nil", "is a boolean; libxml2 takes anything",
     'in the attribute "xsi:nil" of the element "[^"]*": .* a boolean', always),
    ("base64", "has no other characters in it; libxml2 skips them", "The text is not base64",
     has_other("base64Binary", r"([A-Za-z0-9+/=]|\s)*")),
]

# --- Schemas ---

# As the schemas of SOAP have them, but that URIs are any text, and attributes can be anywhere: kinds, types of texts.
FAULT_KINDS = {"faultcode": "structure", "faultstring": "structure", "faultactor": "simple", "detail": "buffer",
               SOAP + "Code": "structure", SOAP + "Subcode": "structure", SOAP + "Value": "simple",
               SOAP + "Reason": "wrapper", SOAP + "Text": "structure", SOAP + "Node": "simple", SOAP + "Role": "simple",
               SOAP + "Detail": "buffer"}
FAULT_BASES = {"faultcode": "QName", "faultstring": "string", "faultactor": "string", SOAP + "Value": "QName",
               SOAP + "Text": "string", SOAP + "Node": "string", SOAP + "Role": "string"}
SCHEMA = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:s="%s" xmlns:u="u" targetNamespace="%s">'
XML, SOAP12 = "http://www.w3.org/XML/1998/namespace", SOAP.strip("{}")
ANY = '<xs:anyAttribute namespace="##any" processContents="skip"/>'
ANYTHING = """mixed="true"><xs:sequence>
    <xs:any namespace="##any" processContents="skip" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
    %s</xs:complexType>""" % ANY


def with_attributes(base):
    return """<xs:complexType><xs:simpleContent><xs:extension base="xs:%s">%s</xs:extension></xs:simpleContent>
        </xs:complexType>""" % (base, ANY)


SCHEMAS = {"xml.xsd": SCHEMA % (SOAP12, XML) + """
    <xs:attribute name="lang" type="xs:string"/><xs:attribute name="base" type="xs:string"/></xs:schema>""",
           "soap12.xsd": SCHEMA % (SOAP12, SOAP12) + """
    <xs:element name="Code" type="s:Code"/><xs:element name="Subcode" type="s:Code"/>
    <xs:element name="Value" type="xs:QName"/>
    <xs:complexType name="Code"><xs:sequence><xs:element ref="s:Value"/>
        <xs:element ref="s:Subcode" minOccurs="0"/></xs:sequence>%s</xs:complexType>
    <xs:element name="Reason"><xs:complexType><xs:sequence><xs:element ref="s:Text" maxOccurs="unbounded"/>
        </xs:sequence></xs:complexType></xs:element>
    <xs:element name="Text">%s</xs:element>
    <xs:element name="Node" type="xs:string"/><xs:element name="Role" type="xs:string"/>
    <xs:element name="Detail"><xs:complexType %s</xs:element></xs:schema>""" % (ANY, with_attributes("string"), ANYTHING),
           "constant.xsd": SCHEMA % (SOAP12, "u") + """
    <xs:import namespace="%s" schemaLocation="soap12.xsd"/>
    <xs:complexType name="anything" %s
    <xs:complexType name="fault11"><xs:sequence>
        <xs:element name="faultcode">%s</xs:element><xs:element name="faultstring">%s</xs:element>
        <xs:element name="faultactor" type="xs:string" minOccurs="0"/>
        <xs:element name="detail" type="u:anything" minOccurs="0"/>
        <xs:any namespace="##targetNamespace urn:any urn:other %s" processContents="skip" minOccurs="0"
            maxOccurs="unbounded"/></xs:sequence>%s</xs:complexType>
    <xs:complexType name="fault12"><xs:sequence><xs:element ref="s:Code"/><xs:element ref="s:Reason"/>
        <xs:element ref="s:Node" minOccurs="0"/><xs:element ref="s:Role" minOccurs="0"/>
        <xs:element ref="s:Detail" minOccurs="0"/></xs:sequence>%s</xs:complexType></xs:schema>""" % (
               SOAP12, ANYTHING, with_attributes("QName"), with_attributes("string"), SOAP12, ANY, ANY)}


# A limit, and what is beyond it.
def near(facet):
    value, kind = facet.get("value"), etree.QName(facet).localname
    if kind == "pattern":
        return []
    if kind in ("minLength", "maxLength"):
        return ["x" * max(0, int(value) + d) for d in (-1, 0, 1) if int(value) < 1000]
    if re.fullmatch("-?[0-9]+", value):
        return [str(int(value) + d) for d in (-1, 0, 1)]
    if value.endswith("Z"):
        return [value, value[:-1], value[:-1] + "+14:00", value[:-1] + "-00:01", value[:-2] + "9Z"]
    return [value, "P1M", "P1D"] if value.startswith("P") else [value, value + "1", "-"]


class Judge:
    """A schema, and what its elements and attributes are: their names are theirs alone."""
    def __init__(self, tree):
        self.schema = etree.XMLSchema(tree)
        self.is_written = False        # the document that is judged is one that we wrote
        self.kinds = dict(FAULT_KINDS) # of elements
        self.bases = dict(FAULT_BASES) # what is built in that their texts, and attributes, are of
        self.limits = {}               # texts near the limits of those
        self.mixed = set()             # elements with any content
        types = {"u:" + t.get("name"): t for t in tree if t.get("name")}
        # Those that descriptions name; others are "T" and a number.
        self.types = [name[2:] for name, t in types.items() if t.tag == XSD + "complexType" and name[2:].islower()]
        derived = [e.get("base") for e in tree.iterfind(".//%scomplexContent/%sextension" % (XSD, XSD))]
        for declared in tree.iter(XSD + "element", XSD + "attribute"):
            if not declared.get("name"):
                continue
            name = etree.QName("u" if declared.get("form") != "unqualified" else None, declared.get("name")).text
            of = declared.get("type")
            self.kinds.setdefault(name, self.kind_of(declared, types, derived))
            if of in types and types[of].get("mixed"):
                self.mixed.add(name)
            if of in types and types[of].find(XSD + "simpleContent") is not None:
                of = types[of].find(XSD + "simpleContent/" + XSD + "extension").get("base")
            if of and "." in of:
                self.bases[name] = of[2:].split(".")[0]
                self.limits[name] = [text for facet in types[of][0] for text in near(facet)]

    @staticmethod
    def kind_of(declared, types, derived):
        of = declared.get("type")
        if not of:
            return "union" if declared.find(XSD + "complexType/" + XSD + "choice") is not None else "wrapper"
        if of == "u:anything":
            return "buffer"
        if of.startswith("u:fault"):
            return "fault"
        if "." in of or of.startswith("xs:"):
            return "simple"
        return "base" if of in derived or types[of].get("abstract") else "structure"


# --- Comparison ---

used = Counter() # of the tables
failed = Counter()


# The element of an error, whose path has prefixes that only the document knows: "/*/p:a[2]/b"; an element in a
# namespace without a prefix is "*".
def find(tree, path):
    node = None
    for step in (path or "").split("/")[1:]:
        name, _, index = step.partition("[")
        prefix, _, local = name.rpartition(":")
        children = [tree.getroot()] if node is None else [c for c in node if isinstance(c.tag, str)]
        if name != "*":
            children = [c for c in children if etree.QName(c).localname == local and
                        (c.prefix == prefix if prefix else not etree.QName(c).namespace)]
        node = children[int(index.rstrip("]") or 1) - 1]
    return node


def excuse(judge, node, error):
    for name, why, kind, pattern, condition in LENIENT:
        if re.fullmatch(kind, error.type_name) and re.search(pattern, error.message) and \
                condition(judge, judge.kinds.get(node.tag), node, error):
            return name
    return None


# What is wrong with a reply to a document: a sentence, and the part of the document that it is about; or None. The
# reply "written" is to one that we wrote.
def compare(judge, text, reply, sentence=""):
    tree = etree.fromstring(text, parser).getroottree()
    valid = judge.schema.validate(tree)
    if reply != "refused":
        judge.is_written = reply == "written"
        for error in list(judge.schema.error_log):
            node = find(tree, error.path)
            name = excuse(judge, node, error)
            if not name:
                return "%s: %s (%s)" % (error.type_name, error.message, judge.kinds.get(node.tag)), node
            used[name] += 1
    elif valid:
        for name, why, pattern, condition in STRICT:
            if re.search(pattern, sentence) and condition(judge, tree):
                used[name] += 1
                return None
        return "valid, but " + sentence, tree.getroot()
    return None


# Prints the first one of its kind.
def fail(what, seed, how, problem, part=None):
    kind = what + ": " + re.sub("'.*?'|\".*?\"|[0-9]+|[(]\\{.*", "...", problem, flags=re.S)[:120]
    failed[kind] += 1
    if failed[kind] == 1 and len(failed) <= SHOWN:
        shown = etree.tostring(part, encoding="unicode", with_tail=False) if part is not None else ""
        print("# %s (%s, seed %d)" % (what, how, seed))
        print("#  ", problem[:400].replace("\n", "\\n"))
        print("#  ", shown[:400].replace("\n", "\\n"))


def run(arguments, stdin=b""):
    return subprocess.run([program] + arguments, input=stdin, stdout=subprocess.PIPE, check=True).stdout


# What the program writes: lines, and texts of the length that they end with.
def pieces(stream):
    at = 0
    while at < len(stream):
        end = stream.index(b"\n", at)
        words, at = stream[at:end].decode().split(" "), end + 1
        length = 0 if words[0] in ("refused", "unwritable") else int(words[-1])
        yield words, stream[at:at + length]
        at += length


# --- All of it ---

for name, text in SCHEMAS.items():
    with open(work + "/" + name, "w") as file:
        file.write(text)
written = run(["write", str(first), str(count), str(DOCUMENTS)])
for simple, most in (0, 21), (32, 1): # WS_BOOL_TYPE to WS_XML_QNAME_TYPE, WS_DURATION_TYPE
    written += run(["write", str(FIRST_SIMPLE + simple), str(most), "1"])
judges, cases, documents = {}, [], 0
for words, text in pieces(written):
    seed = int(words[1])
    if words[0] == "schema":
        try:
            judges[seed] = Judge(etree.fromstring(text, parser, base_url=work + "/"))
        except etree.XMLSchemaParseError as error:
            fail("a schema is not valid", seed, "", str(error))
        continue
    documents += 1
    if seed not in judges:
        continue
    problem = compare(judges[seed], text, "written")
    if problem:
        fail("what was written is not valid", seed, "", *problem)
    cases.append((seed, "as written", text))
    if seed < FIRST_SIMPLE:
        cases += [(seed,) + mutate(text, judges[seed])[::-1] for _ in range(MUTANTS)]
    else:
        cases += [(seed, "text", with_text(text, value)) for value in ALL_TEXTS]

replies = list(pieces(run(["read"], b"".join(b"%d %d\n%s" % (seed, len(text), text) for seed, _, text in cases))))
verdicts = Counter()
for (seed, how, text), (words, again) in zip(cases, replies):
    verdicts[words[0]] += 1
    if words[0] == "unwritable":
        fail("what was read cannot be written", seed, how, " ".join(words[1:]), etree.fromstring(text, parser))
        continue
    problem = compare(judges[seed], text, words[0], " ".join(words[1:]))
    if problem:
        fail("what was read is not valid" if words[0] == "read" else "what was refused is valid", seed, how, *problem)
    elif words[0] == "read":
        problem = compare(judges[seed], again, "written")
        if problem:
            fail("what was read, and then written, is not valid", seed, how, *problem)

print("# %d descriptions, %d documents; of %d changed ones %d read, %d refused" %
      (len(judges), documents, len(cases), verdicts["read"], verdicts["refused"]))
print("# by the tables:", ", ".join("%s %d" % item for item in sorted(used.items())))
for kind, number in failed.most_common():
    print("# %d times: %s" % (number, kind.replace("\n", "\\n")))
# A small number of descriptions does not bring forth all of them.
unused = [row[0] for row in LENIENT + STRICT if not used[row[0]] and count >= 5000]
enough = min(verdicts["read"], verdicts["refused"]) > len(cases) / 10
print("1..3")
print("%sok 1 - validator and reader agree" % ("not " if failed or len(replies) != len(cases) else ""))
print("%sok 2 - each difference that is listed was seen%s" % ("not " if unused else "", ": ".join([""] + unused)))
print("%sok 3 - there were enough of both" % ("" if enough else "not "))
sys.exit(bool(failed or unused or not enough or len(replies) != len(cases)))
