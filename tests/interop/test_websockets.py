# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""WebSocket sessions with python3-websockets, as server and as client."""

import asyncio
import http
import unittest

import websockets

from sidewire import BINARY, SidewireTest, listening_port
from websocketserver import echo, serve


class Client(SidewireTest):
    def setUp(self):
        super().setUp()
        self.log = self.folder / "ws.pcapng"

    def talk(self, handler, *arguments, path="/", status=0, **options):
        port = serve(self, handler, **options)
        return self.session(f"ws://127.0.0.1:{port}{path}", *arguments, log=self.log, status=status)

    def heard(self, *kinds):
        return [m for m in self.messages(self.log) if m["direction"] == "in" and m["kind"] in kinds]

    def test_text_comes_back_and_the_close_is_told(self):
        summary = self.talk(echo(2), "--send", "hello", "--send", "grüße, 세계")
        self.assertEqual([m["text"] for m in self.heard("text")], ["hello", "grüße, 세계"])
        connection = summary["connections"][0]
        self.assertEqual(connection["websocket"]["status"], 101)
        self.assertEqual(connection["websocket"]["close_code"], 1000)
        self.assertEqual(connection["websocket"]["close_reason"], "enough")
        self.assertEqual(connection["closed_by"], "peer")
        self.assertEqual(connection["violations"], 0)
        self.assertIsNone(summary["error"])

    def test_binary_of_every_byte_value(self):
        payload = bytes(range(256))
        self.talk(echo(1), "--binary", "--send-hex", payload.hex())
        [message] = self.heard("binary")
        self.assertEqual(message["length"], 256)
        self.assertIn(payload, self.raw(self.log, "in"))

    def test_a_message_of_a_mebibyte(self):
        text = "0123456789abcdef" * 65536
        path = self.folder / "payload"
        path.write_text(text)
        self.talk(echo(1), "--send-file", path)
        [message] = self.heard("text")
        self.assertEqual(message["text"], text)

    def test_fragments_are_put_together(self):
        async def handler(socket, _path):
            await socket.send(["one ", "message ", "of three"])
            await socket.close()

        self.talk(handler)
        self.assertEqual([m["text"] for m in self.heard("text")], ["one message of three"])

    def test_a_ping_is_answered_with_its_payload(self):
        async def handler(socket, _path):
            await (await socket.ping(b"are you there"))
            await socket.close()

        self.talk(handler)
        told = [(m["direction"], m["text"]) for m in self.messages(self.log) if m["kind"] in ("ping", "pong")]
        self.assertEqual(told, [("in", "are you there"), ("out", "are you there")])

    def test_headers_credentials_path_and_subprotocol_arrive(self):
        seen = {}

        async def handler(socket, path):
            seen.update(path=path, protocol=socket.subprotocol, **dict(socket.request_headers.raw_items()))
            await socket.close()

        summary = self.talk(handler, "--option", "header=X-Token: a b", "--option", "auth=me:secret",
                            "--option", "subprotocol=chat.v2,chat.v1", path="/room?x=1", subprotocols=["chat.v1"])
        self.assertEqual(seen["path"], "/room?x=1")
        self.assertEqual(seen["X-Token"], "a b")
        self.assertEqual(seen["Authorization"], "Basic bWU6c2VjcmV0")
        self.assertEqual(seen["protocol"], "chat.v1")
        self.assertEqual(summary["connections"][0]["websocket"]["subprotocol"], "chat.v1")

    def test_the_true_host_line_is_sent(self):
        seen = {}

        async def handler(socket, _path):
            seen["host"] = socket.request_headers["Host"]
            seen["port"] = socket.local_address[1]
            await socket.close()

        self.talk(handler)
        self.assertEqual(seen["host"], f"127.0.0.1:{seen['port']}")

    def test_a_refused_upgrade_shows_its_head_and_body(self):
        async def refuse(_path, _headers):
            return http.HTTPStatus.UNAUTHORIZED, [("WWW-Authenticate", 'Basic realm="x"')], b"who are you?\n"

        summary = self.talk(echo(0), process_request=refuse, status=2)
        self.assertEqual(summary["connections"][0]["websocket"]["status"], 401)
        self.assertIsNotNone(summary["error"])
        answer = self.raw(self.log, "in")
        self.assertTrue(answer.startswith(b"HTTP/1.1 401 "), answer)
        self.assertTrue(answer.endswith(b"\r\n\r\nwho are you?\n"), answer)

    def test_a_connection_cut_in_the_middle_of_a_frame(self):
        async def handler(socket, _path):
            await socket.recv()
            socket.transport.write(b"\x81\x7dbegun")
            socket.transport.close()

        summary = self.talk(handler, "--send", "go on", status=3)
        self.assertIsNotNone(summary["error"])
        self.assertTrue(self.raw(self.log, "in").endswith(b"\x81\x7dbegun"))


class Listener(SidewireTest):
    def test_a_client_is_answered(self):
        log = self.folder / "listener.pcapng"
        listener = self.start(BINARY, "run", "ws-listen://127.0.0.1:0", "--option", "answer=echo", "--log", log,
                              "--print", "none")
        port = listening_port(listener)

        async def talk():
            async with websockets.connect(f"ws://127.0.0.1:{port}/") as socket:
                await socket.send("text")
                self.assertEqual(await socket.recv(), "text")
                await socket.send(b"\x00\xff")
                self.assertEqual(await socket.recv(), b"\x00\xff")
                await (await socket.ping(b"ping"))
            self.assertEqual(socket.close_code, 1000)

        asyncio.run(talk())
        self.interrupt(listener)
        connection = self.info(log)["connections"][0]
        self.assertEqual(connection["violations"], 0)
        self.assertEqual(connection["websocket"]["close_code"], 1000)


if __name__ == "__main__":
    unittest.main()
