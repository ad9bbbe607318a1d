# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""Listeners with clients that we did not write: ncat, socat, curl, node's ws, python3-websockets."""

import asyncio
import json
import os
import pathlib
import random
import subprocess
import unittest

import websockets

from sidewire import BINARY, DEADLINE, SidewireTest, listening_port

BYTES = random.Random(3).randbytes(200_000)


class ListenerTest(SidewireTest):
    def listen(self, target, *options):
        """Starts a listener and returns its port."""
        self.log = self.folder / "listener.pcapng"
        arguments = [part for option in options for part in ("--option", option)]
        self.listener = self.start(BINARY, "run", target, *arguments, "--log", self.log, "--print", "none",
                                   "--summary", "json")
        return listening_port(self.listener)

    def summary(self):
        """Ends the listener and returns what it tells of its connections."""
        self.interrupt(self.listener)
        return json.loads(self.listener.stdout.read())["connections"]

    def run_client(self, *command, sends=b"", status=0, **options):
        done = subprocess.run(list(map(str, command)), input=sends, capture_output=True, timeout=DEADLINE,
                              check=False, **options)
        self.assertEqual(done.returncode, status, f"{command}: {done.stderr!r}")
        return done.stdout


class Tcp(ListenerTest):
    def test_ncat_gets_its_bytes_back(self):
        port = self.listen("tcp-listen://127.0.0.1:0", "answer=echo")
        self.assertEqual(self.run_client("ncat", "127.0.0.1", port, sends=BYTES), BYTES)
        connection, = self.summary()
        self.assertEqual((connection["bytes_in"], connection["bytes_out"]), (len(BYTES), len(BYTES)))
        self.assertEqual(connection["closed_by"], "peer")
        self.assertEqual(self.raw(self.log, "in"), BYTES)
        self.assertEqual(self.raw(self.log, "out"), BYTES)

    def test_both_families_on_one_port(self):
        port = self.listen("tcp-listen://[::]:0", "answer=echo")
        self.assertEqual(self.run_client("ncat", "-4", "127.0.0.1", port, sends=b"four"), b"four")
        self.assertEqual(self.run_client("ncat", "-6", "::1", port, sends=b"six"), b"six")
        peers = [connection["peer"].rsplit(":", 1)[0] for connection in self.summary()]
        self.assertEqual(peers, ["127.0.0.1", "[::1]"])

    def test_socat_is_served_a_file(self):
        served = self.folder / "served"
        served.write_bytes(BYTES)
        port = self.listen("tcp-listen://127.0.0.1:0", f"answer=file:{served}")
        got = self.run_client("socat", "-t", DEADLINE, "-", f"TCP:127.0.0.1:{port}", sends=b"GET\n")
        self.assertEqual(got, BYTES)
        self.assertEqual(self.summary()[0]["bytes_out"], len(BYTES))

    def test_what_is_discarded_is_recorded(self):
        port = self.listen("tcp-listen://127.0.0.1:0", "answer=discard")
        self.assertEqual(self.run_client("ncat", "127.0.0.1", port, sends=BYTES), b"")
        self.summary()
        self.assertEqual(self.raw(self.log, "in"), BYTES)

    def test_a_greeting_comes_first(self):
        port = self.listen("tcp-listen://127.0.0.1:0", "answer=greet:220 ready ")
        self.assertEqual(self.run_client("ncat", "127.0.0.1", port, sends=b"HELO"), b"220 ready HELO")
        self.assertEqual(self.summary()[0]["state"], "closed")


class PlainHttp(ListenerTest):
    def curl(self, port, *arguments):
        head, _, body = self.run_client("curl", "-sS", "-i", *arguments, f"http://127.0.0.1:{port}/page") \
            .partition(b"\r\n\r\n")
        status, *fields = head.decode().split("\r\n")
        return status, {name.lower(): value for name, value in (field.split(": ", 1) for field in fields)}, body

    def test_a_page_is_426(self):
        status, fields, body = self.curl(self.listen("ws-listen://127.0.0.1:0"))
        self.assertEqual(status, "HTTP/1.1 426 Upgrade Required")
        self.assertEqual((fields["upgrade"], fields["sec-websocket-version"]), ("websocket", "13"))
        self.assertEqual(body, b"This is a WebSocket server.\n")
        connection, = self.summary()
        self.assertEqual(connection["websocket"]["status"], 426)
        self.assertEqual([m["kind"] for m in self.messages(self.log)], ["request", "response"])

    def test_the_head_of_a_page_is_426_without_a_body(self):
        status, fields, body = self.curl(self.listen("ws-listen://127.0.0.1:0"), "--head")
        self.assertEqual(status, "HTTP/1.1 426 Upgrade Required")
        self.assertEqual((fields["content-length"], body), ("28", b""))

    def test_a_form_is_426(self):
        status, _, _ = self.curl(self.listen("ws-listen://127.0.0.1:0"), "--data", "a=b")
        self.assertEqual(status, "HTTP/1.1 426 Upgrade Required")

    def test_a_malformed_upgrade_is_told_what_is_wrong(self):
        upgrade = ["-H", "Connection: Upgrade", "-H", "Upgrade: websocket"]
        port = self.listen("ws-listen://127.0.0.1:0")
        status, fields, _ = self.curl(port, *upgrade, "-H", "Sec-WebSocket-Version: 8", "-H",
                                      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
        self.assertEqual((status, fields["sec-websocket-version"]), ("HTTP/1.1 426 Upgrade Required", "13"))
        status, _, body = self.curl(port, *upgrade, "-H", "Sec-WebSocket-Version: 13")
        self.assertEqual((status, body),
                         ("HTTP/1.1 400 Bad Request", b"Sec-WebSocket-Key is not 16 bytes in base64.\n"))


class NodeWs(ListenerTest):
    def talk(self, port, *subprotocols, path="/"):
        script = pathlib.Path(__file__).with_name("nodeclient.js")
        return json.loads(self.run_client("node", script, f"ws://127.0.0.1:{port}{path}", *subprotocols,
                                          env=dict(os.environ, NODE_PATH="/usr/share/nodejs")))

    def test_text_bytes_ping_and_close(self):
        port = self.listen("ws-listen://127.0.0.1:0", "answer=echo", "subprotocol=soap,mqtt")
        got = self.talk(port, "wamp", "mqtt")
        self.assertEqual(got, {"protocol": "mqtt", "texts": ["from node"], "binaries": ["00ff0d0a"],
                               "pong": "are you there", "code": 3000, "reason": got["reason"]})
        connection, = self.summary()
        self.assertEqual(connection["violations"], 0)
        websocket = connection["websocket"]
        self.assertEqual((websocket["subprotocol"], websocket["close_code"], websocket["close_reason"]),
                         ("mqtt", 3000, "node is done"))

    def test_a_path_that_is_not_served(self):
        port = self.listen("ws-listen://127.0.0.1:0", "accept-path=/chat", "refuse-status=404")
        got = self.talk(port, path="/other")
        self.assertEqual((got["status"], got["body"]), (404, "The path /other is not served here.\n"))
        self.assertEqual(self.summary()[0]["websocket"]["status"], 404)

    def test_an_origin_that_is_not_accepted(self):
        port = self.listen("ws-listen://127.0.0.1:0", "accept-origin=http://a.example")
        got = self.talk(port)
        self.assertEqual((got["status"], got["body"]), (403, "The origin http://node.example is not accepted here.\n"))

    def test_everybody_is_refused(self):
        got = self.talk(self.listen("ws-listen://127.0.0.1:0", "upgrade=refuse", "refuse-status=503"))
        self.assertEqual((got["status"], got["body"]), (503, "Every upgrade is refused here.\n"))


class PythonWebsockets(ListenerTest):
    def talk(self, port, conversation, **options):
        async def run():
            async with websockets.connect(f"ws://127.0.0.1:{port}/chat?room=1", **options) as socket:
                await conversation(socket)
            return socket

        return asyncio.run(asyncio.wait_for(run(), DEADLINE))

    def test_origin_and_subprotocols_are_shown(self):
        async def conversation(socket):
            self.assertEqual(socket.subprotocol, "soap")

        port = self.listen("ws-listen://127.0.0.1:0", "subprotocol=mqtt,soap")
        self.talk(port, conversation, subprotocols=["soap", "mqtt"], origin="http://a.example")
        self.summary()
        event, = [line for line in self.log.read_bytes().split(b"\n") if b'"upgrade-requested"' in line]
        asked = json.loads(event.split(b"=", 1)[1])
        self.assertEqual((asked["path"], asked["origin"], asked["subprotocols"], asked["waiting"]),
                         ("/chat?room=1", "http://a.example", ["soap", "mqtt"], False))

    def test_its_close_codes_are_answered(self):
        port = self.listen("ws-listen://127.0.0.1:0", "answer=echo")
        for code in (1000, 1001, 1008, 3000, 4999):
            async def conversation(socket, code=code):
                await socket.send("x")
                self.assertEqual(await socket.recv(), "x")
                await (await socket.ping())
                await socket.close(code, "why not")

            self.assertEqual(self.talk(port, conversation).close_code, code)
        told = [(c["websocket"]["close_code"], c["websocket"]["close_reason"], c["violations"])
                for c in self.summary()]
        self.assertEqual(told, [(code, "why not", 0) for code in (1000, 1001, 1008, 3000, 4999)])

    def test_a_file_is_text_or_bytes(self):
        served = self.folder / "served"
        got = []

        async def conversation(socket):
            for content in ("gr\u00fc\u00df dich".encode(), b"\xff\x00"):
                served.write_bytes(content)
                await socket.send("give")
                got.append(await socket.recv())

        self.talk(self.listen("ws-listen://127.0.0.1:0", f"answer=file:{served}"), conversation)
        self.assertEqual(got, ["gr\u00fc\u00df dich", b"\xff\x00"])

    def test_a_file_that_is_missing_is_a_warning(self):
        missing = self.folder / "missing"

        async def conversation(socket):
            await socket.send("give")
            await (await socket.ping())  # Its pong comes after whatever the message was answered with
            self.assertEqual(len(socket.messages), 0)

        self.talk(self.listen("ws-listen://127.0.0.1:0", f"answer=file:{missing}"), conversation)
        self.summary()
        warning = f"Not answered: {missing} cannot be read: there is no such file"
        self.assertIn(warning.encode(), self.log.read_bytes())

    def test_several_at_once(self):
        port = self.listen("ws-listen://127.0.0.1:0", "answer=echo")

        async def one(number):
            async with websockets.connect(f"ws://127.0.0.1:{port}/") as socket:
                for turn in range(20):
                    await socket.send(f"{number} {turn}")
                    self.assertEqual(await socket.recv(), f"{number} {turn}")

        async def all_of_them():
            await asyncio.gather(*(one(number) for number in range(50)))

        asyncio.run(asyncio.wait_for(all_of_them(), DEADLINE))
        connections = self.summary()
        self.assertEqual(len(connections), 50)
        self.assertEqual({c["websocket"]["close_code"] for c in connections}, {1000})


if __name__ == "__main__":
    unittest.main()
