# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""Multicast and broadcast between two machines, with socat on the other one."""

import json
import sys
import unittest

from network import TwoMachines
from sidewire import BINARY, DEADLINE, SidewireTest, listening_port
from wireshark import fields

PORT = 5000  # The networks are ours alone

TELLER = """
import socket, sys
listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
listener.bind(("", int(sys.argv[1])))
listener.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP,
                    socket.inet_aton("239.1.2.3") + socket.inet_aton("10.1.0.2"))
listener.setsockopt(socket.IPPROTO_IP, socket.IP_RECVTOS, 1)
listener.setsockopt(socket.IPPROTO_IP, 12, 1)  # IP_RECVTTL
print("ready", flush=True)
while True:
    _, control, _, sender = listener.recvmsg(100, 100)
    seen = {kind: content[0] for _, kind, content in control}
    listener.sendto(f"{seen[socket.IP_TTL]} {seen[socket.IP_TOS]}".encode(), sender)
"""

machines = None


def setUpModule():
    global machines
    machines = TwoMachines()
    unittest.addModuleCleanup(machines.end)


class UdpNetwork(SidewireTest):
    def setUp(self):
        super().setUp()
        self.log = self.folder / "udp.pcapng"

    def start_there(self, *command, **options):
        return self.start(*machines.there(*command), **options)

    def socat_there(self, *addresses):
        """A socat on the other machine that is bound to PORT."""
        socat = self.start_there("socat", *addresses)
        self.assertEqual(listening_port(socat, "udp"), PORT)
        return socat

    def listen(self, address, *options):
        """A listener of ours on a free port, until one message came."""
        arguments = [argument for option in options for argument in ("--option", option)]
        session = self.start(BINARY, "run", f"udp-listen://{address}:0", *arguments, "--until", "messages:1", "--print",
                             "none", "--summary", "json", "--log", self.log)
        return session, listening_port(session, "udp")

    def heard(self, session):
        """The one connection of a listener, when it has ended."""
        out, _ = session.communicate(timeout=DEADLINE)
        self.assertEqual(session.returncode, 0)
        [connection] = json.loads(out)["connections"]
        return connection

    def say_there(self, text, address):
        done = self.start_there("socat", "-u", "STDIN", address, stdin=-1)
        done.communicate(text.encode(), timeout=DEADLINE)
        self.assertEqual(done.returncode, 0)

    def client(self, target, *options, status=0):
        """Says hello to the target, and ends with the answer of it."""
        arguments = [argument for option in options for argument in ("--option", option)]
        return self.session(target, *arguments, "--send", "hello", "--until", "messages:1", log=self.log, status=status)

    def events(self):
        return [message for [message] in fields(self.log, "systemd_journal", "systemd_journal.message")]

    def test_a_listener_hears_an_ipv4_group(self):
        session, port = self.listen("0.0.0.0", "multicast=239.1.2.3,left")
        self.say_there("hello", f"UDP4-DATAGRAM:239.1.2.3:{port},ip-multicast-if=10.1.0.2")
        connection = self.heard(session)
        self.assertEqual(connection["local"], f"239.1.2.3:{port}")
        self.assertTrue(connection["peer"].startswith("10.1.0.2:"), connection)
        events = self.events()
        self.assertIn("Joined the group 239.1.2.3 on left", events)
        self.assertTrue(any(event.startswith("Heard from 10.1.0.2") and event.endswith("by left") for event in events))

    def test_a_listener_hears_an_ipv6_group(self):
        for group in ("ff15::1234", "ff02::1234"):
            session, port = self.listen("[::]", f"multicast={group},left")
            self.say_there("hello", f"UDP6-DATAGRAM:[{group}]:{port},so-bindtodevice=right")
            self.assertEqual(self.heard(session)["local"], f"[{group}]:{port}")

    def test_a_dual_stack_listener_hears_a_group_of_each_family(self):
        for group, address in (("239.1.2.3", "UDP4-DATAGRAM:239.1.2.3:{},ip-multicast-if=10.1.0.2"),
                               ("ff15::1234", "UDP6-DATAGRAM:[ff15::1234]:{},so-bindtodevice=right")):
            session, port = self.listen("[::]", "multicast=239.1.2.3,left", "multicast=ff15::1234,left")
            self.say_there("hello", address.format(port))
            self.assertIn(group, self.heard(session)["local"])

    def test_a_client_of_a_group_hears_whoever_answers(self):
        self.socat_there(f"UDP4-RECVFROM:{PORT},ip-add-membership=239.1.2.3:10.1.0.2,fork", "PIPE")
        summary = self.client(f"udp://239.1.2.3:{PORT}", "interface=left")
        group, answering = summary["connections"]
        self.assertEqual((group["peer"], group["bytes_out"], group["bytes_in"]), (f"239.1.2.3:{PORT}", 5, 0))
        self.assertEqual((answering["peer"], answering["bytes_out"], answering["bytes_in"]), (f"10.1.0.2:{PORT}", 0, 5))
        self.assertEqual(answering["local"], group["local"])

    def test_a_client_of_an_ipv6_group_hears_whoever_answers(self):
        self.socat_there(f"UDP6-RECVFROM:{PORT},ipv6-add-membership=[ff15::1234]:right,fork", "PIPE")
        summary = self.client(f"udp://[ff15::1234]:{PORT}", "interface=left")
        self.assertEqual(summary["connections"][1]["peer"], f"[fd01::2]:{PORT}")

    def test_the_other_machine_sees_the_hop_limit_and_the_type_of_service(self):
        teller = self.start_there(sys.executable, "-c", TELLER, PORT)
        self.assertEqual(teller.stdout.readline(), b"ready\n")
        for target in ("239.1.2.3", "10.1.0.2"):
            self.client(f"udp://{target}:{PORT}", "interface=left", "multicast-ttl=3", "ttl=5", "tos=16")
            [answer] = [message["text"] for message in self.messages(self.log) if message["direction"] == "in"]
            self.assertEqual(answer, "3 16" if target == "239.1.2.3" else "5 16")

    def test_two_programs_share_one_multicast_port(self):
        session, port = self.listen("0.0.0.0", "multicast=239.1.2.3,left", "reuse-address=on")
        other = self.start("socat", "-u", f"UDP4-RECV:{port},reuseaddr,reuseport,ip-add-membership=239.1.2.3:10.1.0.1",
                           "STDOUT")
        self.assertEqual(listening_port(other, "udp"), port)
        self.say_there("both", f"UDP4-DATAGRAM:239.1.2.3:{port},ip-multicast-if=10.1.0.2")
        self.assertEqual(self.heard(session)["bytes_in"], 4)
        self.assertEqual(other.stdout.read(4), b"both")

    def test_this_machine_hears_its_own_datagrams_unless_told_otherwise(self):
        hearer = self.start("socat", "-u", f"UDP4-RECV:{PORT},ip-add-membership=239.1.2.3:10.1.0.1", "STDOUT")
        self.assertEqual(listening_port(hearer, "udp"), PORT)
        for option, text in (("off", "unheard"), ("on", "heard")):
            self.session(f"udp://239.1.2.3:{PORT}", "--option", "interface=left", "--option", f"multicast-loop={option}",
                         "--send", text, "--until", "idle:1", log=self.log)
            self.assertEqual(self.raw(self.log, "out"), text.encode())
        self.assertEqual(hearer.stdout.read(5), b"heard")  # The kernel would have kept the order

    def test_a_broadcast_reaches_the_other_machine_when_allowed(self):
        self.socat_there(f"UDP4-RECVFROM:{PORT},fork", "PIPE")
        for address in ("10.1.0.255", "255.255.255.255"):
            summary = self.client(f"udp://{address}:{PORT}", "broadcast=on", "interface=left")
            self.assertEqual([connection["peer"] for connection in summary["connections"]],
                             [f"{address}:{PORT}", f"10.1.0.2:{PORT}"])

    def test_a_broadcast_without_the_option_is_refused(self):
        done = self.sidewire("run", f"udp://10.1.0.255:{PORT}", "--send", "hello", "--until", "idle:100", "--log",
                             self.log, "--summary", "json", status=3)
        self.assertIn(b"broadcast=on", done.stderr)
        self.assertTrue(any("broadcast=on" in event for event in self.events()))

    def test_a_listener_hears_a_broadcast(self):
        session, port = self.listen("0.0.0.0")
        self.say_there("hello", f"UDP4-DATAGRAM:10.1.0.255:{port},broadcast")
        self.assertEqual(self.heard(session)["local"], f"10.1.0.255:{port}")

    def test_an_echo_into_a_group_leaves_from_our_own_address(self):
        arguments = ("--option", "multicast=239.1.2.3,left", "--option", "answer=echo")
        session = self.start(BINARY, "run", f"udp-listen://:{PORT}", *arguments, "--log", self.log)
        self.assertEqual(listening_port(session, "udp"), PORT)
        socat = self.start_there("socat", "-t", "60", "-", f"UDP4-DATAGRAM:239.1.2.3:{PORT},ip-multicast-if=10.1.0.2,"
                                 "range=10.1.0.1/32", stdin=-1)
        socat.stdin.write(b"hello")
        socat.stdin.flush()
        self.assertEqual(socat.stdout.read(5), b"hello")
        self.interrupt(session)
        connections = self.info(self.log)["connections"]
        self.assertEqual([(each["local"], each["records_in"], each["records_out"]) for each in connections],
                         [(f"239.1.2.3:{PORT}", 1, 0), (f"10.1.0.1:{PORT}", 0, 1)])

    def test_a_group_that_cannot_be_joined_is_named(self):
        for option, reason in (("multicast=239.1.2.3,nosuch0", b"there is no interface nosuch0; there are lo, left"),
                               ("multicast=239.1.2.3", b"no interface leads to the group 239.1.2.3")):
            done = self.sidewire("run", "udp-listen://0.0.0.0:0", "--option", option, status=2)
            self.assertIn(reason, done.stderr)


if __name__ == "__main__":
    unittest.main()
