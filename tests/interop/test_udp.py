# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""UDP sessions with socat and ncat."""

import json
import socket
import unittest

from sidewire import BINARY, DEADLINE, SidewireTest, listening_port, wait_for
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

    def test_nothing_at_all_is_a_datagram_both_ways(self):
        socat = self.start("socat", "UDP-LISTEN:0,bind=127.0.0.1,shut-null,null-eof", "PIPE")
        port = listening_port(socat, "udp")
        session = self.start(BINARY, "run", f"udp://127.0.0.1:{port}", "--send", "", "--send-hex", "", "--until", "idle:300",
                             "--summary", "json", "--print", "none", "--log", self.log)
        out, _ = session.communicate(timeout=DEADLINE)
        self.assertEqual(json.loads(out)["connections"][0]["records_out"], 2)
        told = [(m["direction"], m["length"]) for m in self.messages(self.log)]
        self.assertEqual(told[:2], [("out", 0), ("out", 0)])

        listener = self.start(BINARY, "run", "udp-listen://127.0.0.1:0", "--until", "messages:1", "--log", self.log)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
            peer.sendto(b"", ("127.0.0.1", listening_port(listener, "udp")))
            self.assertEqual(listener.wait(DEADLINE), 0)
        self.assertEqual([(m["direction"], m["kind"], m["length"]) for m in self.messages(self.log)],
                         [("in", "datagram", 0)])

    def test_ncat_and_socat_are_answered_on_one_port(self):
        listener = self.start(BINARY, "run", "udp-listen://[::]:0", "--option", "answer=echo", "--log", self.log)
        port = listening_port(listener, "udp")
        for client in (("ncat", "-u", "127.0.0.1", port), ("ncat", "-u", "::1", port),
                       ("socat", "-t", "60", "-", f"UDP4:127.0.0.1:{port}")):
            process = self.start(*client, stdin=-1)
            process.stdin.write(b"hello")
            process.stdin.flush()
            self.assertEqual(process.stdout.read(5), b"hello")
        self.interrupt(listener)
        connections = self.info(self.log)["connections"]
        self.assertEqual([(each["records_in"], each["records_out"]) for each in connections], [(1, 1)] * 3)
        self.assertEqual([each["local"] for each in connections],
                         [f"127.0.0.1:{port}", f"[::1]:{port}", f"127.0.0.1:{port}"])

    def test_each_datagram_is_answered_with_a_file(self):
        served = self.folder / "served"
        served.write_bytes(b"from a file")
        listener = self.start(BINARY, "run", "udp-listen://127.0.0.1:0", "--option", f"answer=file:{served}", "--log",
                              self.log)
        socat = self.start("socat", "-t", "60", "-", f"UDP4:127.0.0.1:{listening_port(listener, 'udp')}", stdin=-1)
        for content in (b"from a file", b"changed"):
            served.write_bytes(content)  # It is read anew for each
            socat.stdin.write(b"?")
            socat.stdin.flush()
            self.assertEqual(socat.stdout.read(len(content)), content)
        served.unlink()
        socat.stdin.write(b"?")
        socat.stdin.flush()
        wait_for(lambda: b"there is no such file" in self.log.read_bytes(), listener)
        self.interrupt(listener)
        [connection] = self.info(self.log)["connections"]
        self.assertEqual((connection["records_in"], connection["records_out"]), (3, 2))

    def test_what_does_not_fit_into_the_receive_buffer_is_counted(self):
        count = 20_000
        listener = self.start(BINARY, "run", "udp-listen://127.0.0.1:0", "--option", "rcvbuf=4096", "--until", "idle:500",
                              "--print", "none", "--summary", "json")
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
            peer.connect(("127.0.0.1", listening_port(listener, "udp")))
            for _ in range(count):
                peer.send(b"x" * 500)
        out, _ = listener.communicate(timeout=DEADLINE)
        summary = json.loads(out)
        self.assertGreater(summary["dropped"]["kernel"], 0)
        self.assertEqual(summary["connections"][0]["records_in"] + sum(summary["dropped"].values()), count)

    def test_a_taken_port_is_said(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as holder:
            holder.bind(("127.0.0.1", 0))
            port = holder.getsockname()[1]
            done = self.sidewire("run", f"udp-listen://127.0.0.1:{port}", status=2)
        self.assertIn(b"in use", done.stderr)


if __name__ == "__main__":
    unittest.main()
