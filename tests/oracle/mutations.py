# SPDX-License-Identifier: MIT
"""Changes documents of a schema at random: for typed-schema.py, whose Judge says what the schema has."""
import copy
import random

from lxml import etree

XSI = "{http://www.w3.org/2001/XMLSchema-instance}"

# --- Texts that are values of a type, or nearly so ---

NUMBERS = """0 1 -1 +1 00 -0 007 127 128 -128 -129 255 256 32767 32768 -32768 -32769 65535 65536 2147483647 2147483648
    -2147483648 -2147483649 4294967295 4294967296 9223372036854775807 9223372036854775808 -9223372036854775808
    -9223372036854775809 18446744073709551615 18446744073709551616 99999999999999999999999 1.0 0x1f 1e5 1_0 - +
    """.split()
FLOATS = """0 -0 1 +1 1.5 .5 5. -.5 . - + -. 1e5 1E+5 1e-5 1E-400 1e400 -1e400 e5 3e 3e5. 1,5 INF -INF +INF NaN -NaN
    nan inf 0.1 3.4028235e38 3.5e38 1.7976931348623157e308 4.9e-324 16777217 1d 0x1p3""".split()
DECIMALS = ["- ", "5. "] + """0 -0 1 +1 1.50 .5 5. -.5 . - 1e5 00.100 123456789012345678 0.000000000000000000000001
    79228162514264337593543950336 99999999999999999999999999999999 1,5 INF""".split()
DATES = """2020-01-01T00:00:00Z 2020-02-29T12:00:00 2019-02-29T00:00:00Z 1900-02-29T00:00:00Z 2000-02-29T00:00:00Z
    0001-01-01T00:00:00+14:00 9999-12-31T23:59:59-14:00 2020-01-01T24:00:00Z 2020-01-01T24:00:01Z 2020-01-01
    2020-01-01T00:00:00.1234567Z 2020-01-01T00:00:00.12345678Z 2020-01-01T00:00:00+14:00 2020-01-01T00:00:00+14:01
    2020-01-01T00:00:00-13:60 12020-01-01T00:00:00Z -2020-01-01T00:00:00Z 0000-01-01T00:00:00Z 2020-01-01T00:00:00.Z
    2020-01-01T00:00:60Z 2020-1-01T00:00:00Z 20200101T000000Z 2020-13-01T00:00:00Z 2020-01-32T00:00:00Z 00:00:00
    2020-01-01T00:60:00Z 2020-01-01T25:00:00Z 2020-01-01T00:00Z 2020-01-01t00:00:00z 2020-01-01T00:00:00+1:00
    2020-01-01T00:00:00+01:00""".split()
DURATIONS = """P1Y P1M -P1D P PT PT1S PT1.5S P1Y2M3DT4H5M6.7S P1S P5000000000Y P1DT +P1Y PT1.S P13M PT60S P-1Y P1Y1D
    P1W PT1.5H P0D -PT0S PT0.00000001S 1Y P1M1Y PT1M1H P1YT""".split()
TOKENS = """1.00:00:00 00:00:00 23:59:59.9999999 24:00:00 -1.01:01:01 99999999.00:00:00 1:00:00 +1.00:00:00
    00:00:00.12345678 00112233-4455-6677-8899-aabbccddeeff 00112233-4455-6677-8899-AABBCCDDEEFF
    {00112233-4455-6677-8899-aabbccddeeff} 00112233445566778899aabbccddeeff a b""".split()
BYTES = ["", "AAAA", "AAA=", "AA==", "A===", "AAB=", "AB==", "A A A A", "A", "=", "AAAA=", "AAAA====", "AA=A", "-_-_",
         "\u20ac", " AAAA "]
NAMES = ["a", "b", "u:a", "a:a", "q:q", "a:b:c", ":a", "a:", ":", "1a", "a b", "", "a :b", "a: b", "\u00e9"]
STRINGS = ["", " ", "x", "xx", "xxxx", "yyyyyyyyyy", "\t\n", "some text", "\u20ac", "\u20ac\u20ac", "\U0001f600",
           "urn:uuid:1", "urn:uuid:00112233-4455-6677-8899-aabbccddeeff"]
# By the type of the schema; those that are not there are integers.
TEXTS = {"boolean": ["true", "false", "1", "0", "TRUE", "2", "", "01", "yes", "t"], "float": FLOATS, "double": FLOATS,
         "decimal": DECIMALS, "dateTime": DATES, "duration": DURATIONS, "token": TOKENS, "base64Binary": BYTES,
         "QName": NAMES, "string": STRINGS}
ALL_TEXTS = NUMBERS + sum(TEXTS.values(), [])


def random_text(judge, name):
    texts = TEXTS.get(judge.bases.get(name), NUMBERS)
    if random.random() < .2:
        texts = ALL_TEXTS
    elif random.random() < .3:
        texts = judge.limits.get(name) or texts
    text = random.choice(texts)
    return text if random.random() < .9 else random.choice([" %s", "%s\n", "\t%s "]) % text


def edit(text):
    at = random.randint(0, len(text))
    kind = random.random()
    if kind < .3:
        return text[:at] + text[at + 1:]
    if kind < .6:
        return text[:at] + random.choice("0123456789 .-+:TZPYMDeEAa=/x\n") + text[at:]
    if kind < .8:
        return random.choice([" ", "\n", "\t"]) + text + random.choice(["", " "])
    return random.choice([text + text, text[:len(text) // 2], text.upper(), text.lower()])


# --- Elements ---

def elements(root):
    return [e for e in root.iter() if isinstance(e.tag, str)]


def below(root):
    return elements(root)[1:]


def other_name(root):
    names = [etree.QName(e) for e in elements(root)]
    name = random.choice(names)
    space = random.choice([name.namespace, name.namespace, None, "u", "urn:any", "urn:other"])
    local = random.choice([name.localname, name.localname, "other"])
    return "{%s}%s" % (space, local) if space else local


def clear(element):
    element.text = None
    for child in list(element):
        element.remove(child)


def insert(root, new):
    place = random.choice(elements(root))
    place.insert(random.randint(0, len(place)), new)


# Text after an element is not of it, and stays.
def cut(element):
    before, parent = element.getprevious(), element.getparent()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    element.tail = None
    parent.remove(element)


def remove_element(root, judge):
    cut(random.choice(below(root)))


def double_element(root, judge):
    element = random.choice(below(root))
    element.addnext(copy.deepcopy(element))


def swap_elements(root, judge):
    element = random.choice([e for e in below(root) if e.getnext() is not None])
    element.getnext().addnext(element)


def move_element(root, judge):
    element = random.choice(below(root))
    cut(element)
    insert(root, element)


def rename_element(root, judge):
    random.choice(below(root)).tag = other_name(root)


def insert_element(root, judge):
    new = etree.Element(other_name(root))
    new.text = random.choice([None, None, "x", "1"])
    insert(root, new)


def insert_comment(root, judge):
    insert(root, etree.Comment("c"))


def empty_element(root, judge):
    clear(random.choice(elements(root)))


def change_text(root, judge):
    element = random.choice([e for e in elements(root) if not len(e)])
    element.text = random_text(judge, element.tag) if random.random() < .7 else edit(element.text or "")


def add_text(root, judge):
    element = random.choice(elements(root))
    text = random.choice(["x", " ", "\n", "1"])
    if random.random() < .5 and element is not root:
        element.tail = (element.tail or "") + text
    else:
        element.text = (element.text or "") + text


# --- Attributes ---

def attributes(root):
    return [(e, name) for e in elements(root) for name in e.keys()]


def remove_attribute(root, judge):
    element, name = random.choice(attributes(root))
    del element.attrib[name]


def add_attribute(root, judge):
    taken = [name for _, name in attributes(root)] + ["other"]
    name = random.choice([random.choice(taken), "other", "{u}other", "{urn:any}other", "{urn:other}other"])
    random.choice(elements(root)).set(name, random_text(judge, name))


def rename_attribute(root, judge):
    element, name = random.choice(attributes(root))
    value, local = element.attrib.pop(name), etree.QName(name).localname
    element.set(random.choice(["other", "{u}" + local, local]), value)


def change_attribute(root, judge):
    element, name = random.choice(attributes(root))
    element.set(name, random_text(judge, name) if random.random() < .7 else edit(element.get(name)))


def change_nil(root, judge):
    element = random.choice(elements(root))
    if random.random() < .5:
        clear(element)
    element.set(XSI + "nil", random.choice(["true", "1", "false", " true ", "yes"]))


# Of a type of the schema mostly, by a prefix that there is.
def change_type(root, judge):
    typed = [e for e in elements(root) if judge.kinds.get(e.tag) == "base"]
    element = random.choice(typed if typed and random.random() < .7 else elements(root))
    prefixes = [prefix + ":" if prefix else "" for prefix, ns in element.nsmap.items() if ns == "u"]
    name = random.choice(prefixes or ["u:"]) + random.choice(judge.types)
    element.set(XSI + "type", random.choice([name] * 8 + [" " + name, "none", ":" + name, "q:q"]))


MUTATIONS = [remove_element, remove_element, double_element, swap_elements, move_element, rename_element,
             insert_element, insert_comment, empty_element, change_text, change_text, change_text, change_text,
             add_text, remove_attribute, add_attribute, rename_attribute, change_attribute, change_attribute,
             change_nil, change_type]


def mutate(document, judge):
    """The document with one to three changes, and what they are called."""
    root = etree.fromstring(document)
    done = []
    for _ in range(random.choice([1, 1, 1, 2, 3])):
        mutation = random.choice(MUTATIONS)
        try:
            mutation(root, judge)
            done.append(mutation.__name__)
        except (IndexError, ValueError): # there is nothing to change, or it would not be XML
            pass
    return etree.tostring(root, encoding="utf-8"), "+".join(done)


def with_text(document, text):
    """The document with another text of its root."""
    root = etree.fromstring(document)
    root.text = text
    return etree.tostring(root, encoding="utf-8")
