# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT
#
# To be sourced by a bash script: the built-in peers, running until the script ends.

# start_peers BINARY: starts them and waits until all have told their targets.
start_peers() {
    peers_list=$(mktemp)
    "$1" peers --json >"$peers_list" &
    peers_pid=$!
    trap stop_peers EXIT
    until grep -q '"ws-ticker"' "$peers_list"; do
        if ! kill -0 "$peers_pid" 2>/dev/null; then
            echo "The built-in peers did not start." >&2
            exit 1
        fi
        sleep 0.05
    done
}

stop_peers() {
    kill "$peers_pid" 2>/dev/null || true
    wait "$peers_pid" 2>/dev/null || true
    rm -f "$peers_list"
}

# target_of ID: where a peer can be reached, for example ws://127.0.0.1:40123/
target_of() {
    tr '{' '\n' <"$peers_list" | grep "\"id\":\"$1\"" | sed 's/.*"target":"\([^"]*\)".*/\1/'
}
