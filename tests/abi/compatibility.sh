#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# docs/compatibility.md and the README say which functions there are: they must say what the export table says.
set -u

echo 1..2
failed=0
if "$srcdir/tools/compatibility" | diff - "$srcdir/docs/compatibility.md" >&2; then
    echo "ok 1 - docs/compatibility.md is up to date"
else
    echo "not ok 1 - docs/compatibility.md is not up to date: run make compatibility"
    failed=1
fi
missing=$("$srcdir/tools/compatibility" --summary | grep -vxFf "$srcdir/README.md")
if [ -z "$missing" ]; then
    echo "ok 2 - the README's summary is up to date"
else
    printf '%s\n' "$missing" | sed 's/^/# not in the README: /'
    echo "not ok 2 - the README's summary is not that of tools/compatibility --summary"
    failed=1
fi
exit $failed
