#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Figures stand in docs/performance.md, and what the README has is made from them; what the benchmarks print gets there by
# one command. Run by make check, with srcdir in the environment.
set -u

if ! command -v python3 >/dev/null; then
    echo "1..0 # SKIP no python3"
    exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
number=0 failed=0
echo 1..8

# is TITLE COMMAND...: a test that is ok if the command succeeds.
is() {
    local title=$1
    shift
    number=$((number + 1))
    if "$@" >"$work/output" 2>&1; then
        echo "ok $number - $title"
    else
        sed 's/^/# /' "$work/output" | head -20
        echo "not ok $number - $title"
        failed=1
    fi
}
page_has() { grep -qF "$1" "$work/docs/performance.md"; }

is "the README's figures are made from docs/performance.md" "$srcdir/tools/figures" --check

# A copy, whose figures are those of the samples.
mkdir -p "$work/tools" "$work/docs"
cp "$srcdir/tools/figures" "$work/tools"
cp "$srcdir/docs/performance.md" "$work/docs"
cp "$srcdir/README.md" "$work"
chmod -R u+w "$work"
is "what the benchmarks print is taken over" "$work/tools/figures" --from "$srcdir/tests/shape/figures"
is "the README goes along" "$work/tools/figures" --check
is "the README has the samples' figures" diff - <(sed -n '/^<!-- figures: readme/,/^<!-- end/p' "$work/README.md") <<'END'
<!-- figures: readme -->
| | builtin DLL | native peers |
|:---|---:|---:|
| `WsAlloc` | 40 | 3.00 |
| 20 allocations and a reset | 200 | |
| order document, read | 20 | 4.00 |
| order document, written | 15 | 4.00 |
| long text, read | 10 | 3.00 |
| long text, written | 20 | 4.00 |
<!-- end of figures -->
END
is "figures of binary are for the bytes of the text" page_has '| written, call by call, with a static dictionary | 720 | 0.80 |'
is "of structures, too" page_has '| read, times gSOAP | 4.00 | 4.00 | 4.00 | 4.00 |'
is "nothing else is in the page" diff \
    <(sed '/^<!-- figures/,/^<!-- end/d' "$srcdir/docs/performance.md") \
    <(sed '/^<!-- figures/,/^<!-- end/d' "$work/docs/performance.md")
sed -i 's/| `WsAlloc` | 40 |/| `WsAlloc` | 41 |/' "$work/README.md"
refused() { ! "$work/tools/figures" --check; }
is "another figure in the README is found" refused
exit $failed
