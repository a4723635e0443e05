#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The C code is as .clang-format says. Run by make check, with srcdir in the environment.
set -u

# What clang-format makes of a file depends on its version.
version=14

cd "${srcdir:?}" || exit
format=clang-format-$version
command -v "$format" >/dev/null || format=clang-format
if ! "$format" --version 2>/dev/null | grep -q "version $version\."; then
    echo "1..0 # SKIP clang-format $version is not installed"
    exit 0
fi

echo 1..1
# What wsutil's output looks like is not ours to lay out.
mapfile -d '' files < <(find dlls include tests demos -path tests/abi/generated -prune -o -name '*.[ch]' -print0)
if ! output=$("$format" --dry-run --Werror "${files[@]}" 2>&1); then
    grep -E ': (error|warning): |^[A-Z]' <<<"$output" | sed 's/: error: code should be clang-formatted.*//; s/^/# /' |
        sort -u | head -n 40
    echo "# $format -i lays them out; tables and pictures that are laid out by hand stand between clang-format off and on."
    echo 'not ok 1 - the code is laid out by clang-format'
    exit 1
fi
echo 'ok 1 - the code is laid out by clang-format'
