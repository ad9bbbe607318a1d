# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""Connections that follow a connection by themselves: connecting again, and the redirects of an HTTP server."""

import http.server
import socket
import threading
import unittest

import certificates
import websocketserver
from sidewire import BINARY, DEADLINE, SidewireTest, listening_port, wait_for


class Reconnecting(SidewireTest):
    def setUp(self):
        super().setUp()
        self.log = self.folder / "log.pcapng"

    def heard(self):
        return [m["text"] for m in self.messages(self.log, "--lens", "auto") if m["direction"] == "in"]

    def test_the_end_of_the_peers_stream_is_followed_by_a_connection(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.settimeout(DEADLINE)
            session = self.start(BINARY, "run", f"tcp://127.0.0.1:{server.getsockname()[1]}", "--option", "reconnect=10",
                                 "--until", "messages:3", "--log", self.log)
            for text in (b"one\n", b"two\n"):
                client, _ = server.accept()
                with client:
                    client.sendall(text)
                    client.shutdown(socket.SHUT_WR)
                    self.assertEqual(client.recv(1), b"")  # Ours follows
            client, _ = server.accept()
            with client:
                client.sendall(b"three\n")
                self.assertEqual(session.wait(DEADLINE), 0)
        self.assertEqual(self.heard(), ["one", "two", "three"])
        ends = [(c["state"], c["closed_by"]) for c in self.info(self.log)["connections"]]
        self.assertEqual(ends, [("closed", "peer"), ("closed", "peer"), ("closed", "us")])

    def test_a_server_that_comes_later_is_found(self):
        with socket.socket() as server:
            server.settimeout(DEADLINE)
            server.bind(("127.0.0.1", 0))
            session = self.start(BINARY, "run", f"tcp://127.0.0.1:{server.getsockname()[1]}", "--option", "reconnect=10",
                                 "--send", "here", "--log", self.log)
            wait_for(lambda: self.log.exists() and b"attempt 2" in self.log.read_bytes(), session)
            server.listen()
            client, _ = server.accept()
            with client:
                client.settimeout(DEADLINE)
                self.assertEqual(client.recv(4, socket.MSG_WAITALL), b"here")
                self.interrupt(session)
        states = [c["state"] for c in self.info(self.log)["connections"]]
        self.assertEqual(states, ["failed"] * (len(states) - 1) + ["closed"])
        self.assertGreater(len(states), 2)

    def test_socat_under_tls_ends_each_connection(self):
        certificates.self_signed(self.folder, "server", "localhost")
        socat = self.start("socat", f"OPENSSL-LISTEN:0,bind=127.0.0.1,fork,verify=0,cert={self.folder}/server.pem,"
                           f"key={self.folder}/server.key", "SYSTEM:echo hello")
        summary = self.session(f"tls://127.0.0.1:{listening_port(socat)}", "--option", "verify=off", "--option",
                               "reconnect=1", "--until", "messages:3", log=self.log)
        self.assertEqual([c["bytes_in"] for c in summary["connections"]][:3], [6, 6, 6])

    def test_a_websocket_that_goes_away_is_opened_again(self):
        async def goodbye(web_socket, _path):
            await web_socket.send("hello")
            await web_socket.close(1001, "restarting")

        port = websocketserver.serve(self, goodbye)
        summary = self.session(f"ws://127.0.0.1:{port}/", "--option", "reconnect=1", "--until", "messages:4", log=self.log)
        first, second, *_ = summary["connections"]  # Of two messages each: the text and the close frame
        self.assertEqual((first["websocket"]["close_code"], second["websocket"]["status"]), (1001, 101))

    def test_off_is_the_default(self):
        socat = self.start("socat", "TCP-LISTEN:0,bind=127.0.0.1,fork", "SYSTEM:echo hello")
        summary = self.session(f"tcp://127.0.0.1:{listening_port(socat)}", log=self.log)
        self.assertEqual(len(summary["connections"]), 1)


class Redirects(SidewireTest):
    def setUp(self):
        super().setUp()
        self.log = self.folder / "log.pcapng"
        self.heads = []

        async def greet(web_socket, path):
            self.heads.append((path, web_socket.request_headers))
            await web_socket.send("arrived")

        self.goal = websocketserver.serve(self, greet)

    def redirecting(self, locations):
        """An HTTP server that answers each path with the Location that is said for it; returns its port."""

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(302)
                self.send_header("Location", locations[self.path])
                self.end_headers()

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        self.addCleanup(server.server_close)
        self.addCleanup(thread.join)
        self.addCleanup(server.shutdown)
        return server.server_address[1]

    def test_they_are_shown_and_not_followed_unless_asked(self):
        port = self.redirecting({"/": f"ws://127.0.0.1:{self.goal}/there"})
        summary = self.session(f"ws://127.0.0.1:{port}/", log=self.log, status=2)
        connection, = summary["connections"]
        self.assertEqual((connection["state"], connection["websocket"]["status"]), ("failed", 302))
        self.assertEqual(connection["redirected_to"], f"ws://127.0.0.1:{self.goal}/there")
        self.assertIn("redirects are not followed", summary["error"])
        self.assertEqual(self.heads, [])

    def test_each_is_a_connection_in_the_log(self):
        port = self.redirecting({"/": "/next?a=b", "/next?a=b": f"http://127.0.0.1:{self.goal}/there?c=d"})
        summary = self.session(f"ws://127.0.0.1:{port}/", "--option", "redirects=2", "--option", "auth=me:secret",
                               "--option", "origin=http://a.example", "--until", "messages:1", log=self.log)
        self.assertEqual([c["websocket"]["status"] for c in summary["connections"]], [302, 302, 101])
        (path, headers), = self.heads
        self.assertEqual(path, "/there?c=d")
        self.assertEqual(headers["Host"], f"127.0.0.1:{self.goal}")
        self.assertEqual(headers["Origin"], "http://a.example")
        self.assertNotIn("Authorization", headers)  # It was for another server

    def test_too_many_are_named(self):
        port = self.redirecting({"/": "/next", "/next": f"ws://127.0.0.1:{self.goal}/"})
        summary = self.session(f"ws://127.0.0.1:{port}/", "--option", "redirects=1", log=self.log, status=2)
        self.assertIn("1 redirects have been followed already", summary["error"])

    def test_a_loop_is_named(self):
        port = self.redirecting({"/": "/next", "/next": "/"})
        summary = self.session(f"ws://127.0.0.1:{port}/", "--option", "redirects=9", log=self.log, status=2)
        self.assertIn("the redirects go in a loop", summary["error"])


if __name__ == "__main__":
    unittest.main()
