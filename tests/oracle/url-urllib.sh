#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# WsCombineUrl against Python's urllib.parse.urljoin, over generated bases and references. What is left out is what
# urljoin does otherwise by its own account: empty segments (it drops them), empty queries and fragments (the same), dots
# after an authority in the reference (it leaves them), dots in the base (it leaves them under an empty reference).
set -u

command -v python3 >/dev/null || { echo "1..0 # SKIP no python3"; exit 0; }
pairs=$(mktemp) && trap 'rm -f "$pairs" "$pairs.ours"' EXIT

cat > "$pairs.py" <<'END'
import random, sys
from urllib.parse import urljoin

random.seed(20241)
words = ["a", "b", "c;x=1", "d.", "..e", ".f", "g%20h", "%2e", "i@j:k", "...", "~l", "m,n=(o)!"]

def segments(dots, most):
    choice = words + [".", "..", ".."] if dots else words
    return [random.choice(choice) for _ in range(random.randint(0, most))]

def tail():
    text = ""
    if random.random() < .3:
        text += "?" + random.choice(["q", "q=a/../b", "a?b", "x:y"])
    if random.random() < .3:
        text += "#" + random.choice(["f", "f/../g", "?"])
    return text

def pair():
    base = random.choice(["http", "https"]) + "://" + random.choice(["h", "h:81", "[::1]", "x.y"])
    base += "".join("/" + s for s in segments(False, 5)) + random.choice(["", "/"])
    base += random.choice(["", "?bq"])
    kind = random.random()
    if kind < .1:
        reference = "https://z" + "".join("/" + s for s in segments(False, 4))
    elif kind < .2:
        reference = "//z:1" + "".join("/" + s for s in segments(False, 4))
    elif kind < .4:
        reference = "/" + "/".join(segments(True, 6))
    else:
        reference = "/".join(segments(True, 6))
        if ":" in reference.split("/")[0]:
            reference = "./" + reference
    if reference and not reference.endswith("/") and random.random() < .2:
        reference += "/"
    return base, reference + tail()

if sys.argv[1] == "make":
    for _ in range(int(sys.argv[2])):
        print("\t".join(pair()))
else:
    bad = total = 0
    for line, ours in zip(open(sys.argv[2]), open(sys.argv[3])):
        base, reference = line.rstrip("\n").split("\t")
        total += 1
        theirs = urljoin(base, reference)
        if theirs != ours.rstrip("\n"):
            bad += 1
            if bad <= 10:
                print("# %s and %s: %s, not %s" % (base, reference, ours.rstrip("\n"), theirs))
    print("# %d pairs" % total)
    sys.exit(bad != 0 or total == 0)
END
trap 'rm -f "$pairs" "$pairs.ours" "$pairs.py"' EXIT

echo "1..1"
python3 "$pairs.py" make 20000 > "$pairs" && tests/oracle/url-combine < "$pairs" > "$pairs.ours" &&
    [ "$(wc -l < "$pairs")" = "$(wc -l < "$pairs.ours")" ] && python3 "$pairs.py" compare "$pairs" "$pairs.ours"
if [ $? = 0 ]; then echo "ok 1 - URLs are combined as urljoin does"; else echo "not ok 1 - URLs are combined as urljoin does"; exit 1; fi
