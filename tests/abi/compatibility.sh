#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# docs/compatibility.md and the README say which functions there are: they must say what the export table says.
set -u

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo 1..9
failed=0
if "$srcdir/tools/compatibility" | diff - "$srcdir/docs/compatibility.md" >&2; then
    echo "ok 1 - docs/compatibility.md is up to date"
else
    echo "not ok 1 - docs/compatibility.md is not up to date: run make compatibility"
    failed=1
fi
# Between the marks, to the letter.
if "$srcdir/tools/compatibility" --summary |
    diff - <(sed -n '/^<!-- summary/,/^<!-- end of summary/{/^<!-- /!p}' "$srcdir/README.md") >&2; then
    echo "ok 2 - the README's summary is up to date"
else
    echo "not ok 2 - the README's summary is not that of tools/compatibility --summary"
    failed=1
fi

# readme NUMBER TITLE SED-SCRIPT: a README with such marks must be refused, and left alone.
readme() {
    sed "$3" "$srcdir/README.md" >"$work/before"
    cp "$work/before" "$work/README"
    if ! "$srcdir/tools/compatibility" --readme "$work/README" 2>/dev/null && cmp "$work/before" "$work/README" >&2 &&
        [ ! -e "$work/README.new" ]; then
        echo "ok $1 - $2"
    else
        echo "not ok $1 - $2"
        failed=1
    fi
}
readme 3 "a README without the end mark is left alone" '/^<!-- end of summary/d'
readme 4 "a README without the first mark is left alone" '/^<!-- summary/d'
readme 5 "a README with a mark twice is left alone" '/^<!-- end of summary/{p;}'
readme 6 "a README with the marks in the wrong order is left alone" \
    '/^<!-- summary/{s/.*/<!-- END -->/;};/^<!-- end of/{s/.*/<!-- summary -->/;};s/<!-- END/<!-- end of summary/'

sed '/^<!-- summary/,/^<!-- end of/{/^<!-- /!d;}' "$srcdir/README.md" >"$work/README"
if "$srcdir/tools/compatibility" --readme "$work/README" && diff "$work/README" "$srcdir/README.md" >&2; then
    echo "ok 7 - an empty place in a README is filled"
else
    echo "not ok 7 - an empty place in a README is filled"
    failed=1
fi
{
    cat "$srcdir/dlls/webservices/webservices.def"
    echo '    WsNobody@4'
} >"$work/exports"
if ! "$srcdir/tools/compatibility" --summary "$srcdir/include/webservices.h" "$work/exports" >"$work/output" 2>&1 &&
    grep -q WsNobody "$work/output"; then
    echo "ok 8 - an export that the header does not declare is refused"
else
    echo "not ok 8 - an export that the header does not declare is refused"
    failed=1
fi
# A topic with one function that works, one that does in part, and one that is missing.
cat >"$work/header.h" <<'END'
/* ==== Some ====
 */
HRESULT WINAPI WsOne(void);
HRESULT WINAPI WsTwo(void);
HRESULT WINAPI WsThree(void);
END
printf 'EXPORTS\n    WsOne@0\n    WsTwo@0 ; in part: no more than that\n' >"$work/exports"
{
    "$srcdir/tools/compatibility" "$work/header.h" "$work/exports" | grep '^| Some'
    "$srcdir/tools/compatibility" --summary "$work/header.h" "$work/exports" | tail -n +3
} >"$work/output" 2>&1
if diff - "$work/output" >&2 <<'END'; then
| Some | `WsOne` | works |
| Some | `WsTwo` | in part: no more than that |
| Some | `WsThree` | not yet |
| Some | 1 | 1 | 3 |
| **all** | **1** | **1** | **3** |
END
    echo "ok 9 - what works in part is not counted as whole"
else
    echo "not ok 9 - what works in part is not counted as whole"
    failed=1
fi
exit $failed
