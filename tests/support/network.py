# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""Two machines and a cable, made of networks that the kernel keeps apart, for tests that loopback cannot do."""

import ctypes
import os
import pathlib
import subprocess
import unittest

CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000


class TwoMachines:
    """`here` is this process with all that it starts: 10.1.0.1 and fd01::1 on the interface "left". `there` is the other
    end of the cable: 10.1.0.2 and fd01::2 on "right". Both go with this process. For setUpModule()."""

    def __init__(self):
        _leave_network()
        _no_waiting()
        _ip("link", "set", "lo", "up")
        _ip("link", "add", "left", "type", "veth", "peer", "name", "right")
        self._there = subprocess.Popen(["unshare", "--net", "sh", "-c", "echo ready; exec cat"], stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE)
        assert self._there.stdout.readline() == b"ready\n"
        _ip("link", "set", "right", "netns", self._there.pid)
        _set_up("left", 1)
        _set_up("right", 2, *self.there())

    def there(self, *command):
        """The command line that runs `command` on the other machine."""
        return ["nsenter", f"--net=/proc/{self._there.pid}/ns/net", *map(str, command)]

    def end(self):
        self._there.stdin.close()
        self._there.wait()
        self._there.stdout.close()


def _leave_network():
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNET) == 0:
        return
    user = os.getuid()
    if libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0:
        raise unittest.SkipTest(f"the kernel forbids a network of one's own: {os.strerror(ctypes.get_errno())}")
    pathlib.Path("/proc/self/uid_map").write_text(f"0 {user} 1")


def _no_waiting():
    """An address is of use at once, without looking for doubles of it first."""
    for name in ("all", "default"):
        pathlib.Path(f"/proc/sys/net/ipv6/conf/{name}/accept_dad").write_text("0")


def _ip(*arguments, there=()):
    subprocess.run([*there, "ip", *map(str, arguments)], check=True)


def _set_up(interface, number, *there):
    _ip("address", "add", f"10.1.0.{number}/24", "broadcast", "+", "dev", interface, there=there)
    _ip("address", "add", f"fd01::{number}/64", "dev", interface, "nodad", there=there)
    _ip("link", "set", interface, "up", there=there)
