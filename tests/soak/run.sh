#!/bin/bash
# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT
#
# Builds with the address and undefined behaviour sanitizers and runs mixed sessions for so many minutes: soak.py --help
set -euo pipefail
cd "$(dirname "$0")/../.."

packaging/install.sh build test
cmake --preset asan >/dev/null
cmake --build build/asan --target sidewire --parallel "$(nproc)"
"${CXX:-c++}" -std=c++20 -O1 -shared -fPIC -o build/asan/livebytes.so tests/soak/livebytes.cpp
PYTHONPATH=tests/support SIDEWIRE=$PWD/build/asan/app/sidewire \
    exec nice /usr/bin/python3 -B tests/soak/soak.py --live "$PWD/build/asan/livebytes.so" "$@"
