#!/bin/bash
# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT
#
# packaging/format.sh: fails when a source file is not formatted as .clang-format says. With --fix it formats them.
# Version 14 decides, where it can be had: other versions differ in details.
set -euo pipefail
cd "$(dirname "$0")/.."

clang_format=$(command -v clang-format-14 || command -v clang-format)
mode=(--dry-run -Werror)
[ "${1:-}" != --fix ] || mode=(-i)
find app core ui tests \( -name '*.cpp' -o -name '*.h' \) -print0 | xargs -0 -P "$(nproc)" -n 32 "$clang_format" "${mode[@]}"
