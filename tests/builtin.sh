#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The API's tests on the builtin DLL of Wine: prints each one that is not ok there, and what ours follows where they differ:
# documentation, observation of Windows, or our choice (see sources.awk); or documentation of what the
# builtin DLL has not got. That they differ is no failure; a difference for which no test names a source is.
#
# usage: builtin.sh TEST...   in the build directory of Windows programs, with srcdir in the environment
set -u

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
: >"$work/all"
for test; do
    "$srcdir/tools/wine-test" --builtin "$test.exe" >"$work/tap" 2>/dev/null
    LC_ALL=C awk -f "$srcdir/tests/sources.awk" -v tap=1 "$srcdir/$test.c" "$work/tap" >"$work/differences"
    IFS=$'\t' read -r _ planned ran differ < <(grep -a '^=' "$work/differences")
    echo "$test: ${differ:-0} of ${planned:-0} differ"
    if [ "${planned:-0}" -eq 0 ]; then
        echo "    it did not run"
        failed=1
    elif [ "$ran" -lt "$planned" ]; then
        echo "    it ended after $ran of them"
    fi
    grep -av '^=' "$work/differences" | while IFS=$'\t' read -r kinds name why; do
        printf '    %s [%s]\n        %s\n' "$name" "${kinds/\?/NO SOURCE}" "$why"
    done
    cat "$work/differences" >>"$work/all"
done
echo
LC_ALL=C awk -F'\t' '
    $1 == "=" { tests += $3; next }
    { differ++; kinds[$1 == "?" ? "NO SOURCE: name one in the comment above the test" : $1]++ }
    END {
        printf "%d of %d tests differ from the builtin DLL. What ours follows there:\n", differ, tests
        for (kind in kinds) printf "%6d  %s\n", kinds[kind], kind | "sort -rn"
        close("sort -rn")
        exit "?" in kinds
    }' "$work/all"
grep -aq $'^?\t' "$work/all" && failed=1
exit $failed
