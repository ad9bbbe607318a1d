# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""A WebSocket listener with a browser's own WebSocket: Chromium without a window."""

import functools
import http.server
import json
import shutil
import threading
import unittest

from sidewire import BINARY, SidewireTest, listening_port, wait_for

CHROMIUM = shutil.which("chromium")

# Sends text and bytes, waits for their echo, then says by WebSocket what it has seen and closes.
PAGE = """<!DOCTYPE html><meta charset="utf-8"><script>
const socket = new WebSocket("ws://127.0.0.1:PORT/page?by=browser", ["soap", "mqtt"]);
socket.binaryType = "arraybuffer";
const seen = {};
socket.onopen = () => {
    seen.protocol = socket.protocol;
    seen.extensions = socket.extensions;
    socket.send("gr\\u00fc\\u00df dich");
    socket.send(new Uint8Array([0, 255, 13, 10]));
};
socket.onmessage = (message) => {
    if (typeof message.data === "string") {
        seen.text = message.data;
        return;
    }
    seen.bytes = Array.from(new Uint8Array(message.data));
    socket.onmessage = () => socket.close(4001, "page is done");
    socket.send(JSON.stringify(seen));
};
</script>"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@unittest.skipUnless(CHROMIUM, "there is no chromium")
class Chromium(SidewireTest):
    def serve(self, page):
        """A page on loopback; returns its origin."""
        (self.folder / "pages").mkdir()
        (self.folder / "pages" / "page.html").write_text(page, encoding="utf-8")
        handler = functools.partial(Quiet, directory=self.folder / "pages")
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return f"http://127.0.0.1:{server.server_port}"

    def open(self, url):
        profile = self.folder / "profile"
        # Without its sandbox it also runs as root, and without /dev/shm in a container.
        self.start(CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                   "--no-first-run", "--disable-background-networking", "--disable-component-update",
                   f"--user-data-dir={profile}", url)

    def test_text_and_bytes_come_back(self):
        log = self.talk()
        received = [m for m in self.messages(log) if m["direction"] == "in" and m["kind"] in ("text", "binary")]
        self.assertEqual(json.loads(received[2]["text"]),
                         {"protocol": "mqtt", "extensions": "", "text": "gr\u00fc\u00df dich",
                          "bytes": [0, 255, 13, 10]})

    def test_compressed_they_come_back_too(self):
        log = self.talk("--option", "deflate=on")
        for direction in ("in", "out"):
            stream = self.raw(log, direction).split(b"\r\n\r\n", 1)[1]
            self.assertEqual(stream[0], 0xc1, "not a compressed text")  # RFC 7692, 6

    def talk(self, *options):
        log = self.folder / "browser.pcapng"
        listener = self.start(BINARY, "run", "ws-listen://127.0.0.1:0", "--option", "answer=echo", "--option",
                              "subprotocol=mqtt", *options, "--log", log, "--print", "none", "--summary", "json")
        origin = self.serve(PAGE.replace("PORT", str(listening_port(listener))))
        self.open(f"{origin}/page.html")
        wait_for(lambda: b"page is done" in log.read_bytes() and b'"state":"closed"' in log.read_bytes(), listener)
        self.interrupt(listener)
        connection, = json.loads(listener.stdout.read())["connections"]
        self.assertEqual((connection["websocket"]["close_code"], connection["websocket"]["close_reason"]),
                         (4001, "page is done"))
        self.assertEqual(connection["websocket"]["subprotocol"], "mqtt")
        self.assertEqual(connection["violations"], 0)
        received = [m for m in self.messages(log) if m["direction"] == "in" and m["kind"] in ("text", "binary")]
        self.assertEqual([m["kind"] for m in received], ["text", "binary", "text"])
        request = self.raw(log, "in", "--connection", connection["id"]).split(b"\r\n\r\n")[0]
        self.assertIn(f"Origin: {origin}".encode(), request)
        return log


if __name__ == "__main__":
    unittest.main()
