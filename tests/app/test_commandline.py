# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""The grammar of the command line and its exit statuses: 0 done, 1 wrong usage, 2 not opened, 3 ended in an error."""

import contextlib
import json
import resource
import signal
import socket
import subprocess
import threading
import unittest

from sidewire import BINARY, SidewireTest


class Usage(SidewireTest):
    def test_version_and_help_go_to_standard_output(self):
        self.assertRegex(self.sidewire("--version").stdout, rb"^[Ss]idewire \d+\.\d+\.\d+\n$")
        told = self.sidewire("--help").stdout
        for command in (b"run", b"export", b"info", b"peers"):
            self.assertIn(command, told)
        self.assertLessEqual(max(map(len, told.splitlines())), 100)

    def test_what_is_wrong_is_said_on_standard_error(self):
        wrong = {
            ("run",): "target",
            ("run", "tcp://127.0.0.1"): "port",
            ("run", "tcp://127.0.0.1:70000"): "port",
            ("run", "gopher://127.0.0.1:1"): "gopher",
            ("run", "tcp://[::1:80"): "IPv6",
            ("run", "tcp://127.0.0.1:1", "--frobnicate"): "frobnicate",
            ("run", "tcp://127.0.0.1:1", "--option", "colour=red"): "connect-timeout",
            ("run", "tcp://127.0.0.1:1", "--lens", "fish"): "lines",
            ("run", "tcp://127.0.0.1:1", "--until", "doomsday"): "idle",
            ("run", "tcp://127.0.0.1:1", "--filter", "(in"): "this \"(\" has no",
            ("run", "tcp://127.0.0.1:1", "--print-filter", "fish"): "there is no condition",
            ("run", "tcp://127.0.0.1:1", "--send-hex", "0g"): "hex",
            ("run", "tcp://127.0.0.1:1", "--send-file", "/nonexistent"): "/nonexistent",
            ("export",): "--to",
            ("export", "/nonexistent.pcapng", "--to", "text"): "/nonexistent.pcapng",
            ("export", "/nonexistent.pcapng", "--to", "punchcards"): "jsonl",
            ("info", "/nonexistent.pcapng"): "/nonexistent.pcapng",
        }
        for arguments, word in wrong.items():
            with self.subTest(" ".join(arguments)):
                done = self.sidewire(*arguments, status=1)
                self.assertIn(word.lower(), done.stderr.decode().lower())
                self.assertEqual(done.stdout, b"")

    def test_a_refused_target_is_status_2(self):
        port = self.refusing_port()
        summary = self.session(f"tcp://127.0.0.1:{port}", status=2)
        self.assertIn("refused", summary["error"].lower())
        self.assertEqual(summary["connections"][0]["state"], "failed")

    def test_a_log_that_cannot_be_made_is_status_2(self):
        done = self.sidewire("run", "tcp://127.0.0.1:1", "--log", "/nonexistent/a.pcapng", status=2)
        self.assertIn(b"/nonexistent/a.pcapng", done.stderr)

    def test_a_name_that_does_not_exist_is_status_2(self):
        self.assertIsNotNone(self.session("tcp://no-such-host.invalid:80", status=2)["error"])

    def test_a_port_in_use_is_status_2(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            summary = self.session(f"tcp-listen://127.0.0.1:{taken.getsockname()[1]}", status=2)
        self.assertIsNotNone(summary["error"])


class Run(SidewireTest):
    """Against a server of the test's own, which says what it wants and closes."""

    def run_against(self, answer, *arguments):
        with socket.create_server(("127.0.0.1", 0)) as server:
            run = self.start(BINARY, "run", f"tcp://127.0.0.1:{server.getsockname()[1]}", *arguments)
            client, _ = server.accept()
            with client:
                client.sendall(answer)
            return run.stdout.read(), run.wait(60)

    def test_control_characters_are_escaped_in_the_transcript(self):
        told, status = self.run_against(b"\x1b[31mred\x07\n", "--lens", "lines")
        self.assertEqual(status, 0)
        self.assertIn(b"red", told)
        self.assertNotIn(b"\x1b", told)
        self.assertNotIn(b"\x07", told)

    def test_nothing_but_the_summary_with_print_none(self):
        told, _ = self.run_against(b"hello\n", "--print", "none", "--summary", "json")
        summary = json.loads(told)
        self.assertEqual(summary["outcome"], "closed")
        self.assertEqual(summary["connections"][0]["bytes_in"], 6)
        self.assertEqual(set(summary), {"target", "outcome", "error", "log", "connections", "dropped"})

    def test_a_reset_is_status_3_with_all_bytes(self):
        log = self.folder / "reset.pcapng"
        with socket.create_server(("127.0.0.1", 0)) as server:
            run = self.start(BINARY, "run", f"tcp://127.0.0.1:{server.getsockname()[1]}", "--send", "x", "--until",
                             "closed", "--log", log, "--print", "none")
            client, _ = server.accept()
            client.recv(1)
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            client.close()
            self.assertEqual(run.wait(60), 3)
        self.assertEqual(self.raw(log, "out"), b"x")

    def test_messages_end_the_run(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            run = self.start(BINARY, "run", f"tcp://127.0.0.1:{server.getsockname()[1]}", "--lens", "lines", "--until",
                             "messages:2", "--summary", "json", "--print", "none")
            client, _ = server.accept()
            with client:
                client.sendall(b"one\ntwo\n")
                self.assertEqual(run.wait(60), 0)
            summary = json.loads(run.stdout.read())
        self.assertEqual(summary["connections"][0]["messages_in"], 2)

    def test_a_filter_chooses_what_is_printed(self):
        for option in ("--filter", "--print-filter"):
            with self.subTest(option), socket.create_server(("127.0.0.1", 0)) as server:
                run = self.start(BINARY, "run", f"tcp://127.0.0.1:{server.getsockname()[1]}", "--lens", "lines",
                                 option, 'in valid:json "b"', "--until", "messages:3", "--summary", "json")
                client, _ = server.accept()
                with client:
                    client.sendall(b'{"a":1}\n{"b":2}\nb\n')
                    self.assertEqual(run.wait(60), 0)
                told = run.stdout.read()
            self.assertIn(b'{"b":2}', told)
            self.assertNotIn(b'{"a":1}', told)
            self.assertEqual(json.loads(told.splitlines()[-1])["connections"][0]["messages_in"], 3)  # It counts all

    def test_the_escapes_of_send(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            run = self.start(BINARY, "run", f"tcp://127.0.0.1:{server.getsockname()[1]}", "--send",
                             r"a\r\n\t\0\xff\\ü", "--send-hex", "00 ff, 0x41")
            client, _ = server.accept()
            expected = b"a\r\n\t\0\xff\\" + "ü".encode() + b"\x00\xff\x41"
            with client:
                got = client.recv(len(expected), socket.MSG_WAITALL)
            self.assertEqual(got, expected)
            self.assertEqual(run.wait(60), 0)

    def test_an_interrupt_ends_it_with_its_summary(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            run = self.start(BINARY, "run", f"tcp://127.0.0.1:{server.getsockname()[1]}", "--summary", "json",
                             "--send", "x")
            client, _ = server.accept()
            with client:
                client.recv(1)
                self.interrupt(run)
            summary = json.loads(run.stdout.read().splitlines()[-1])
        self.assertEqual(summary["connections"][0]["bytes_out"], 1)

    def test_a_second_interrupt_ends_it_at_once(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            run = self.start(BINARY, "run", f"tcp://127.0.0.1:{server.getsockname()[1]}", "--send", "x")
            client, _ = server.accept()
            with client:
                client.recv(1)
                run.send_signal(signal.SIGINT)
                self.assertEqual(client.recv(1), b"")  # It waits for our FIN, which does not come
                run.send_signal(signal.SIGINT)
                self.assertEqual(run.wait(60), -signal.SIGINT)

    def test_a_log_that_cannot_be_written_is_status_3(self):
        sent = self.folder / "sent"
        sent.write_bytes(bytes(4_000_000))
        log = self.folder / "full.pcapng"
        with socket.create_server(("127.0.0.1", 0)) as server:
            threading.Thread(target=_read_all, args=(server,), daemon=True).start()
            run = self.start(BINARY, "run", f"tcp://127.0.0.1:{server.getsockname()[1]}", "--send-file", sent, "--log",
                             log, "--until", "idle:500", "--print", "none", "--summary", "json",
                             stderr=subprocess.PIPE, preexec_fn=_limit_files)
            told, trouble = run.communicate(timeout=60)
        self.assertEqual(run.returncode, 3)
        self.assertIn(b"cannot write the log", trouble)
        self.assertIn(b"the log is incomplete", trouble)
        self.assertLess(json.loads(told)["connections"][0]["bytes_out"], 1_000_000)
        self.assertEqual(len(self.raw(log, "out")), json.loads(told)["connections"][0]["bytes_out"])


    def test_the_limit_of_a_log_ends_the_run_and_is_told(self):
        sent = bytes(range(256)) * 20_000
        log = self.folder / "limited.pcapng"
        with socket.create_server(("127.0.0.1", 0)) as server:
            threading.Thread(target=_send_all, args=(server, sent), daemon=True).start()
            run = self.start(BINARY, "run", f"tcp://127.0.0.1:{server.getsockname()[1]}", "--option", "log-limit=1M",
                             "--log", log, "--print", "none", stderr=subprocess.PIPE)
            _, trouble = run.communicate(timeout=60)
        self.assertEqual(run.returncode, 0)
        self.assertIn(b"limit of 1M", trouble)
        kept = self.raw(log, "in")
        self.assertGreater(len(kept), 900_000)
        self.assertTrue(sent.startswith(kept))
        self.assertLess(log.stat().st_size, 1024 * 1024 + 4096)


def _send_all(server, sent):
    client, _ = server.accept()
    with client, contextlib.suppress(OSError):
        client.sendall(sent)


def _limit_files():
    """To the program the disk is full after this."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, resource.RLIM_INFINITY))


def _read_all(server):
    client, _ = server.accept()
    with client:
        while client.recv(65536):
            pass


class Logs(SidewireTest):
    def setUp(self):
        super().setUp()
        self.log = self.folder / "session.pcapng"
        with socket.create_server(("127.0.0.1", 0)) as server:
            run = self.start(BINARY, "run", f"tcp://127.0.0.1:{server.getsockname()[1]}", "--lens", "lines", "--log",
                             self.log, "--summary", "json", "--print", "none")
            client, _ = server.accept()
            with client:
                client.sendall(b"one\ntwo\n\xff\xfe\n")
            self.summary = json.loads(run.stdout.read())
            self.assertEqual(run.wait(60), 0)

    def test_info_tells_the_summary_of_the_run(self):
        told = self.info(self.log)
        self.assertEqual(told["target"], self.summary["target"])
        self.assertEqual(told["connections"], self.summary["connections"])

    def test_jsonl_tells_what_is_not_utf8_as_base64(self):
        told = self.messages(self.log, "--lens", "lines")
        self.assertEqual([m.get("text") for m in told], ["one", "two", None])
        self.assertEqual(told[2]["base64"], "//4=")
        self.assertEqual([m["n"] for m in told], [0, 1, 2])

    def test_every_format_is_written_to_a_file_as_to_standard_output(self):
        for form in ("text", "hexdump", "csv", "jsonl", "raw"):
            with self.subTest(form):
                out = self.folder / form
                direction = ["--direction", "in"] if form == "raw" else []
                self.sidewire("export", self.log, "--to", form, *direction, "-o", out)
                told = self.sidewire("export", self.log, "--to", form, *direction).stdout
                self.assertEqual(out.read_bytes(), told)
                self.assertNotEqual(told, b"")

    def test_a_filter_chooses_the_messages_of_an_export(self):
        def numbers(expression, *more):
            return [m["n"] for m in self.messages(self.log, "--lens", "lines", "--filter", expression, *more)]

        self.assertEqual(numbers(""), [0, 1, 2])
        self.assertEqual(numbers('"o"'), [0, 1])
        self.assertEqual(numbers("/^t/ or invalid:utf8"), [1, 2])
        self.assertEqual(numbers("in len<=2"), [2])
        self.assertEqual(numbers("in", "--direction", "out"), [])
        self.assertEqual(numbers("n>0 n<2"), [1])
        for form, lines in (("text", 1), ("csv", 2)):  # csv has a line of names
            told = self.sidewire("export", self.log, "--to", form, "--lens", "lines", "--filter", "hex:6e65").stdout
            self.assertEqual(len(told.splitlines()), lines)
            self.assertIn(b"one", told)

    def test_a_filter_is_not_for_bytes(self):
        for form in ("raw", "hexdump"):
            with self.subTest(form):
                done = self.sidewire("export", self.log, "--to", form, "--direction", "in", "--filter", "in", status=1)
                self.assertIn(b"filter is for messages", done.stderr)
                self.assertEqual(done.stdout, b"")

    def test_what_is_wrong_with_a_filter_is_shown_at_its_place(self):
        done = self.sidewire("export", self.log, "--to", "text", "--filter", "in len>x or out", status=1)
        lines = done.stderr.decode().splitlines()
        self.assertIn('a number is expected, not "x"', lines[0])
        self.assertTrue(lines[1].endswith("in len>x or out"))
        self.assertEqual(lines[1][lines[2].index("^")], "x")
        self.assertEqual(done.stdout, b"")

        long = self.sidewire("export", self.log, "--to", "text", "--filter", "in " * 300 + "kind:fish", status=1)
        lines = long.stderr.decode().splitlines()
        self.assertEqual(lines[1][lines[2].index("^"):][:4], "fish")
        self.assertLess(len(lines[1]), 100)

    def test_a_torn_end_is_left_out_and_the_file_not_changed(self):
        torn = self.log.read_bytes()[:-10]
        self.log.write_bytes(torn)
        self.assertEqual(self.info(self.log)["connections"][0]["bytes_in"], 11)
        self.assertEqual(self.log.read_bytes(), torn)

    def test_the_log_is_for_its_owner_alone(self):
        self.assertEqual(self.log.stat().st_mode & 0o777, 0o600)


class Peers(SidewireTest):
    def start_peers(self):
        peers = self.start(BINARY, "peers", "--json")
        targets = {peer["id"]: peer["target"] for peer in json.loads(peers.stdout.readline())}
        return peers, targets

    def test_each_answers(self):
        peers, targets = self.start_peers()
        for name in ("tcp-echo", "tcp-greeter", "udp-echo", "ws-echo", "ws-ticker", "tcp-clock"):
            with self.subTest(name):
                send = ["--send", r"hello\n"] if name.endswith("echo") else []
                summary = self.session(targets[name], *send, "--until", "messages:1")
                self.assertIsNone(summary["error"])
                self.assertGreater(summary["connections"][0]["bytes_in"], 0)
        self.interrupt(peers)


if __name__ == "__main__":
    unittest.main()
