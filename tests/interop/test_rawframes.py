# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""Frames that break a rule, sent to python3-websockets and node's ws: they notice, and the log has each byte."""

import json
import os
import pathlib
import subprocess
import unittest

from sidewire import BINARY, DEADLINE, SidewireTest
from websocketserver import serve

SENDER = os.environ.get("FRAMESENDER", str(pathlib.Path(BINARY).parent.parent / "tests/interop/framesender"))
KEY = bytes([1, 2, 3, 4])


def masked(header, payload):
    """A masked frame of a first and a second byte without MASK, and perhaps a longer length."""
    hidden = bytes(byte ^ KEY[i % 4] for i, byte in enumerate(payload))
    return bytes([header[0], header[1] | 0x80]) + header[2:] + KEY + hidden


# Name, frames, bytes on the wire, what the peer closes with.
CASES = [
    ("unmasked", [{"hex": "68"}, {"hex": "68", "unmasked": True}], masked(b"\x81\x01", b"h") + b"\x81\x01h", 1002),
    ("fragmented ping", [{"opcode": 9, "hex": "6162", "fragment": 1}],
     masked(b"\x09\x01", b"a") + masked(b"\x80\x01", b"b"), 1002),
    ("a ping of 126 bytes", [{"opcode": 9, "hex": "78" * 126}], masked(b"\x89\x7e\x00\x7e", b"x" * 126), 1002),
    ("reserved opcode", [{"opcode": 3, "hex": "68"}], masked(b"\x83\x01", b"h"), 1002),
    ("RSV1", [{"rsv": 4, "hex": "68"}], masked(b"\xc1\x01", b"h"), 1002),
    ("RSV2", [{"rsv": 2, "hex": "68"}], masked(b"\xa1\x01", b"h"), 1002),
    ("stray continuation", [{"opcode": 0, "hex": "68"}], masked(b"\x80\x01", b"h"), 1002),
    ("text inside a fragmented message", [{"fin": False, "hex": "68"}, {"hex": "69"}],
     masked(b"\x01\x01", b"h") + masked(b"\x81\x01", b"i"), 1002),
    ("not UTF-8", [{"hex": "61c328"}], masked(b"\x81\x03", b"a\xc3("), 1007),
    ("close code 1005", [{"opcode": 8, "hex": "03ed"}], masked(b"\x88\x02", b"\x03\xed"), 1002),
    ("a close of one byte", [{"opcode": 8, "hex": "03"}], masked(b"\x88\x01", b"\x03"), 1002),
    ("the top bit of the length", [{"hex": "68", "length": "0x8000000000000001"}],
     masked(b"\x81\x7f\x80\0\0\0\0\0\0\x01", b"h"), 1009),
    ("a length beyond its limit", [{"length": "1073741824"}], masked(b"\x81\x7f\0\0\0\0\x40\0\0\0", b""), 1009),
]


class RawFrames(SidewireTest):
    def send(self, port, frames):
        done = subprocess.run([SENDER, f"ws://127.0.0.1:{port}/", json.dumps(frames)], env=self.environment,
                              capture_output=True, timeout=DEADLINE, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def check(self, port):
        for name, frames, wire, code in CASES:
            with self.subTest(name):
                result = self.send(port, frames)
                out = bytes.fromhex(result["out"])
                self.assertEqual(out[:len(wire)], wire)
                self.assertEqual(result["close"], code)

    def test_python_websockets(self):
        async def handler(socket, _path):
            await socket.wait_closed()

        self.check(serve(self, handler, compression=None))

    def test_node_ws(self):
        server = self.start("node", pathlib.Path(__file__).with_name("wsserver.js"),
                            env=dict(os.environ, NODE_PATH="/usr/share/nodejs"))
        self.check(int(server.stdout.readline()))


if __name__ == "__main__":
    unittest.main()
