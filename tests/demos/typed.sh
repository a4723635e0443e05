#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The demos of serialization: what they print, and how they refuse what is not an order. Run by make check of a build for
# Windows, in the build directory, with srcdir in the environment.
set -u

number=0 failed=0
work=$(mktemp -d) || exit
trap 'rm -rf -- "$work"' EXIT

result() { # result STATUS NAME: one line of TAP
    number=$((number + 1))
    if [ "$1" = 0 ]; then echo "ok $number - $2"; return; fi
    echo "not ok $number - $2"
    head -5 "$work/said" | sed 's/^/# said: /'
    failed=1
}

# run DEMO ARGUMENTS: what it says goes to $work/said, a new file each time, as Wine may still have the last one open.
run() {
    rm -f "$work/said"
    "$srcdir/tools/wine-test" "demos/$1.exe" "${@:2}" 2>"$work/said" </dev/null | tr -d '\r'
    return "${PIPESTATUS[0]}"
}

run typed-list >"$work/printed"
status=$?
if [ $status = 77 ]; then
    echo "1..0 # SKIP no Wine that runs this"
    exit 0
fi
diff - "$work/printed" >"$work/said" <<'END'
<drawing xmlns="http://example.com/shapes"><shape a:type="Circle" name="sun" xmlns:a="http://www.w3.org/2001/XMLSchema-instance"><radius>1.5</radius></shape><shape a:type="Box" name="field" xmlns:a="http://www.w3.org/2001/XMLSchema-instance"><width>12</width><height>0.25</height></shape></drawing>
sun: a circle of radius 1.5
field: a box of 12 by 0.25
END
result $((status | $?)) "typed-list writes and reads shapes of two types"

run typed-order >"$work/printed"
status=$?
diff - "$work/printed" >"$work/said" <<'END'
read: order 17 of Ada, open, 2 lines for 13.80, by card
as text, 381 bytes:
<order number="17" state="confirmed" xmlns="http://example.com/orders"><customer>Ada</customer><placed>2026-11-27T09:30:00Z</placed><lines><line sku="P-1"><pieces>2</pieces><cents>45</cents></line><line sku="S-7"><pieces>1</pieces><cents>1290</cents></line><line sku="B-0"><pieces>1</pieces><cents>0</cents></line></lines><card>4000 0012</card><note>Together, please</note></order>
in binary, 250 bytes, which begin: 40 05 6f 72 64 65 72 04 06 6e 75 6d 62 65 72 88
and read from those: order 17 of Ada, confirmed, 3 lines for 13.80, by card
END
result $((status | $?)) "typed-order reads, changes and writes an order"

cat >"$work/order.xml" <<'END'
<?xml version="1.0"?>
<o:order xmlns:o="http://example.com/orders" state="open" number="18"> <!-- no lines -->
  <o:customer>Bob</o:customer> <o:placed>2026-11-27T10:00:00+01:00</o:placed>
  <o:lines/>
  <o:cash>100</o:cash>
</o:order>
END
run typed-order "$work/order.xml" >"$work/printed"
status=$?
grep -q '^read: order 18 of Bob, open, 0 lines for 0.00, in cash$' "$work/printed" &&
    grep -q '^<order number="18" .*<cash>100</cash></order>$' "$work/printed"
result $((status | $?)) "and one from a file"

# refuses NAME PATTERN SED: an order that is changed by sed is refused with a sentence.
refuses() {
    sed "$3" "$work/order.xml" >"$work/wrong.xml"
    run typed-order "$work/wrong.xml" >/dev/null
    status=$?
    [ $status = 1 ] && grep -Eq -- "$2" "$work/said"
    result $? "$1"
}
refuses "a state that there is not is refused" '"late"' 's/open/late/'
refuses "so is an order without a number" '"number"' 's/number="18"//'
refuses "an unknown element" '"o:gold".*choices' 's/o:cash/o:gold/g'
refuses "a line of no pieces" 'allows 1 to' \
    's|<o:lines/>|<o:lines><o:line sku="A"><o:pieces>0</o:pieces><o:cents>1</o:cents></o:line></o:lines>|'
refuses "an empty file" "typed-order: ." d

echo "1..$number"
exit $failed
