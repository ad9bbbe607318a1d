# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""Compressed messages (RFC 7692) with python3-websockets and node's ws, as client and as listener."""

import asyncio
import json
import os
import pathlib
import random
import unittest
import zlib

import websockets
from websockets.extensions import permessage_deflate as pmd

from sidewire import BINARY, DEADLINE, SidewireTest, listening_port
from websocketserver import echo, serve

NOISE = "".join(random.Random(1).choices("0123456789abcdefghijklmnopqrstuvwxyz", k=3000))
TEXTS = ["hello", "hello", "", "gr\u00fc\u00dfe, \uc138\uacc4", NOISE, NOISE, "0123456789abcdef" * 5000]

# What is asked for, and what a peer that takes every offer agrees to.
OFFERS = {
    "on": "permessage-deflate",
    "permessage-deflate": "permessage-deflate",
    "client_no_context_takeover": "client_no_context_takeover",
    "server_no_context_takeover": "server_no_context_takeover",
    "client_no_context_takeover; server_no_context_takeover": "client_no_context_takeover",
    "server_max_window_bits=9": "server_max_window_bits=9",
    "client_max_window_bits=10; server_max_window_bits=11": "server_max_window_bits=11",
}

ENVIRONMENT = dict(os.environ, NODE_PATH="/usr/share/nodejs")
HERE = pathlib.Path(__file__)


def frames(stream):
    """First byte and payload, unmasked, of the frames behind a head."""
    at = stream.index(b"\r\n\r\n") + 4
    while at < len(stream):
        first, second = stream[at], stream[at + 1]
        length, size = second & 127, {126: 2, 127: 8}.get(second & 127, 0)
        if size:
            length = int.from_bytes(stream[at + 2:at + 2 + size], "big")
        at += 2 + size
        key = bytes(4)
        if second & 128:
            key, at = stream[at:at + 4], at + 4
        yield first, bytes(byte ^ key[i % 4] for i, byte in enumerate(stream[at:at + length]))
        at += length


def texts(stream):
    """The text messages of a direction, inflated by Python's zlib. Compressed ones are never in several frames here."""
    inflater = zlib.decompressobj(wbits=-15)
    for first, payload in frames(stream):
        content = inflater.decompress(payload + b"\0\0\xff\xff") if first & 0x40 else payload
        if first & 15 == 1:
            yield content.decode()


class Deflated(SidewireTest):
    def setUp(self):
        super().setUp()
        self.log = self.folder / "deflate.pcapng"

    def check(self, connection, sent, received):
        """What left and what came, byte for byte: ours is compressed, the peer's may be."""
        self.assertIn("permessage-deflate", connection["websocket"]["extensions"])
        self.assertEqual(connection["violations"], 0)
        self.assertEqual(list(texts(self.raw(self.log, "out"))), sent)
        self.assertEqual(list(texts(self.raw(self.log, "in"))), received)
        for direction, crossed in (("out", sent), ("in", received)):
            shown = [message["text"] for message in self.messages(self.log, "--direction", direction)
                     if message["kind"] == "text"]
            self.assertEqual(shown, crossed)
        ours = {first & 0x40 for first, _ in frames(self.raw(self.log, "out")) if first & 15 in (1, 2)}
        self.assertEqual(ours, {0x40})


class Client(Deflated):
    def talk(self, target, offer):
        parts = []
        for number, text in enumerate(TEXTS):
            path = self.folder / f"payload{number}"
            path.write_text(text, encoding="utf-8")
            parts += ["--send-file", path]
        self.log.unlink(missing_ok=True)
        return self.session(target, "--option", f"deflate={offer}", *parts, "--send", "close 1000 enough",
                            log=self.log)["connections"][0]

    def test_python_websockets(self):
        async def handler(socket, _path):
            async for message in socket:
                if message == "close 1000 enough":
                    await socket.close(1000, "enough")
                else:
                    await socket.send(message)

        port = serve(self, handler)
        for offer, agreed in OFFERS.items():
            with self.subTest(offer=offer):
                connection = self.talk(f"ws://127.0.0.1:{port}/", offer)
                self.check(connection, TEXTS + ["close 1000 enough"], TEXTS)
                self.assertEqual(connection["websocket"]["close_code"], 1000)
                self.assertIn(agreed, connection["websocket"]["extensions"])

    def test_node_ws(self):
        deflate = json.dumps({"threshold": 0})
        server = self.start("node", HERE.with_name("wsserver.js"), env=dict(ENVIRONMENT, WS_DEFLATE=deflate))
        port = int(server.stdout.readline())
        for offer, agreed in OFFERS.items():
            with self.subTest(offer=offer):
                connection = self.talk(f"ws://127.0.0.1:{port}/", offer)
                self.check(connection, TEXTS + ["close 1000 enough"], TEXTS)
                self.assertEqual(connection["websocket"]["close_code"], 1000)
                self.assertIn(agreed, connection["websocket"]["extensions"])

    def test_context_takeover_saves_bytes(self):
        port = serve(self, echo(2), extensions=[pmd.ServerPerMessageDeflateFactory()])
        sizes = {}
        for offer in ("permessage-deflate", "client_no_context_takeover"):
            self.log.unlink(missing_ok=True)
            self.session(f"ws://127.0.0.1:{port}/", "--option", f"deflate={offer}", "--send", NOISE, "--send", NOISE,
                         log=self.log)
            first, second = [len(payload) for byte, payload in frames(self.raw(self.log, "out"))
                             if byte & 15 == 1]
            self.assertLess(first, len(NOISE))
            sizes[offer] = second / first
        self.assertLess(sizes["permessage-deflate"], 0.1)
        self.assertEqual(sizes["client_no_context_takeover"], 1)

    def test_a_server_that_declines(self):
        port = serve(self, echo(1), compression=None)
        summary = self.session(f"ws://127.0.0.1:{port}/", "--option", "deflate=on", "--send", "plain", log=self.log)
        self.assertEqual(summary["connections"][0]["websocket"]["extensions"], "")
        self.assertEqual([first for first, _ in frames(self.raw(self.log, "out"))], [0x81, 0x88])


class Listener(Deflated):
    def listen(self, deflate):
        self.log.unlink(missing_ok=True)
        listener = self.start(BINARY, "run", "ws-listen://127.0.0.1:0", "--option", "answer=echo", "--option",
                              f"deflate={deflate}", "--log", self.log, "--print", "none")
        return listener, listening_port(listener)

    def test_python_websockets(self):
        cases = [
            ("on", {"client_max_window_bits": True}),
            ("on", {"server_no_context_takeover": True, "client_no_context_takeover": True}),
            ("on", {"server_max_window_bits": 9}),
            ("server_max_window_bits=10; server_no_context_takeover", {"client_max_window_bits": True}),
            ("client_max_window_bits=9", {"client_max_window_bits": True}),
            ("client_no_context_takeover", {}),
        ]
        for deflate, offer in cases:
            with self.subTest(deflate=deflate, offer=offer):
                listener, port = self.listen(deflate)

                async def talk():
                    factory = pmd.ClientPerMessageDeflateFactory(**offer)
                    async with websockets.connect(f"ws://127.0.0.1:{port}/", extensions=[factory],
                                                  compression=None) as socket:
                        self.assertEqual([each.name for each in socket.extensions], ["permessage-deflate"])
                        for text in TEXTS:
                            await socket.send(text)
                            self.assertEqual(await socket.recv(), text)

                asyncio.run(talk())
                self.interrupt(listener)
                self.check(self.info(self.log)["connections"][0], TEXTS, TEXTS)

    def test_node_ws(self):
        for deflate, offer in [
                ("on", {"threshold": 0}),
                ("on", {"threshold": 0, "serverNoContextTakeover": True, "clientNoContextTakeover": True}),
                ("on", {"threshold": 0, "serverMaxWindowBits": 10, "clientMaxWindowBits": 11}),
                ("server_max_window_bits=9; client_max_window_bits=9", {"threshold": 0})]:
            with self.subTest(deflate=deflate, offer=offer):
                listener, port = self.listen(deflate)
                client = self.start("node", HERE.with_name("wsechoed.js"), f"ws://127.0.0.1:{port}/",
                                    json.dumps(offer), json.dumps(TEXTS), env=ENVIRONMENT)
                self.assertEqual(client.wait(DEADLINE), 0)
                self.assertIn(b"permessage-deflate", client.stdout.read())
                self.interrupt(listener)
                self.check(self.info(self.log)["connections"][0], TEXTS, TEXTS)


if __name__ == "__main__":
    unittest.main()
