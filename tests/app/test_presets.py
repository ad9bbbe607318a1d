# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""Presets and the commands of other tools on the command line of the real program."""

import json
import shlex
import unittest

from sidewire import BINARY, SidewireTest, listening_port

FORMAT = "sidewire-presets/1"


class Presets(SidewireTest):
    def write(self, *presets):
        folder = self.folder / "config" / "sidewire"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "presets.json"
        path.write_text(json.dumps({"format": FORMAT, "presets": presets}))
        return path

    def echo(self):
        """The port of a TCP echo of ours."""
        listener = self.start(BINARY, "run", "tcp-listen://127.0.0.1:0", "--option", "answer=echo")
        return listening_port(listener)

    def error(self, *arguments):
        return self.sidewire(*arguments, status=1).stderr.decode()

    def test_none_are_listed_at_first(self):
        self.assertEqual(self.sidewire("presets").stdout, b"")
        self.assertEqual(json.loads(self.sidewire("presets", "--json").stdout), [])

    def test_they_are_listed_with_their_options(self):
        self.write({"name": "a \u00fc", "target": "tcp://h:1"},
                   {"name": "b", "target": "ws://h/", "options": {"auth": "me:hunter2", "origin": "o"}})
        self.assertEqual(self.sidewire("presets").stdout.decode(),
                         "a \u00fc  tcp://h:1\nb    ws://h/  (auth, origin)\n")
        listed = self.sidewire("presets", "--json").stdout
        self.assertNotIn(b"hunter2", listed)
        self.assertEqual(json.loads(listed), [{"name": "a \u00fc", "target": "tcp://h:1"},
                                              {"name": "b", "target": "ws://h/", "options": {"origin": "o"}}])

    def test_a_preset_is_run_and_options_override_it(self):
        port = self.echo()
        self.write({"name": "my echo", "target": f"tcp://127.0.0.1:{port}", "options": {"bind": "127.0.0.2"}})
        arguments = ("--send", "hi\\n", "--until", "messages:1")
        summary = self.session("@my echo", *arguments)
        self.assertEqual(summary["target"], f"tcp://127.0.0.1:{port}")
        self.assertTrue(summary["connections"][0]["local"].startswith("127.0.0.2:"))
        summary = self.session("@my echo", *arguments, "--option", "bind=127.0.0.3")
        self.assertTrue(summary["connections"][0]["local"].startswith("127.0.0.3:"))

    def test_an_unknown_name_names_those_alike(self):
        self.write({"name": "staging", "target": "tcp://h:1"}, {"name": "live", "target": "tcp://h:2"})
        self.assertIn('there is no preset "stagin"; did you mean "staging"?', self.error("run", "@stagin"))
        self.assertIn('there are "staging", "live"', self.error("run", "@zzzzzz"))

    def test_a_damaged_file_is_said_and_left_alone(self):
        path = self.write()
        path.write_text("{")
        self.assertIn("damaged", self.error("presets"))
        self.assertIn("damaged", self.error("run", "@x"))
        self.assertEqual(path.read_text(), "{")

    def test_a_preset_that_cannot_be_opened_is_named(self):
        self.write({"name": "odd", "target": "gopher://h:1"}, {"name": "good", "target": "tcp://h:1"})
        listed = self.sidewire("presets")
        self.assertEqual(listed.stdout, b"good  tcp://h:1\n")
        self.assertIn(b'"odd" cannot be opened', listed.stderr)
        self.assertIn("gopher", self.error("run", "@odd"))

    def test_names_cannot_do_anything_to_a_terminal(self):
        self.write({"name": "x\u001b[2J", "target": "tcp://h:1"})
        self.assertNotIn(b"\x1b", self.sidewire("presets").stdout)


class Commands(SidewireTest):
    def test_a_command_is_run_as_one_word_and_as_several(self):
        listener = self.start(BINARY, "run", "tcp-listen://127.0.0.1:0", "--option", "answer=echo")
        port = listening_port(listener)
        for command in ([f"printf x | ncat -s 127.0.0.2 127.0.0.1 {port}"],
                        ["--", "ncat", "-s", "127.0.0.2", "127.0.0.1", port]):
            done = self.sidewire("run", "--send", "hi\\n", "--until", "messages:1", "--summary", "json", "--print", "none",
                                 *command)
            self.assertTrue(json.loads(done.stdout)["connections"][0]["local"].startswith("127.0.0.2:"))
            self.assertEqual(b"not run: printf x" in done.stderr, len(command) == 1)

    def test_what_is_not_understood_is_named(self):
        done = self.sidewire("run", "ncat $(hostname) 80", status=1)
        self.assertIn(b"$(hostname)", done.stderr)
        self.assertIn(b"--colour", self.sidewire("run", "curl --colour http://h", status=1).stderr)

    def test_a_session_is_told_to_other_tools(self):
        told = self.sidewire("command", "ws://me:hunter2@h/a?b=1", "--option", "header=X: it's", "--as", "wscat")
        self.assertEqual(shlex.split(told.stdout.decode()), ["wscat", "-c", "ws://h/a?b=1", "-H", "X: it's"])
        self.assertIn(b"passwords", told.stderr)
        told = self.sidewire("command", "ws://me:hunter2@h/", "--as", "wscat", "--with-secrets")
        self.assertIn(b"me:hunter2", told.stdout)
        self.assertEqual(told.stderr, b"")
        self.assertEqual(self.sidewire("command", "curl http://h/", "--as", "websocat").stdout, b"websocat ws://h/\n")

    def test_wrong_usage_is_said(self):
        self.assertIn(b"there are curl, ncat", self.sidewire("command", "tcp://h:1", "--as", "telnet", status=1).stderr)
        self.assertIn(b"does not speak WebSocket", self.sidewire("command", "ws://h", "--as", "ncat", status=1).stderr)
        self.assertIn(b"a target is needed", self.sidewire("command", "--as", "ncat", status=1).stderr)


if __name__ == "__main__":
    unittest.main()
