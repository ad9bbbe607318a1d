# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""What tshark says about a capture file."""

import subprocess

CHECKSUMS = [argument for layer in ("ip", "tcp", "udp") for argument in ("-o", f"{layer}.check_checksum:TRUE")]


def tshark(log, *arguments):
    done = subprocess.run(["tshark", "-r", str(log), *CHECKSUMS, *arguments], capture_output=True, text=True,
                          timeout=60, check=False)
    if done.returncode != 0:
        raise AssertionError(f"tshark {arguments}: {done.stderr}")
    return done.stdout


def fields(log, display_filter, *names):
    """One list of field values for each packet that the filter lets through."""
    arguments = ["-T", "fields", "-E", "separator=/t", *[part for name in names for part in ("-e", name)]]
    lines = tshark(log, "-Y", display_filter, *arguments).splitlines()
    return [line.split("\t") for line in lines]


def expert(log):
    """The expert information, without the chats and notes that any normal conversation has."""
    text = tshark(log, "-q", "-z", "expert,warn")
    return text.strip()


def follow(log, stream=0):
    """The two directions of a TCP stream: what its client sent and what its server sent."""
    client, server = bytearray(), bytearray()
    lines = tshark(log, "-q", "-z", f"follow,tcp,raw,{stream}").splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("Node 1:")) + 1
    for line in lines[first:]:
        if line.startswith("="):
            break
        (server if line.startswith("\t") else client).extend(bytes.fromhex(line))
    return bytes(client), bytes(server)
