#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Runs one fuzzer for some seconds, in the build directory, with srcdir in the environment. What it finds new goes to
# fuzz-corpus in the build directory; the seeds stay as they are.
#
# usage: run.sh SECONDS NAME
set -u

seconds=$1 name=$2
source=${srcdir:?}/tests/fuzz
seeds=("$source/corpus/$name") dict=$source/$name.dict
if [ "$name" = round-trip ]; then
    seeds=("$source/corpus/reader" "$srcdir/tests/oracle/corpus/valid") dict=$source/reader.dict
fi
[ -d "${seeds[0]}" ] || seeds=()
options=(-max_total_time="$seconds" -max_len=4096 -print_final_stats=1)
[ ! -f "$dict" ] || options+=(-dict="$dict")

mkdir -p "fuzz-corpus/$name"
if ! "tests/fuzz/$name" "${options[@]}" "fuzz-corpus/$name" "${seeds[@]}" >"fuzz-corpus/$name.log" 2>&1; then
    # At once, since another one may be ending, too.
    printf '%s\n' "tests/fuzz/$name has found something:
$(tail -n 60 "fuzz-corpus/$name.log")"
    exit 1
fi
echo "tests/fuzz/$name: $(sed -n 's/^stat::number_of_executed_units: //p' "fuzz-corpus/$name.log") runs in $seconds s"
