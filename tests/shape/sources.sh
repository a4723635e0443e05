#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Every test of the API says where its rule comes from, and make check-builtin can tell. Run by make check, with srcdir in
# the environment.
set -u

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sources() { awk -f "$srcdir/tests/sources.awk" "$@"; }
failed=0
echo 1..3

without=$(sources "$srcdir"/tests/api/*.c | grep $'\t?$')
if [ -z "$without" ]; then
    echo "ok 1 - every test of the API has a source"
else
    sed "s|^$srcdir/|# |" <<<"$without"
    echo "# Each of these needs its source in the comment above it, or its file a line \"Source: ...\": see tests/sources.awk."
    echo "not ok 1 - every test of the API has a source"
    failed=1
fi

cat >"$work/test.c" <<'END'
/* SPDX-License-Identifier: MIT */
/*
 * Some tests.
 *
 * Source: the page of WsSome.
 */
#include "support/test.h"

TEST(as_the_file)
{
}

/* Observed on Windows, in two
 * lines. */
TEST(seen)
{
}

/* Our choice. */
static int helper;

/* Nothing but what it does. */
TEST(explained)
{
}

/* Our choice, of which nothing is documented. */
TEST(both)
{
}

TEST(sentence)
{
}
END
printf '%s\t%s\n' as_the_file documentation seen observation explained documentation both 'choice, documentation' \
    sentence documentation >"$work/wanted"
if sources "$work/test.c" | cut -f 2- | diff "$work/wanted" - >&2; then
    echo "ok 2 - the comment of a test, or else of its file, names the source"
else
    echo "not ok 2 - the comment of a test, or else of its file, names the source"
    failed=1
fi

printf '1..6\r\nok 1 - as_the_file\r\n# a.c:1: x\r\nnot ok 2 - seen\r\n# a.c:2: says(error, "x")\nnot ok 3 - sentence\n%s\n' \
    'not ok 4 - unknown' >"$work/tap"
printf '# crashed: exception 0x80000100 at 0\nnot ok 5 - both\n# a.c:3: f(): 0x80004001, not 0x00000000\nnot ok 6 - both\n' \
    >>"$work/tap"
printf '%s\t%s\t%s\n' observation seen 'a.c:1: x' choice sentence 'a.c:2: says(error, "x")' '?' unknown '' >"$work/wanted"
printf '%s\t%s\t%s\n' "documentation, missing there" both 'a function that it calls is not there' "documentation, missing there" both \
    'a.c:3: f(): 0x80004001, not 0x00000000' >>"$work/wanted"
printf '=\t6\t6\t5\n' >>"$work/wanted"
if sources -v tap=1 "$work/test.c" "$work/tap" | tr -d '\r' | diff "$work/wanted" - >&2; then
    echo "ok 3 - each result that is not ok gets the source of its test"
else
    echo "not ok 3 - each result that is not ok gets the source of its test"
    failed=1
fi
exit $failed
