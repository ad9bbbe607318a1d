# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""Options of a session, as the peer and the kernel see them: plain sockets of Python, and ss of iproute2."""

import json
import os
import pathlib
import re
import socket
import subprocess
import unittest

from sidewire import BINARY, DEADLINE, SidewireTest, listening_port, wait_for


def options(*values):
    return [part for value in values for part in ("--option", value)]


class OptionsTest(SidewireTest):
    def listener(self, family=socket.AF_INET, address="127.0.0.1", backlog=5):
        server = socket.socket(family, socket.SOCK_STREAM)
        self.addCleanup(server.close)
        server.settimeout(DEADLINE)
        server.bind((address, 0))
        server.listen(backlog)
        return server

    def accept(self, server):
        connection, peer = server.accept()
        self.addCleanup(connection.close)
        connection.settimeout(DEADLINE)
        return connection, peer

    def run_session(self, target, *values, log=None, send=None, **popen):
        return self.start(BINARY, "run", target, *options(*values), "--print", "none",
                          *(["--log", log] if log else []), *(["--send", send] if send else []), **popen)

    def free_port(self):
        with socket.socket() as holder:
            holder.bind(("127.0.0.1", 0))
            return holder.getsockname()[1]

    def failure(self, target, *values):
        """Why a session could not be opened, as its summary tells."""
        return self.session(target, *options(*values), status=2)["error"]

    def socket_options(self, log):
        """What the log says of the options of sockets: a list of {name: (asked, actual)}."""
        events = re.findall(rb"SIDEWIRE_EVENT=(\{.*?\})\n", log.read_bytes())
        events = [event for event in map(json.loads, events) if event["type"] == "socket-options"]
        return [{o["name"]: (o.get("asked"), o["actual"]) for o in event["options"]} for event in events]

    def ss(self, *arguments):
        return subprocess.run(["ss", "-nH", *arguments], capture_output=True, check=True, text=True).stdout


class Place(OptionsTest):
    def test_the_peer_sees_the_address_and_port_that_were_bound(self):
        server = self.listener()
        port = self.free_port()
        self.run_session(f"tcp://127.0.0.1:{server.getsockname()[1]}", f"bind=127.0.0.2:{port}")
        self.assertEqual(self.accept(server)[1], ("127.0.0.2", port))

    def test_two_sessions_from_one_local_port_to_two_peers(self):
        servers = [self.listener(), self.listener()]
        port = self.free_port()
        peers = []
        for server in servers:
            self.run_session(f"tcp://127.0.0.1:{server.getsockname()[1]}", f"bind=127.0.0.1:{port}",
                             "reuse-address=on")
            peers.append(self.accept(server)[1])
        self.assertEqual(peers, [("127.0.0.1", port)] * 2)

    def test_the_family_chooses_among_the_addresses_of_a_name(self):
        v4 = self.listener()
        port = v4.getsockname()[1]
        v6 = self.listener(socket.AF_INET6, "::1")
        self.run_session(f"tcp://localhost:{port}", "family=4")
        self.assertEqual(self.accept(v4)[1][0], "127.0.0.1")
        self.run_session(f"tcp://[::1]:{v6.getsockname()[1]}", "family=6")
        self.assertEqual(self.accept(v6)[1][0], "::1")
        self.assertIn("127.0.0.1 has no IPv6 address", self.failure(f"tcp://127.0.0.1:{port}", "family=6"))

    def test_a_listener_takes_the_families_it_was_asked_for(self):
        for family, takes in ((None, (True, True)), ("4", (True, False)), ("6", (False, True))):
            listener = self.run_session("tcp-listen://:0", *([f"family={family}"] if family else []))
            port = listening_port(listener)
            for address, taken in zip(("127.0.0.1", "::1"), takes):
                with self.subTest(family=family, address=address):
                    try:
                        socket.create_connection((address, port), DEADLINE).close()
                        self.assertTrue(taken)
                    except ConnectionRefusedError:
                        self.assertFalse(taken)

    def test_an_interface(self):
        server = self.listener()
        target = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        self.run_session(target, "interface=lo")
        self.accept(server)
        self.assertIn("interface nosuch0: No such device", self.failure(target, "interface=nosuch0"))

    def test_what_cannot_be_bound_is_named(self):
        taken = self.listener().getsockname()[1]
        self.assertIn(f"127.0.0.1:{taken} is in use", self.failure(f"tcp-listen://127.0.0.1:{taken}"))
        self.assertIn("192.0.2.1 is not an address of this machine", self.failure("tcp-listen://192.0.2.1:0"))
        self.assertIn("192.0.2.1 is not an address of this machine",
                      self.failure(f"tcp://127.0.0.1:{taken}", "bind=192.0.2.1"))

    def test_a_privileged_port_is_named(self):
        first = int(pathlib.Path("/proc/sys/net/ipv4/ip_unprivileged_port_start").read_text())
        if first <= 1:
            self.skipTest("every port is free to everybody here")
        nobody = []
        if os.geteuid() == 0:
            self.folder.chmod(0o777)
            nobody = ["setpriv", "--reuid=65534", "--clear-groups", "--inh-caps=-all", "--bounding-set=-all"]
        for scheme in ("tcp", "tls", "ws", "wss", "udp"):
            with self.subTest(scheme=scheme):
                command = [BINARY, "run", f"{scheme}-listen://127.0.0.1:{first - 1}", "--print", "none", "--summary", "json"]
                done = subprocess.run([*nobody, *command], env=self.environment, capture_output=True, timeout=DEADLINE,
                                      check=False)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertIn("ports below 1024 often need more rights", json.loads(done.stdout)["error"])


class Kernel(OptionsTest):
    def test_ss_sees_the_keep_alive_timer(self):
        server = self.listener()
        session = self.run_session(f"tcp://127.0.0.1:{server.getsockname()[1]}", "keepalive=4321,7,4")
        _, (_, port) = self.accept(server)
        line = wait_for(lambda: self.ss("-to", "state", "established", "sport", f"= :{port}"), session)
        self.assertRegex(line, r"timer:\(keepalive,7[12]min")

    def test_ss_sees_the_backlog(self):
        log = self.folder / "log.pcapng"
        listener = self.run_session("tcp-listen://127.0.0.1:0", "backlog=3", "rcvbuf=50000", log=log)
        port = listening_port(listener)
        self.assertEqual(self.ss("-tl", "sport", f"= :{port}").split()[2], "3")
        with socket.create_connection(("127.0.0.1", port), DEADLINE) as client:
            client.shutdown(socket.SHUT_WR)
            self.interrupt(listener)
        listening, accepted = self.socket_options(log)
        self.assertEqual(listening["backlog"], ("3", "3"))
        self.assertEqual(accepted["rcvbuf"], ("50000", "100000"))

    def test_the_log_says_what_the_kernel_made_of_it(self):
        log = self.folder / "log.pcapng"
        server = self.listener()
        session = self.run_session(f"tcp://127.0.0.1:{server.getsockname()[1]}", "sndbuf=30000", "tos=43", "ttl=9",
                                   "nodelay=off", "keepalive=100", log=log)
        self.accept(server)[0].close()
        self.assertEqual(session.wait(DEADLINE), 0)
        [kernel] = self.socket_options(log)
        self.assertEqual(kernel["sndbuf"], ("30000", "60000"))
        self.assertEqual(kernel["tos"], ("43", "40"))  # The ECN bits are TCP's own
        self.assertEqual(kernel["ttl"], ("9", "9"))
        self.assertEqual(kernel["nodelay"], ("off", "off"))
        self.assertEqual(kernel["keepalive"], ("100,10,6", "100,10,6"))
        self.assertEqual(kernel["linger"], (None, "off"))

    def test_the_peer_sees_tos_and_ttl(self):
        try:
            raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_TCP)
        except PermissionError:
            self.skipTest("raw sockets need a privilege")
        self.addCleanup(raw.close)
        raw.settimeout(DEADLINE)
        server = self.listener()
        port = server.getsockname()[1]
        self.run_session(f"tcp://127.0.0.1:{port}", "tos=40", "ttl=17")
        while True:
            packet = raw.recv(65535)
            header = 4 * (packet[0] & 15)
            if int.from_bytes(packet[header + 2:header + 4], "big") == port:
                break
        self.assertEqual((packet[1], packet[8]), (40, 17))

    def test_the_peer_of_a_datagram_sees_tos_and_ttl(self):
        peer = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.addCleanup(peer.close)
        peer.settimeout(DEADLINE)
        peer.bind(("127.0.0.1", 0))
        peer.setsockopt(socket.IPPROTO_IP, socket.IP_RECVTOS, 1)
        peer.setsockopt(socket.IPPROTO_IP, 12, 1)  # IP_RECVTTL
        self.start(BINARY, "run", f"udp://127.0.0.1:{peer.getsockname()[1]}", *options("tos=184", "ttl=17"),
                   "--send", "x", "--print", "none")
        data, control, _, _ = peer.recvmsg(100, 100)
        self.assertEqual(data, b"x")
        seen = {kind: content[0] for _, kind, content in control}
        self.assertEqual((seen[socket.IP_TOS], seen[socket.IP_TTL]), (184, 17))


class Ends(OptionsTest):
    def test_without_lingering_the_peer_gets_a_reset(self):
        server = self.listener()
        session = self.run_session(f"tcp://127.0.0.1:{server.getsockname()[1]}", "linger=0")
        connection, _ = self.accept(server)
        self.interrupt(session)
        with self.assertRaises(ConnectionResetError):
            connection.recv(1)

    def test_lingering_is_an_ordinary_end(self):
        server = self.listener()
        session = self.run_session(f"tcp://127.0.0.1:{server.getsockname()[1]}", "linger=5", send="open")
        connection, _ = self.accept(server)
        self.assertEqual(connection.recv(4), b"open")  # Interrupted before that it would give up connecting
        connection.sendall(b"x")
        connection.shutdown(socket.SHUT_WR)
        self.interrupt(session)
        self.assertEqual(connection.recv(1), b"")

    def test_a_black_hole_is_left_in_time(self):
        server = self.listener(backlog=0)
        address = server.getsockname()
        fillers = []
        while True:  # One that does not get through: the backlog is full
            filler = socket.socket()
            self.addCleanup(filler.close)
            filler.setblocking(False)
            filler.connect_ex(address)
            fillers.append(filler)
            if len(fillers) > 2:
                break
        error = self.failure(f"tcp://127.0.0.1:{address[1]}", "connect-timeout=150")
        self.assertIn("did not answer within 150 ms", error)


class Usage(SidewireTest):
    def test_an_option_that_means_nothing_here_is_a_usage_error(self):
        for target, option, words in (("tcp://127.0.0.1:1", "answer=echo", "it is for listeners"),
                                      ("udp://127.0.0.1:1", "nodelay=on", "it is for everything but udp"),
                                      ("tcp-listen://:0", "bind=:5", "it is for clients"),
                                      ("tcp://127.0.0.1:1", "tos=300", "tos takes 0 to 255"),
                                      ("tcp://127.0.0.1:1", "colour=red", "there are bind, ")):
            with self.subTest(option=option):
                done = self.sidewire("run", target, "--option", option, status=1)
                self.assertIn(words, done.stderr.decode())

    def test_help_lists_every_option_and_the_guide_has_a_row_and_an_example_of_each(self):
        text = self.sidewire("--help").stdout.decode()
        names = re.findall(r"(?m)^    ([a-z-]+)=", text)
        self.assertLessEqual({"bind", "keepalive", "multicast", "client-cert", "answer"}, set(names))
        guide = pathlib.Path(__file__).parents[2].joinpath("resources/help/options.md").read_text()
        rows = dict(re.findall(r"(?m)^\| `([a-z-]+)` \|.* `([^`]+)` \|$", guide))
        self.assertEqual(set(rows), set(names))
        for name, example in rows.items():
            self.assertTrue(example.startswith(name + "="), example)


if __name__ == "__main__":
    unittest.main()
