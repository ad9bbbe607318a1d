# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""UDP sessions with socat and ncat."""

import unittest

from sidewire import BINARY, SidewireTest, listening_port
from wireshark import fields


class Udp(SidewireTest):
    def setUp(self):
        super().setUp()
        self.log = self.folder / "udp.pcapng"

    def test_socat_echoes_each_datagram(self):
        socat = self.start("socat", "UDP-LISTEN:0,bind=127.0.0.1", "PIPE")
        self.session(f"udp://127.0.0.1:{listening_port(socat, 'udp')}", "--send", "one", "--until", "messages:1",
                     log=self.log)
        told = [(m["direction"], m["kind"], m["text"]) for m in self.messages(self.log)]
        self.assertEqual(told, [("out", "datagram", "one"), ("in", "datagram", "one")])

    def test_ncat_receives_our_datagram(self):
        ncat = self.start("ncat", "-u", "-l", "127.0.0.1", "0")
        port = listening_port(ncat, "udp")
        session = self.start(BINARY, "run", f"udp://127.0.0.1:{port}", "--send", "to ncat\\n", "--log", self.log)
        self.assertEqual(ncat.stdout.readline(), b"to ncat\n")
        self.interrupt(session)
        self.assertEqual(self.raw(self.log, "out"), b"to ncat\n")

    def test_the_largest_datagram_stays_whole(self):
        socat = self.start("socat", "-b", "70000", "UDP-LISTEN:0,bind=127.0.0.1", "PIPE")
        path = self.folder / "payload"
        path.write_bytes(b"x" * 65507)
        self.session(f"udp://127.0.0.1:{listening_port(socat, 'udp')}", "--send-file", path, "--until", "messages:1",
                     log=self.log)
        self.assertEqual([m["length"] for m in self.messages(self.log) if m["direction"] == "out"], [65507])

    def test_nobody_there_is_said(self):
        self.session(f"udp://127.0.0.1:{self.refusing_port('udp')}", "--send", "x", "--until", "idle:500", log=self.log)
        events = fields(self.log, "systemd_journal", "systemd_journal.message")
        self.assertTrue(any("unreachable" in event for [event] in events), events)


if __name__ == "__main__":
    unittest.main()
