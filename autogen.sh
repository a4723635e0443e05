#!/bin/sh
# Makes ./configure. Run it once in a fresh checkout, and after a change of configure.ac or Makefile.am.
set -e
cd "$(dirname "$0")"
for tool in autoconf automake pkg-config; do
    command -v $tool >/dev/null || { echo "autogen.sh: $tool is missing; tools/quickstart installs all that is needed" >&2; exit 1; }
done
mkdir -p build-aux
exec autoreconf --install --warnings=all
