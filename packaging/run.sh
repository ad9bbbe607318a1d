#!/bin/bash
# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT
#
# Installs what is needed, builds Sidewire and runs it: the window, or without a display a session each over TCP, UDP
# and WebSocket against the built-in peers, with their transcripts, logs and a picture of the window.
set -euo pipefail
cd "$(dirname "$0")/.."

packaging/install.sh build
cmake --preset release >/dev/null
cmake --build --preset release --parallel "$(nproc)"
sidewire=$PWD/build/release/app/sidewire

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec "$sidewire"
fi

echo
echo "No display: running a session over each transport against the built-in peers."
out=build/sessions
mkdir -p "$out"
source packaging/peers.sh
start_peers "$sidewire"

session() {
    local name=$1
    shift
    rm -f "$out/$name.pcapng"
    echo
    echo "== $name: sidewire run $*"
    "$sidewire" run "$@" --log "$out/$name.pcapng"
}
session tcp "$(target_of tcp-echo)" --send 'hello, bytes\r\n' --until idle:500
session udp "$(target_of udp-echo)" --send 'a datagram' --until idle:500
session websocket "$(target_of ws-echo)" --send 'hello, message' --send '{"id":1,"answer":42}' --until idle:500

packaging/screenshot.sh "$out/window.png"
echo
echo "The logs open in Sidewire and in Wireshark; the picture shows the window, rendered offscreen:"
for file in tcp.pcapng udp.pcapng websocket.pcapng window.png; do
    echo "  $PWD/$out/$file"
done
