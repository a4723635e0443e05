#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Serialization against XML Schema, as libxml2's validator has it (Python's lxml): typed-documents makes descriptions at
# random, and a schema of each. Every document that is written must be valid. Those documents, and others made from them
# (elements removed, doubled, moved and renamed; attributes added and removed; values, xsi:nil and xsi:type changed) must
# be read if they are valid, and refused if they are not; what is read, and written again, must be valid, too. Where the
# API and XML Schema differ, the two tables in typed-schema.py say so, and why.
#
# Usage: typed-schema.sh [DESCRIPTIONS [FIRST SEED]]
set -u

# The package is for the system's python3, which need not be the first one there is.
for python in python3 /usr/bin/python3 ''; do
    "$python" -c 'import lxml.etree' 2>/dev/null && break
done
[[ $python ]] || { echo "1..0 # SKIP no lxml in python3"; exit 0; }
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT

export PYTHONDONTWRITEBYTECODE=1 PYTHONIOENCODING=utf-8
"$python" "${srcdir:-.}/tests/oracle/typed-schema.py" tests/oracle/typed-documents "$work" "${1:-150}" "${2:-1}"
