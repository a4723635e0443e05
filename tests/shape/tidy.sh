#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# clang-tidy finds nothing in the library that .clang-tidy asks for. Run by make check, with srcdir in the environment.
set -u

# What clang-tidy finds depends on its version.
version=14

cd "${srcdir:?}" || exit
export tidy=clang-tidy-$version
command -v "$tidy" >/dev/null || tidy=clang-tidy
if ! "$tidy" --version 2>/dev/null | grep -q "version $version\."; then
    echo "1..0 # SKIP clang-tidy $version is not installed"
    exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
echo 1..2

# findings: what is found in the files on standard input, whose names end in NUL. Two runs at once; each output is whole.
findings() {
    # shellcheck disable=SC2016 # for the inner shell
    xargs -0 -n 4 -P 2 bash -c '
        output=$("$tidy" --quiet --config-file=.clang-tidy "$@" -- -std=c11 -DWS_DEBUG -Iinclude -Idlls/webservices 2>&1) ||
            grep -E ": (error|warning): " <<<"$output" || echo "$tidy failed: $*"' bash | sed "s|$PWD/||" | sort -u
}

# The files that need the headers of Windows are left to their compiler.
find dlls -name '*.c' ! -name '*_windows.c' ! -name main.c -print0 | findings >"$work/found"
if [ -s "$work/found" ]; then
    sed 's/^/# /' "$work/found"
    echo '# A mistake is mended; what is none has a comment NOLINT with the check and the reason, or, as a check, is off.'
    echo 'not ok 1 - clang-tidy finds nothing in the library'
    failed=1
else
    echo 'ok 1 - clang-tidy finds nothing in the library'
fi

# That a finding would be noticed.
cat >"$work/planted.c" <<'END'
#include <string.h>
void wipe(char *p, size_t size);
void wipe(char *p, size_t size) { memset(p, (int)size, 0); }
END
if printf '%s\0' "$work/planted.c" | findings | grep -q 'planted.c:3:.*bugprone-suspicious-memset-usage'; then
    echo 'ok 2 - a planted mistake is found'
else
    echo 'not ok 2 - a planted mistake is found'
    failed=1
fi
exit $failed
