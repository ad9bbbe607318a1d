#!/bin/bash
# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT
#
# tests/fuzz/run.sh SECONDS [TARGET...]: builds the targets and runs each for so long, beginning with its seeds and with
# what earlier runs found to be interesting. Fails when one of them breaks; the input that did it stays in build/fuzz/broken.
set -euo pipefail
cd "$(dirname "$0")/../.."

if [[ ! ${1:-} =~ ^[0-9]+$ ]]; then
    sed -n '5,6s/^# //p' "$0" >&2
    exit 1
fi
seconds=$1
shift
targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
    mapfile -t targets < <(ls tests/fuzz/corpus)
fi

cmake --preset fuzz >/dev/null
cmake --build --preset fuzz --parallel "$(nproc)"

mkdir -p build/fuzz/broken
status=0
for target in "${targets[@]}"; do
    found=build/fuzz/found/$target
    log=build/fuzz/$target.log
    mkdir -p "$found"
    options=(-max_total_time="$seconds" -max_len=4096 -timeout=20 -rss_limit_mb=2048 -print_final_stats=1
        -artifact_prefix="build/fuzz/broken/$target-")
    dictionary=tests/fuzz/dictionaries/$target.dict
    [ ! -f "$dictionary" ] || options+=(-dict="$dictionary")
    if "build/fuzz/tests/fuzz/fuzz_$target" "${options[@]}" "$found" "tests/fuzz/corpus/$target" >"$log" 2>&1; then
        executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
        edges=$(sed -n 's/.*DONE *cov: \([0-9]*\).*/\1/p' "$log")
        echo "$target: $executions executions, $edges edges reached"
    else
        tail -n 40 "$log"
        echo "$target: broken"
        status=1
    fi
done
exit $status
