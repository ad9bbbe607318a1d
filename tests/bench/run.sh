#!/bin/bash
# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT
#
# Builds in release and measures Sidewire against references on loopback, in alternating runs: bench.py --help
set -euo pipefail
cd "$(dirname "$0")/../.."

packaging/install.sh build test bench
cmake --preset release -B build/bench -DSIDEWIRE_BENCH=ON >/dev/null
cmake --build build/bench --parallel "$(nproc)"
PYTHONPATH=tests/support SIDEWIRE=$PWD/build/bench/app/sidewire \
    exec /usr/bin/python3 -B tests/bench/bench.py --build build/bench "$@"
