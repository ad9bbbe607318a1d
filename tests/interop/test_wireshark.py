# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""Our logs, read by tshark, tcpdump and capinfos."""

import random
import socket
import subprocess
import threading
import unittest

from sidewire import BINARY, SidewireTest, listening_port
from websocketserver import echo, serve
from wireshark import expert, fields, follow

BYTES = random.Random(2).randbytes(200_000)
GOOD = "1"  # What the fields *.checksum.status say of a checksum that was verified


class OurLogs(SidewireTest):
    def setUp(self):
        super().setUp()
        self.log = self.folder / "session.pcapng"

    def websocket_session(self):
        port = serve(self, echo(3))
        return self.session(f"ws://127.0.0.1:{port}/chat", "--send", "first", "--send", "zweite ü", "--send", "x" * 70000,
                            log=self.log)

    def tcp_session(self):
        payload = self.folder / "payload"
        payload.write_bytes(BYTES)
        socat = self.start("socat", "TCP-LISTEN:0,bind=127.0.0.1", f"SYSTEM:head -c {len(BYTES)}")
        return self.session(f"tcp://127.0.0.1:{listening_port(socat)}", "--send-file", payload, log=self.log)

    def udp_session(self):
        socat = self.start("socat", "UDP-LISTEN:0,bind=127.0.0.1", "PIPE")
        return self.session(f"udp://127.0.0.1:{listening_port(socat, 'udp')}", "--send", "ping", "--until",
                            "messages:1", log=self.log)

    def test_the_upgrade_and_each_message_are_dissected(self):
        self.websocket_session()
        self.assertEqual(fields(self.log, "http.request", "http.request.method", "http.request.uri"), [["GET", "/chat"]])
        self.assertEqual(fields(self.log, "http.response", "http.response.code"), [["101"]])
        text, close = "1", "8"
        opcodes = [opcode for row in fields(self.log, "websocket", "websocket.opcode") for opcode in row[0].split(",")]
        self.assertEqual(opcodes, [text] * 6 + [close] * 2)
        texts = [text for row in fields(self.log, "websocket.payload.text", "websocket.payload.text")
                 for text in row[0].split(",")]
        expected = ["first", "zweite ü", "x" * 70000]
        self.assertEqual(sorted(texts), sorted(2 * expected))

    def test_the_close_is_dissected(self):
        self.websocket_session()
        self.assertEqual(fields(self.log, "websocket.opcode == 8", "websocket.payload.close.status_code"),
                         [["1000"], ["1000"]])

    def test_a_clean_session_raises_no_warning(self):
        for session in (self.websocket_session, self.tcp_session, self.udp_session):
            with self.subTest(session.__name__):
                self.log = self.folder / f"{session.__name__}.pcapng"
                session()
                self.assertEqual(expert(self.log), "")
                self.assertEqual(fields(self.log, "_ws.malformed", "frame.number"), [])

    def test_following_the_stream_gives_our_bytes(self):
        for session in (self.websocket_session, self.tcp_session):
            with self.subTest(session.__name__):
                self.log = self.folder / f"{session.__name__}.pcapng"
                session()
                sent, received = follow(self.log)
                self.assertEqual(sent, self.raw(self.log, "out"))
                self.assertEqual(received, self.raw(self.log, "in"))
        self.assertEqual((sent, received), (BYTES, BYTES))

    def test_every_checksum_verifies(self):
        for session, layer in ((self.tcp_session, "tcp"), (self.udp_session, "udp")):
            with self.subTest(layer):
                self.log = self.folder / f"{layer}.pcapng"
                session()
                rows = fields(self.log, layer, "ip.checksum.status", f"{layer}.checksum.status")
                self.assertTrue(rows)
                self.assertEqual(rows, [[GOOD, GOOD]] * len(rows))

    def test_the_connection_opens_and_closes_as_tcp_does(self):
        self.tcp_session()
        flags = [row[0] for row in fields(self.log, "tcp", "tcp.flags")]
        syn, syn_ack = "0x0002", "0x0012"
        self.assertEqual(flags[:2], [syn, syn_ack])
        self.assertEqual(len(fields(self.log, "tcp.flags.fin == 1", "frame.number")), 2)

    def test_events_are_rows_of_their_own(self):
        self.tcp_session()
        self.assertNotEqual(fields(self.log, "systemd_journal", "frame.number"), [])

    def test_endpoints_are_the_real_ones(self):
        connection = self.udp_session()["connections"][0]
        rows = fields(self.log, "udp", "ip.src", "udp.srcport", "ip.dst", "udp.dstport")
        local, peer = connection["local"], connection["peer"]
        self.assertEqual([f"{a}:{b} {c}:{d}" for a, b, c, d in rows], [f"{local} {peer}", f"{peer} {local}"])

    def test_tcpdump_and_capinfos_read_it(self):
        self.udp_session()
        with open(self.log, "rb") as log:
            lines = subprocess.run(["tcpdump", "-n", "-r", "-"], stdin=log, capture_output=True, text=True, timeout=60,
                                   check=True).stdout.splitlines()
        self.assertEqual(len(lines), 2, lines)
        self.assertIn("UDP, length 4", lines[0])
        told = subprocess.run(["capinfos", "-t", "-E", "-c", str(self.log)], capture_output=True, text=True, timeout=60,
                              check=True).stdout
        self.assertIn("pcapng", told)
        self.assertIn("Raw IP", told)


class SequenceNumbers(SidewireTest):
    """They begin elsewhere for each connection; those of what we send on this one wrap after 1,954,453 bytes."""

    WRAPPING = 493

    def setUp(self):
        super().setUp()
        self.log = self.folder / "session.pcapng"
        self.sent = random.Random(3).randbytes(2_500_000)
        listener = self.start(BINARY, "run", "tcp-listen://127.0.0.1:0", "--option", "answer=echo", "--log", self.log,
                              "--print", "none", stdout=subprocess.DEVNULL)
        address = ("127.0.0.1", listening_port(listener))
        for _ in range(self.WRAPPING):
            with socket.create_connection(address) as client:
                client.shutdown(socket.SHUT_WR)
                self.assertEqual(client.recv(1), b"")  # It has been accepted, so they are numbered in this order
        with socket.create_connection(address) as client:
            sender = threading.Thread(target=client.sendall, args=(self.sent,))
            sender.start()
            self.assertEqual(client.recv(len(self.sent), socket.MSG_WAITALL), self.sent)
            sender.join()
        self.interrupt(listener)

    def test_tshark_follows_them_over_the_wrap(self):
        rows = fields(self.log, f"tcp.stream == {self.WRAPPING} and tcp.len > 0 and tcp.seq > 0", "tcp.seq_raw", "tcp.seq")
        wraps = [before for before, after in zip(rows, rows[1:])
                 if int(before[0]) > int(after[0]) and int(before[1]) < int(after[1]) and int(before[0]) > 0xfff00000]
        self.assertTrue(wraps)
        self.assertEqual(expert(self.log), "")
        self.assertEqual(follow(self.log, self.WRAPPING), (self.sent, self.sent))

    def test_so_do_we_without_our_marks(self):
        packets, plain = self.folder / "packets.pcap", self.folder / "plain.pcapng"
        with open(self.log, "rb") as log, open(packets, "wb") as out:
            subprocess.run(["tcpdump", "-r", "-", "-w", "-"], stdin=log, stdout=out, stderr=subprocess.DEVNULL, check=True)
        subprocess.run(["editcap", "-F", "pcapng", packets, plain], check=True)
        for log in (self.log, plain):
            for direction in ("in", "out"):
                self.assertEqual(self.raw(log, direction, "--connection", str(self.WRAPPING)), self.sent)


if __name__ == "__main__":
    unittest.main()
