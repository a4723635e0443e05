#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The demos of the API's idioms as C++, without a warning: programs of both languages start from them.
# Run by make check of a build for Windows, with srcdir and CXX in the environment.
set -u

if [ -z "$CXX" ]; then
    echo "1..0 # SKIP no C++ compiler"
    exit 0
fi
number=0 failed=0
for name in channel-template http-request-reply/stock-client http-request-reply/stock-server message-inspect service-contract \
    tcp-oneway/journal-client tcp-oneway/journal-server typed-list typed-order udp-multicast/multicast-client \
    udp-multicast/multicast-server xml-filter xml-format xml-queue xml-reader-loop xml-stdio; do
    demo=$srcdir/demos/$name.c
    number=$((number + 1))
    # shellcheck disable=SC2086 # the compiler may come with options
    if output=$($CXX -std=c++11 -Wall -Wextra -Wpedantic -Werror -I"$srcdir/include" -fsyntax-only -x c++ \
        "$demo" 2>&1); then
        echo "ok $number - $(basename "$demo") as C++"
    else
        head -20 <<<"$output" | sed 's/^/# /'
        echo "not ok $number - $(basename "$demo") as C++"
        failed=1
    fi
done
echo "1..$number"
exit $failed
