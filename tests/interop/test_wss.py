# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""WebSocket over TLS with python3-websockets, node's ws, curl, and nginx in between."""

import asyncio
import os
import pathlib
import shutil
import ssl
import subprocess
import tempfile
import unittest

import websockets

import certificates
import nginx
from sidewire import BINARY, SidewireTest, listening_port
from websocketserver import echo, serve

BIG = "0123456789abcdef" * 65536  # 1 MiB: 64 TLS records
NODE = dict(os.environ, NODE_PATH="/usr/share/nodejs")


class WssTest(SidewireTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.certificates = pathlib.Path(tempfile.mkdtemp(prefix="sidewire-test-"))
        cls.addClassCleanup(shutil.rmtree, cls.certificates)
        certificates.make(cls.certificates)
        cls.ca, cls.pem, cls.key = (str(cls.certificates / name) for name in ("ca.pem", "server.pem", "server.key"))

    def setUp(self):
        super().setUp()
        self.log = self.folder / "wss.pcapng"

    def serving(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.pem, self.key)
        return context

    def trusting(self):
        return ssl.create_default_context(cafile=self.ca)

    def heard(self, direction="in", kind="text"):
        return [m["text"] for m in self.messages(self.log) if (m["direction"], m["kind"]) == (direction, kind)]


class Client(WssTest):
    def talk(self, port, *arguments, status=0):
        return self.session(f"wss://localhost:{port}/", "--option", f"ca={self.ca}", *arguments, log=self.log,
                            status=status)

    def check(self, summary, texts):
        self.assertEqual(self.heard(), texts)
        connection = summary["connections"][0]
        self.assertEqual(connection["websocket"]["status"], 101)
        self.assertEqual(connection["tls"]["verification"], "verified")
        self.assertEqual(connection["violations"], 0)
        self.assertIsNone(summary["error"])
        names = [phase["name"] for phase in connection["phases"]]
        self.assertLess(names.index("tcp"), names.index("tls"))
        self.assertLess(names.index("tls"), names.index("upgrade"))

    def test_python_websockets(self):
        big = self.folder / "big"
        big.write_text(BIG)
        port = serve(self, echo(2), ssl=self.serving())
        summary = self.talk(port, "--send", "hello", "--send-file", big)
        self.check(summary, ["hello", BIG])
        self.assertEqual(summary["connections"][0]["websocket"]["close_reason"], "enough")

    def test_node_ws(self):
        script = pathlib.Path(__file__).with_name("wsserver.js")
        server = self.start("node", script, self.pem, self.key, env=NODE)
        summary = self.talk(int(server.stdout.readline()), "--send", "hello", "--send", "close 4321 why")
        self.check(summary, ["hello"])
        self.assertEqual(summary["connections"][0]["websocket"]["close_code"], 4321)

    def test_nginx_in_front_of_python_websockets(self):
        big = self.folder / "big"
        big.write_text(BIG[:900_000])  # python3-websockets takes 1 MiB at most
        upstream = serve(self, echo(2))
        port = nginx.terminate_tls(self, f"http://127.0.0.1:{upstream}", self.pem, self.key)
        summary = self.talk(port, "--send", "hello", "--send-file", big)
        self.check(summary, ["hello", BIG[:900_000]])
        self.assertEqual(summary["connections"][0]["tls"]["alpn"], "http/1.1")

    def test_nginx_whose_upstream_is_gone(self):
        port = nginx.terminate_tls(self, f"http://127.0.0.1:{self.refusing_port()}", self.pem, self.key)
        summary = self.talk(port, status=2)
        self.assertEqual(summary["connections"][0]["websocket"]["status"], 502)
        self.assertEqual(summary["connections"][0]["tls"]["verification"], "verified")

    def test_an_unknown_authority(self):
        port = serve(self, echo(1), ssl=self.serving())
        summary = self.session(f"wss://localhost:{port}/", status=2)
        self.assertIn("unknown issuer", summary["error"])


class Listener(WssTest):
    def listener(self, scheme="wss", *options):
        tls = [part for option in (f"cert={self.pem}", f"key={self.key}") for part in ("--option", option)]
        process = self.start(BINARY, "run", f"{scheme}-listen://127.0.0.1:0", "--option", "answer=echo",
                             *(tls if scheme == "wss" else ()), *options, "--log", self.log, "--print", "none")
        return process, listening_port(process)

    def python_client(self, port):
        async def talk():
            async with websockets.connect(f"wss://localhost:{port}/", ssl=self.trusting(), max_size=None) as socket:
                await socket.send("hello")
                first = await socket.recv()
                await socket.send(BIG)
                return first, await socket.recv()

        self.assertEqual(asyncio.run(talk()), ("hello", BIG))

    def test_python_websockets(self):
        listener, port = self.listener()
        self.python_client(port)
        self.interrupt(listener)
        self.assertEqual(self.heard("out"), ["hello", BIG])
        self.assertEqual(self.info(self.log)["connections"][0]["tls"]["alpn"], "")

    def test_node_ws(self):
        listener, port = self.listener()
        script = pathlib.Path(__file__).with_name("wsclient.js")
        done = subprocess.run(["node", script, f"wss://localhost:{port}/", self.ca, "grüße"], env=NODE, timeout=60,
                              capture_output=True, check=True)
        self.assertEqual(done.stdout.decode(), "grüße\n")
        self.interrupt(listener)
        self.assertEqual(self.heard(), ["grüße"])

    def test_nginx_in_front_of_a_plain_listener(self):
        listener, upstream = self.listener("ws")
        port = nginx.terminate_tls(self, f"http://127.0.0.1:{upstream}", self.pem, self.key)
        self.python_client(port)
        self.interrupt(listener)
        self.assertEqual(self.heard(), ["hello", BIG])

    def test_nginx_in_front_of_a_listener_with_tls(self):
        listener, upstream = self.listener()
        port = nginx.terminate_tls(self, f"https://127.0.0.1:{upstream}", self.pem, self.key)
        self.python_client(port)
        self.interrupt(listener)
        self.assertEqual(self.heard(), ["hello", BIG])
        self.assertEqual(self.info(self.log)["connections"][0]["tls"]["protocol"], "TLS 1.2")  # nginx's own choice

    def test_plain_https_is_answered(self):
        listener, port = self.listener()
        done = subprocess.run(["curl", "-s", "-m", "30", "--cacert", self.ca, "-o", os.devnull, "-w", "%{http_code}",
                               f"https://localhost:{port}/"], capture_output=True, check=True)
        self.assertEqual(done.stdout, b"426")
        self.interrupt(listener)


if __name__ == "__main__":
    unittest.main()
