#!/bin/bash
# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT
#
# packaging/screenshot.sh [FILE.png]: takes the picture of README.md again, by default in its place: the real window,
# rendered offscreen, with sessions to the built-in peers.
set -euo pipefail
cd "$(dirname "$0")/.."

file=${1:-resources/screenshot.png}
sidewire=${SIDEWIRE:-$PWD/build/release/app/sidewire}

source packaging/peers.sh
start_peers "$sidewire"

# Settings and recent logs of the person who runs this stay out of the picture, and the picture out of them.
home=$(mktemp -d)
QT_QPA_PLATFORM=offscreen HOME=$home XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data XDG_CACHE_HOME=$home/cache \
    XDG_RUNTIME_DIR=$home LC_ALL=C.UTF-8 \
    "$sidewire" --screenshot "$file" --size 1280x800 \
    --send 'hello world' --send '{"id":7,"price":1.10,"tags":["a","b"]}' \
    "$(target_of tcp-greeter)" "$(target_of udp-echo)" "$(target_of ws-echo)" \
    2> >(grep -vE 'This plugin does not support|OpenType support missing' >&2 || true) # remarks of the offscreen platform
rm -rf "$home"
