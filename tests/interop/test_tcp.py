# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""TCP sessions with socat and ncat, as servers and as clients."""

import random
import subprocess
import unittest

from sidewire import BINARY, SidewireTest, listening_port

BYTES = random.Random(1).randbytes(300_000)  # More than one read, and every byte value


class Client(SidewireTest):
    def setUp(self):
        super().setUp()
        self.log = self.folder / "tcp.pcapng"
        self.payload = self.folder / "payload"
        self.payload.write_bytes(BYTES)

    def test_socat_sends_back_every_byte(self):
        socat = self.start("socat", "TCP-LISTEN:0,bind=127.0.0.1", f"SYSTEM:head -c {len(BYTES)}")
        summary = self.session(f"tcp://127.0.0.1:{listening_port(socat)}", "--send-file", self.payload, log=self.log)
        self.assertEqual(self.raw(self.log, "out"), BYTES)
        self.assertEqual(self.raw(self.log, "in"), BYTES)
        connection = summary["connections"][0]
        self.assertEqual((connection["bytes_in"], connection["bytes_out"]), (len(BYTES), len(BYTES)))
        self.assertEqual(connection["closed_by"], "peer")
        self.assertEqual(summary["dropped"], {"kernel": 0, "capture": 0})

    def test_ncat_greets_and_closes(self):
        ncat = self.start("ncat", "--send-only", "-l", "127.0.0.1", "0", stdin=subprocess.PIPE)
        port = listening_port(ncat)
        ncat.stdin.write(b"220 ready\r\n")
        ncat.stdin.close()
        self.session(f"127.0.0.1:{port}", log=self.log)
        self.assertEqual([m["text"] for m in self.messages(self.log, "--lens", "lines")], ["220 ready"])

    def test_the_same_over_ipv6(self):
        socat = self.start("socat", "TCP6-LISTEN:0,bind=[::1]", "SYSTEM:head -c 5")
        self.session(f"tcp://[::1]:{listening_port(socat)}", "--send", "hello", log=self.log)
        self.assertEqual(self.raw(self.log, "in"), b"hello")


class Listener(SidewireTest):
    def test_socat_is_answered(self):
        log = self.folder / "listener.pcapng"
        listener = self.start(BINARY, "run", "tcp-listen://127.0.0.1:0", "--option", "answer=echo", "--log", log,
                              "--print", "none")
        socat = subprocess.run(["socat", "-t", "60", "-", f"TCP:127.0.0.1:{listening_port(listener)}"], input=BYTES,
                               capture_output=True, timeout=60, check=True)
        self.assertEqual(socat.stdout, BYTES)
        self.interrupt(listener)
        self.assertEqual(self.raw(log, "in"), BYTES)
        self.assertEqual(self.raw(log, "out"), BYTES)


if __name__ == "__main__":
    unittest.main()
