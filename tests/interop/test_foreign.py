# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""Captures that other programs made, opened by ours."""

import json
import subprocess
import unittest

from sidewire import BINARY, SidewireTest, listening_port, wait_for

REQUEST = b"GET / HTTP/1.0\r\n\r\n"
ANSWER = b"HTTP/1.0 200 OK\r\n\r\n" + bytes(range(256))


class Foreign(SidewireTest):
    def setUp(self):
        super().setUp()
        self.capture = self.folder / "foreign.pcapng"

    def text2pcap(self, *arguments, packets):
        """A capture with Ethernet frames; `packets` are pairs of who sends (I: the first endpoint, O: the second) and bytes."""
        dump = []
        for direction, data in packets:
            dump.append(direction)
            dump += [f"{at:06x} {data[at:at + 16].hex(' ')}" for at in range(0, len(data), 16)]
        subprocess.run(["text2pcap", "-D", *arguments, "-", self.capture], input="\n".join(dump) + "\n", text=True,
                       capture_output=True, timeout=60, check=True)

    def both_directions(self):
        """What the side sent that opened the conversation, and what it received."""
        return self.raw(self.capture, "out"), self.raw(self.capture, "in")

    def test_a_tcp_conversation_of_text2pcap(self):
        self.text2pcap("-4", "10.0.0.1,10.0.0.2", "-T", "50000,80", packets=[("I", REQUEST), ("O", ANSWER)])
        summary = self.info(self.capture)
        [connection] = summary["connections"]
        self.assertEqual((connection["local"], connection["peer"]), ("10.0.0.1:50000", "10.0.0.2:80"))
        self.assertEqual(self.both_directions(), (REQUEST, ANSWER))

    def test_udp_datagrams_of_text2pcap(self):
        self.text2pcap("-6", "fd00::1,fd00::2", "-u", "50000,53", packets=[("I", b"question"), ("O", b"answer")])
        self.assertEqual([m["text"] for m in self.messages(self.capture)], ["question", "answer"])

    def test_a_live_capture_of_dumpcap(self):
        payload = self.folder / "answer"
        payload.write_bytes(ANSWER)
        server = self.start("socat", "TCP-LISTEN:0,bind=127.0.0.1", f"SYSTEM:head -c {len(REQUEST)} >/dev/null; cat {payload}")
        port = listening_port(server)
        dumpcap = self.start("dumpcap", "-q", "-i", "lo", "-f", f"tcp port {port}", "-w", self.capture,
                             stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        told = []
        while not any(line.startswith("File:") for line in told):  # It captures from here on
            told.append(dumpcap.stderr.readline().decode())
            if told[-1] == "":
                self.skipTest(f"capturing is not permitted here: {''.join(told)}")
        subprocess.run(["socat", "-t", "60", "-", f"TCP:127.0.0.1:{port}"], input=REQUEST, stdout=subprocess.DEVNULL,
                       timeout=60, check=True)

        def has_all():
            done = subprocess.run([BINARY, "info", self.capture, "--json"], env=self.environment, capture_output=True,
                                  timeout=60, check=False)
            connections = json.loads(done.stdout)["connections"] if done.returncode == 0 else []
            return connections and connections[0]["bytes_in"] + connections[0]["bytes_out"] >= len(REQUEST + ANSWER)

        wait_for(has_all, dumpcap)
        self.assertEqual(self.both_directions(), (REQUEST, ANSWER))

    def test_what_is_no_capture_is_refused(self):
        self.capture.write_bytes(b"PK\x03\x04 not a capture")
        self.assertIn(b"pcapng", self.sidewire("info", self.capture, status=1).stderr)


if __name__ == "__main__":
    unittest.main()
