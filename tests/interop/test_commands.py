# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""Sessions told to other tools: their commands are really run, against a listener of ours."""

import subprocess
import unittest

from sidewire import BINARY, SidewireTest, listening_port, wait_for


class Commands(SidewireTest):
    def listen(self, target, *options):
        arguments = [word for option in options for word in ("--option", option)]
        log = self.folder / "listener.pcapng"
        listener = self.start(BINARY, "run", target, *arguments, "--log", log)
        return listener, listening_port(listener, "udp" if target.startswith("udp") else "tcp"), log

    def command(self, tool, target, *options):
        arguments = [word for option in options for word in ("--option", option)]
        done = self.sidewire("command", target, "--as", tool, "--with-secrets", *arguments)
        self.assertEqual(done.stderr, b"")
        return done.stdout.decode().strip()

    def shell(self, command):
        """Runs it to its first line of output: what it sent has come back then."""
        process = self.start("sh", "-c", "exec " + command, stdin=subprocess.PIPE)
        process.stdin.write(b"hello\n")
        process.stdin.flush()
        return process, process.stdout.readline()

    def local_end(self, listener, log):
        self.interrupt(listener)
        return self.info(log)["connections"][0]["peer"]

    def test_ncat_and_socat_connect_from_where_they_are_told(self):
        for tool in ("ncat", "socat"):
            with self.subTest(tool):
                listener, port, log = self.listen("tcp-listen://127.0.0.1:0", "answer=echo")
                _, line = self.shell(self.command(tool, f"tcp://127.0.0.1:{port}", "bind=127.0.0.2"))
                self.assertEqual(line, b"hello\n")
                self.assertTrue(self.local_end(listener, log).startswith("127.0.0.2:"))

    def test_ncat_and_socat_send_datagrams(self):
        for tool in ("ncat", "socat"):
            with self.subTest(tool):
                listener, port, log = self.listen("udp-listen://127.0.0.1:0", "answer=echo")
                _, line = self.shell(self.command(tool, f"udp://127.0.0.1:{port}", "bind=127.0.0.3"))
                self.assertEqual(line, b"hello\n")
                self.assertTrue(self.local_end(listener, log).startswith("127.0.0.3:"))

    def test_ncat_and_socat_listen(self):
        for tool in ("ncat", "socat"):
            with self.subTest(tool):
                command = self.command(tool, "tcp-listen://127.0.0.1:0", "answer=echo")
                listener = self.start("sh", "-c", "exec " + command)
                summary = self.session(f"tcp://127.0.0.1:{listening_port(listener)}", "--send", "hello\\n",
                                       "--until", "messages:1")
                self.assertEqual(summary["connections"][0]["bytes_in"], 6)

    def test_curl_upgrades_with_its_headers(self):
        listener, port, log = self.listen("ws-listen://127.0.0.1:0", "subprotocol=b")
        command = self.command("curl", f"ws://me:p w@127.0.0.1:{port}/chat?a=1&b='2'", "header=X-Text: it's \"here\"",
                               "origin=http://o", "subprotocol=a,b", "cookie=id=1", "bind=127.0.0.2")
        self.start("sh", "-c", "exec " + command)
        # curl waits for what follows a 101, so the log tells that it was answered.
        wait_for(lambda: b"\r\n\r\n" in self.raw_so_far(log, "out"), listener)
        answer = self.raw_so_far(log, "out").decode()
        self.assertTrue(answer.startswith("HTTP/1.1 101 "))
        self.assertIn("Sec-WebSocket-Protocol: b\r\n", answer)
        self.assertTrue(self.local_end(listener, log).startswith("127.0.0.2:"))
        request = self.raw(log, "in").decode().split("\r\n")
        self.assertEqual(request[0], "GET /chat?a=1&b='2' HTTP/1.1")
        for line in ("X-Text: it's \"here\"", "Origin: http://o", "Sec-WebSocket-Protocol: a, b", "Cookie: id=1",
                     "Authorization: Basic bWU6cCB3"):
            self.assertIn(line, request)

    def test_python_talks_to_an_echo(self):
        _, port, _ = self.listen("ws-listen://127.0.0.1:0", "answer=greet:welcome")
        program = self.command("python", f"ws://127.0.0.1:{port}/")
        run = self.start("/usr/bin/python3", "-u", "-c", program)
        self.assertEqual(run.stdout.readline(), b"welcome\n")


if __name__ == "__main__":
    unittest.main()
