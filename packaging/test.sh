#!/bin/bash
# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT
#
# Installs what building and testing need, builds with asserts and with warnings as errors, and runs all tests.
# Arguments go to ctest: packaging/test.sh -R interop
set -euo pipefail
cd "$(dirname "$0")/.."

packaging/install.sh build test
cmake --preset ci >/dev/null
cmake --build --preset ci --parallel "$(nproc)"
ctest --preset ci --output-on-failure --parallel "$(nproc)" "$@"
