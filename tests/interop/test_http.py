# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""The lenses http and sse on what a real server and a real client say to each other."""

import http.server
import threading
import unittest

from sidewire import BINARY, SidewireTest, listening_port, wait_for

EVENTS = ["data: one", "event: tick\ndata: two\ndata: lines", "id: 3\nretry: 10\ndata: three"]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_HEAD(self):
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()

    def do_GET(self):
        self.send_response(200)
        if self.path == "/length":
            self.send_header("Content-Length", "5")
            self.end_headers()
            self.wfile.write(b"hello")
            return
        is_events = self.path == "/events"
        self.send_header("Content-Type", "text/event-stream" if is_events else "text/plain")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        text = "".join(event + "\n\n" for event in EVENTS).encode() if is_events else b"in pieces of seven bytes"
        for at in range(0, len(text), 7):
            piece = text[at:at + 7]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        self.wfile.write(b"0\r\n\r\n")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[::-1])


def request(method, path, *fields, body=""):
    head = [f"{method} {path} HTTP/1.1", "Host: a", *fields]
    return "\\r\\n".join(head) + "\\r\\n\\r\\n" + body


class Http(SidewireTest):
    def setUp(self):
        super().setUp()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.target = f"tcp://127.0.0.1:{self.server.server_port}"
        self.log = self.folder / "a.pcapng"

    def test_messages_of_a_connection_that_is_kept_alive(self):
        requests = [request("GET", "/length"), request("HEAD", "/"), request("GET", "/chunks"),
                    request("POST", "/", "Content-Length: 3", body="abc"), request("GET", "/length", "Connection: close")]
        self.session(self.target, "--send", "".join(requests), "--lens", "http", log=self.log)
        messages = self.messages(self.log, "--lens", "http")
        sent = [each for each in messages if each["direction"] == "out"]
        self.assertEqual([each["kind"] for each in sent], ["request"] * 5)
        self.assertTrue(sent[3]["text"].endswith("\r\n\r\nabc"))
        received = [each for each in messages if each["direction"] == "in"]
        self.assertEqual([each["kind"] for each in received], ["response"] * 5)
        bodies = [each["text"].split("\r\n\r\n", 1)[1] for each in received]
        self.assertEqual(bodies, ["hello", "", "in pieces of seven bytes", "cba", "hello"])

    def test_auto_recognises_it(self):
        run = self.sidewire("run", self.target, "--send", request("GET", "/length", "Connection: close"),
                            "--print", "messages", "--log", self.log)
        self.assertIn(b"response", run.stdout)
        self.assertEqual([each["kind"] for each in self.messages(self.log)], ["request", "response"])

    def test_events_that_cross_chunks(self):
        self.session(self.target, "--send", request("GET", "/events", "Connection: close"), log=self.log)
        for lens in ("sse", "auto"):
            messages = self.messages(self.log, "--lens", lens)
            self.assertEqual([each["text"] for each in messages if each["kind"] == "frame"], EVENTS)
        whole = self.messages(self.log, "--lens", "http")[-1]["text"].split("\r\n\r\n", 1)[1]
        self.assertEqual(whole, "".join(event + "\n\n" for event in EVENTS))

    def test_curl_is_cut_by_a_listener(self):
        listener = self.start(BINARY, "run", "tcp-listen://127.0.0.1:0", "--log", self.log)
        port = listening_port(listener)
        self.start("curl", "-s", "--http1.1", "-H", "Expect:", "-H", "Transfer-Encoding: chunked", "-d", "hello",
                   f"http://127.0.0.1:{port}/x")
        # Nobody answers curl, so the log tells that its request is complete.
        wait_for(lambda: b"0\r\n\r\n" in self.raw_so_far(self.log, "in"), listener)
        self.interrupt(listener)
        requests = [each for each in self.messages(self.log, "--lens", "http") if each["direction"] == "in"]
        self.assertEqual([each["kind"] for each in requests], ["request"])
        self.assertTrue(requests[0]["text"].startswith("POST /x HTTP/1.1\r\n"))
        self.assertTrue(requests[0]["text"].endswith("\r\n\r\nhello"))


if __name__ == "__main__":
    unittest.main()
