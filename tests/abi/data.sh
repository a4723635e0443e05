#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The ABI data as macro calls, which the tests compile, must be what "generate" makes of the JSON file.
set -u

if ! command -v python3 >/dev/null; then
    echo "1..0 # SKIP no python3"
    exit 0
fi
echo 1..1
failed=0
if "$srcdir/tests/abi/generate" --check >&2; then
    echo "ok 1 - abi-data.h is what generate makes of webservices-abi.json"
else
    echo "not ok 1 - abi-data.h is not what generate makes of webservices-abi.json"
    failed=1
fi
exit $failed
