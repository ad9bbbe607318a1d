#!/bin/bash
# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT
#
# packaging/install.sh LIST...: installs those packages of the lists (dependencies-LIST.txt) that are missing.
# Asks nothing. With nothing missing it touches neither apt nor the network.
set -euo pipefail
cd "$(dirname "$0")"

is_installed() {
    [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Virtual names have no candidate.
is_offered() {
    [[ $(LC_ALL=C apt-cache policy "$1" 2>/dev/null) =~ Candidate:\ [^\(] ]]
}

# The lines of a list, without comments, as "a|b".
entries() {
    sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$1"
}

lists=()
for list in "$@"; do
    lists+=("dependencies-$list.txt")
done

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    echo "There is no apt here. Install what these Debian packages hold, then build with CMake (see README.md):" >&2
    for list in "${lists[@]}"; do
        entries "$list" | sed 's/^/    /' >&2
    done
    exit 1
fi

missing=()
for list in "${lists[@]}"; do
    while IFS='|' read -ra choices; do
        for choice in "${choices[@]}"; do
            is_installed "$choice" && continue 2
        done
        missing+=("$(IFS='|'; echo "${choices[*]}")")
    done < <(entries "$list")
done
[ ${#missing[@]} -gt 0 ] || exit 0

sudo=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "Run as root, or install by hand: ${missing[*]}" >&2
        exit 1
    fi
    sudo=(sudo)
    [ -t 0 ] || sudo=(sudo -n)
fi
apt=("${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0)

echo "Installing: ${missing[*]}"
"${apt[@]}" update

packages=()
for entry in "${missing[@]}"; do
    IFS='|' read -ra choices <<<"$entry"
    for choice in "${choices[@]}"; do
        if is_offered "$choice"; then
            packages+=("$choice")
            continue 2
        fi
    done
    echo "This system offers no package $entry." >&2
    exit 1
done
"${apt[@]}" install --no-install-recommends "${packages[@]}" </dev/null
