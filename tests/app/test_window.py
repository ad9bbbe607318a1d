# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""The real window, offscreen: it opens, shows a session or a log, paints and closes."""

import contextlib
import json
import resource
import socket
import struct
import unittest

from sidewire import BINARY, SidewireTest, listening_port, wait_for


def png_size(path):
    data = path.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", data[16:24])


class Window(SidewireTest):
    def make_log(self):
        log = self.folder / "session.pcapng"
        with socket.create_server(("127.0.0.1", 0)) as server:
            run = self.start(BINARY, "run", f"tcp://127.0.0.1:{server.getsockname()[1]}", "--log", log)
            client, _ = server.accept()
            with client:
                client.sendall(b"hello\nworld\n")
            self.assertEqual(run.wait(60), 0)
        return log

    def picture(self, *arguments):
        path = self.folder / "window.png"
        self.sidewire("--screenshot", path, "--size", "1100x700", *arguments)
        self.assertEqual(png_size(path), (1100, 700))
        return path.read_bytes()

    def test_the_empty_window_opens_and_closes(self):
        self.picture()

    def test_a_log_is_shown_and_not_changed(self):
        log = self.make_log()
        before = log.read_bytes()
        self.assertNotEqual(self.picture(log), self.picture())
        self.assertEqual(log.read_bytes(), before)

    def test_it_tells_when_a_log_was_indexed(self):
        measured = self.folder / "measured.json"
        self.picture("--measure-ui", measured, self.make_log())
        self.assertGreater(json.loads(measured.read_text())["indexed"], 0)

    def test_a_log_is_first_seen_as_asked_for(self):
        log = self.make_log()
        pictures = {self.picture(log), self.picture("--filter", '"world"', log), self.picture("--find", "hello", log)}
        self.assertEqual(len(pictures), 3)

    def test_a_wrong_filter_opens_no_window(self):
        done = self.sidewire("--filter", "kind:nonsense", status=1)
        self.assertIn(b"--filter: ", done.stderr)

    def test_light_and_dark_differ(self):
        self.assertNotEqual(self.picture("--theme", "light"), self.picture("--theme", "dark"))

    def test_a_thousand_clients_of_a_listener(self):
        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
        measured = self.folder / "measured.json"
        window = self.start(BINARY, "--size", "1366x768", "--measure-ui", measured, "tcp-listen://127.0.0.1:0")
        port = listening_port(window)
        sent = {}
        with contextlib.ExitStack() as clients:
            for number in range(1000):
                client = clients.enter_context(socket.create_connection(("127.0.0.1", port)))
                line = b"%d " % number * (number % 7 + 1)
                client.sendall(line)
                sent["127.0.0.1:%d" % client.getsockname()[1]] = len(line)
            log, = wait_for(lambda: list(self.folder.glob("data/**/*.pcapng")), window)
            wait_for(lambda: self.received(log) == sent, window)
        self.interrupt(window)
        self.assertEqual(self.received(log), sent)
        figures = json.loads(measured.read_text())
        self.assertGreater(figures["samples"], 0)  # Its event loop answered all the while
        self.assertGreaterEqual(figures["firstRows"], figures["firstFrame"])

    def received(self, log):
        return {each["peer"]: each["bytes_in"] for each in self.info(log)["connections"]}


if __name__ == "__main__":
    unittest.main()
