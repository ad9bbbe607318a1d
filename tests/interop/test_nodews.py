# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""WebSocket sessions with node's ws as the server."""

import os
import pathlib
import unittest

from sidewire import SidewireTest


class NodeWs(SidewireTest):
    def setUp(self):
        super().setUp()
        self.log = self.folder / "ws.pcapng"
        script = pathlib.Path(__file__).with_name("wsserver.js")
        server = self.start("node", script, env=dict(os.environ, NODE_PATH="/usr/share/nodejs"))
        self.target = f"ws://127.0.0.1:{int(server.stdout.readline())}/"

    def talk(self, *texts, arguments=()):
        sends = [part for text in texts for part in ("--send", text)]
        return self.session(self.target, *arguments, *sends, log=self.log)

    def heard(self, kind):
        return [m.get("text") for m in self.messages(self.log) if m["direction"] == "in" and m["kind"] == kind]

    def test_text_in_the_order_sent(self):
        texts = [f"message {number}" for number in range(100)]
        summary = self.talk(*texts, "close 1000 done")
        self.assertEqual(self.heard("text"), texts)
        self.assertEqual(summary["connections"][0]["websocket"]["close_reason"], "done")

    def test_a_private_close_code_with_its_reason(self):
        websocket = self.talk("close 4321 for a reason")["connections"][0]["websocket"]
        self.assertEqual((websocket["close_code"], websocket["close_reason"]), (4321, "for a reason"))

    def test_its_ping_gets_our_pong(self):
        self.talk("ping abc", "close 1000 done")
        self.assertEqual(self.heard("ping"), ["abc"])

    def test_no_rule_is_broken(self):
        connection = self.talk("a", "", "b", "close 1000 done")["connections"][0]
        self.assertEqual(connection["violations"], 0)
        self.assertEqual(self.heard("text"), ["a", "", "b"])


if __name__ == "__main__":
    unittest.main()
