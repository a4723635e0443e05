#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The XML demos as their users call them: what they print for documents good and bad, and in how much memory.
# Run by make check of a build for Windows, in the build directory, with srcdir in the environment.
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

# run DEMO ARGUMENTS: what it says goes to $work/said, which is a new file each time: what Wine started with an earlier
# demo may still have that one's open.
run() {
    rm -f "$work/said"
    "$srcdir/tools/wine-test" "demos/$1.exe" "${@:2}" 2>"$work/said"
}

# prints NAME EXPECTED COMMAND...: the command reads standard input, succeeds, says nothing and prints what is expected.
prints() {
    local name=$1 expected=$2 status
    shift 2
    "$@" >"$work/printed"
    status=$?
    printf '%s\n' "$expected" | cmp -s - "$work/printed" && [ $status = 0 ] && [ ! -s "$work/said" ]
    status=$?
    result $status "$name"
    if [ $status != 0 ]; then
        { printf '%s\n' "$expected" | diff - "$work/printed"; cat "$work/said"; } | head -20 | sed 's/^/# /'
    fi
}

# refuses NAME PATTERN COMMAND...: the command reads standard input, exits with 1 and says a sentence.
refuses() {
    local name=$1 pattern=$2 status
    shift 2
    "$@" >/dev/null
    status=$?
    [ $status = 1 ] && grep -Eq -- "$pattern" "$work/said"
    status=$?
    result $status "$name"
    if [ $status != 0 ]; then sed 's/^/# /' "$work/said"; fi
}

run xml-reader-loop >"$work/outline"
status=$?
if [ $status = 77 ]; then
    echo "1..0 # SKIP no Wine that runs this"
    exit 0
fi
grep -q '^  shop:item pieces=2' "$work/outline"
result $((status | $?)) "xml-reader-loop prints the outline of its document"

# --- xml-format ---

document='<?xml version="1.0"?>
<o:order xmlns:o="http://example.com/o" n="1"><!-- first -->
     <o:item pieces="2">Pencil &amp; paper</o:item><empty/><blank>  </blank>
<p><b>bold</b> and <i><u>Größe</u></i></p><q> <r/> </q><s xml:space="preserve"> <t/> </s>
</o:order>'
# Declarations come after the attributes: observed on Windows.
indented='<?xml version="1.0" encoding="utf-8"?>
<o:order n="1" xmlns:o="http://example.com/o">
  <!-- first -->
  <o:item pieces="2">Pencil &amp; paper</o:item>
  <empty/>
  <blank>  </blank>
  <p><b>bold</b> and <i><u>Größe</u></i></p>
  <q>
    <r/>
  </q>
  <s xml:space="preserve"> <t/> </s>
</o:order>'
prints "a document is indented, but for mixed content" "$indented" run xml-format <<<"$document"
prints "what is indented stays as it is" "$indented" run xml-format <<<"$indented"
prints "a compact document has one line" '<?xml version="1.0" encoding="utf-8"?><a><b> x </b><c/></a>' \
    run xml-format --compact <<<'<a> <b> x </b> <c/>
    </a>'
prints "CDATA sections stay, and are text" '<?xml version="1.0" encoding="utf-8"?>
<a><![CDATA[<x>]]> <b/></a>' run xml-format <<<'<a><![CDATA[<x>]]> <b/></a>'
for charset in UTF-16LE UTF-16BE; do
    { [ $charset = UTF-16LE ] && printf '\xff\xfe' || printf '\xfe\xff'; iconv -f UTF-8 -t $charset <<<"$document"; } \
        >"$work/utf16"
    prints "$charset is read" "$indented" run xml-format <"$work/utf16"
done

run xml-format --binary <<<"$document" >"$work/binary"
[ -s "$work/binary" ] && [ ! -s "$work/said" ] && [ "$(head -c 1 "$work/binary")" != '<' ] &&
    [ "$(wc -c <"$work/binary")" -lt ${#document} ]
result $? "the binary encoding is shorter"
prints "and reads as the same document" "$indented" run xml-format --from-binary <"$work/binary"
run xml-format --from-binary --binary <"$work/binary" >"$work/binary2"
cmp -s "$work/binary" "$work/binary2"
result $? "binary to binary is the same bytes"

refuses "an end tag of another name is refused, with its place" 'Line 2, column 5: .*"a".*"b"' \
    run xml-format <<<'<a>
 <b></a>'
refuses "so is an empty input" 'too few to detect' run xml-format </dev/null
refuses "a document that is cut off" 'Line 1, column .*(ends|not ended)' run xml-format < <(printf '<a><b>text')
refuses "text that is taken for binary" 'xml-format: .' run xml-format --from-binary <<<'<a/>'
refuses "a document type" 'Line 1, column 1: ' run xml-format <<<'<!DOCTYPE a><a/>'
run xml-format --unknown </dev/null
[ $? = 2 ] && grep -q '^Usage: ' "$work/said"
result $? "an option that there is not is answered with the usage"

run xml-format --help >"$work/help" </dev/null && [ ! -s "$work/said" ] &&
    grep -q '^  --compact ' "$work/help" && grep -q '^Refused are .*DOCTYPE' "$work/help"
result $? "--help has a line for each option, and says what is refused"
# 1.5 MB of a comment.
refuses "a comment that is too long is refused, with its line and the limit" 'can have 256 KB here, 1 MB at' \
    run xml-format < <(printf '<a>\n<!--'; head -c 1500000 /dev/zero | tr '\0' x; printf -- '--></a>\n')
grep -q 'Line 2, column ' "$work/said"
result $? "(its line)"

# --- xml-filter ---
run xml-filter --help >"$work/help" </dev/null && [ ! -s "$work/said" ] && grep -q '^  --only NAME .*' "$work/help" &&
    grep -q 'local name' "$work/help"
result $? "xml-filter has a --help, too"

orders='<orders xmlns="urn:o" xmlns:p="urn:p">
  <order n="1"><p:item>Pencil</p:item><p:price>2</p:price></order>
  <group><order n="2"><order n="3"/><p:item p:unit="kg">Paper</p:item></order></group>
</orders>'
prints "--only copies the elements of a name" '<?xml version="1.0" encoding="utf-8"?><orders xmlns="urn:o" xmlns:p="urn:p">
<order n="1"><p:item>Pencil</p:item><p:price>2</p:price></order>
<order n="2"><order n="3"/><p:item p:unit="kg">Paper</p:item></order>
</orders>' run xml-filter --only order <<<"$orders"
prints "--drop copies all others" '<?xml version="1.0" encoding="utf-8"?><orders xmlns="urn:o" xmlns:p="urn:p">
  <order n="1"><p:price>2</p:price></order>
  <group><order n="2"><order n="3"/></order></group>
</orders>' run xml-filter --drop item <<<"$orders"
prints "a namespace can be asked for, too" '<?xml version="1.0" encoding="utf-8"?><orders xmlns="urn:o" xmlns:p="urn:p"/>' \
    run xml-filter --only item --namespace urn:o <<<"$orders"
[ "$(run xml-filter --drop a <<<'<a/>')" = '<?xml version="1.0" encoding="utf-8"?><a/>' ] &&
    grep -q 'document element <a> is kept' "$work/said"
result $? "the document element is never dropped, and that is said"
prints "a declaration that was around is made anew" '<?xml version="1.0" encoding="utf-8"?><a>
<p:c xmlns:p="urn:p">x</p:c>
</a>' run xml-filter --only c <<<'<a><b xmlns:p="urn:p"><p:c>x</p:c></b></a>'
refuses "an error is told" 'Line 1, column 4: ' run xml-filter --only b <<<'<a>&b;</a>'

# --- Memory ---

# The demos print the peak of their memory, which has the whole of Wine in it: what a longer document adds counts.
generate() { # generate BYTES: a document of orders
    awk -v target="$1" 'BEGIN {
        print "<orders xmlns=\"urn:o\" xmlns:p=\"urn:p\">"
        for (size = 0; size < target; i++) {
            order = sprintf("  <order number=\"%d\">\n    <p:item pieces=\"%d\">Pencil &amp; paper</p:item>\n" \
                "    <note>To <b>be</b> delivered before the %d of May</note>\n  </order>\n", i, i % 50, i % 31)
            size += length(order)
            printf "%s", order
        }
        print "</orders>"
    }'
}

peak() { # peak COMMAND...: in KB
    "$@" --statistics >"$work/out"
    sed -n 's/^peak memory: \([0-9]*\) KB.*/\1/p' "$work/said"
}

generate 1000000 >"$work/small"
generate 50000000 >"$work/large"
for command in 'xml-format' 'xml-format --binary' 'xml-filter --only note'; do
    # shellcheck disable=SC2086 # words
    small=$(peak run $command <"$work/small") large=$(peak run $command <"$work/large")
    [ -n "$small" ] && [ -n "$large" ] && [ "$large" -gt 0 ] && [ $((large - small)) -lt 4096 ] &&
        [ "$(wc -c <"$work/out")" -gt 10000000 ]
    result $? "$command takes 50 MB in as much memory as 1 MB (${small:-?} KB, ${large:-?} KB)"
done

echo "1..$number"
exit $failed
