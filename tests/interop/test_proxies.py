# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""Sessions through the proxies of others: tinyproxy (HTTP CONNECT), danted and microsocks (SOCKS5)."""

import os
import shutil
import socket
import ssl
import unittest

import certificates
from sidewire import BINARY, DEADLINE, SidewireTest, listening_port

EVERY = ["tcp", "tls", "ws", "wss"]


def free_port():
    """A port that was free a moment ago, for programs that cannot look for one themselves."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def read_head(connection):
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        piece = connection.recv(1)
        assert piece, head
        head += piece
    return head


class ProxyTest(SidewireTest):
    def serve(self, *command, config=None):
        """Starts a proxy and returns its port. `{port}` in the command and the configuration is replaced by it."""
        program = shutil.which(command[0], path=os.environ["PATH"] + ":/usr/sbin:/sbin")
        self.assertIsNotNone(program, f"{command[0]} is not installed")
        for _ in range(10):
            port = free_port()
            path = self.folder / "proxy.conf"
            if config:
                path.write_text(config.format(port=port, folder=self.folder))
            arguments = [part.format(port=port, config=path, folder=self.folder) for part in command[1:]]
            log = (self.folder / "proxy.log").open("wb")
            self.addCleanup(log.close)
            process = self.start(program, *arguments, stdout=log, stderr=log)
            try:
                self.assertEqual(listening_port(process), port)
                return port
            except AssertionError:
                if process.poll() is None:
                    raise  # Otherwise somebody else was faster to take the port.
        raise AssertionError((self.folder / "proxy.log").read_text())

    def tinyproxy(self, more=""):
        config = f"Port {{port}}\nListen 127.0.0.1\nTimeout 60\nAllow 127.0.0.1\nDisableViaHeader Yes\n{more}"
        return self.serve("tinyproxy", "-d", "-c", "{config}", config=config)

    def danted(self):
        return self.serve("danted", "-f", "{config}", "-p", "{folder}/danted.pid", "-N", "1", config="""
logoutput: stderr
internal: 127.0.0.1 port = {port}
external: 127.0.0.1
clientmethod: none
socksmethod: none
client pass {{ from: 127.0.0.0/8 to: 0.0.0.0/0 }}
socks pass {{ from: 127.0.0.0/8 to: 0.0.0.0/0 }}
""")

    def echo(self, scheme):
        """The target of a listener of ours, by its name: the proxy has to resolve that."""
        listener = self.start(BINARY, "run", f"{scheme}-listen://127.0.0.1:0", "--option", "answer=echo",
                              "--print", "none")
        return f"{scheme}://localhost:{listening_port(listener)}"

    def talk(self, proxy, target, *arguments, status=0):
        """Sends a line through the proxy and returns the connection of the summary, and the raw bytes in."""
        self.log = self.folder / "client.pcapng"
        until = [] if status else ["--until", "messages:1"]
        summary = self.session(target, "--option", f"proxy={proxy}", "--option", "verify=off", "--send", "hello\\n",
                               "--lens", "auto", *until, *arguments, log=self.log, status=status)
        self.assertEqual(len(summary["connections"]), 1)
        return summary["connections"][0]

    def check_each(self, proxy):
        for scheme in EVERY:
            with self.subTest(scheme=scheme):
                connection = self.talk(proxy, self.echo(scheme))
                port = int(proxy.rsplit(":", 1)[1])
                self.assertEqual(connection["peer"], f"127.0.0.1:{port}")
                self.assertEqual(connection["proxy"], proxy.split("//")[0] + f"//127.0.0.1:{port}")
                phases = [phase["name"] for phase in connection["phases"]]
                expected = ["resolve", "tcp", "proxy"]
                expected += ["tls"] if scheme in ("tls", "wss") else []
                expected += ["upgrade"] if scheme in ("ws", "wss") else []
                self.assertEqual(phases[:len(expected) + 1], expected + ["open"])
                self.assertEqual(connection["tls"] is not None, scheme in ("tls", "wss"))
                self.assertEqual(connection["violations"], 0)
                texts = [message.get("text") for message in self.messages(self.log, "--direction", "in")]
                self.assertIn("hello", [(text or "").strip() for text in texts])

    def refused(self, proxy, target, error):
        connection = self.talk(proxy, target, status=2)
        self.assertEqual(connection["state"], "failed")
        self.assertEqual(connection["phases"][-1]["name"], "proxy")
        self.assertIn(error, self.info(self.log)["error"])


class HttpConnect(ProxyTest):
    def test_each_scheme_goes_through_tinyproxy(self):
        self.check_each(f"http://127.0.0.1:{self.tinyproxy()}")

    def test_tinyproxy_wants_a_login(self):
        port = self.tinyproxy("BasicAuth alice s3cret")
        target = self.echo("tcp")
        self.refused(f"http://127.0.0.1:{port}", target, "the proxy answered 407")
        self.refused(f"http://alice:wrong@127.0.0.1:{port}", target, "the proxy answered 401")
        connection = self.talk(f"http://alice:s3cret@127.0.0.1:{port}", target)
        self.assertEqual(connection["proxy"], f"http://127.0.0.1:{port}")  # No summary and no log has the password
        self.assertIn(b"Proxy-Authorization: Basic", self.raw(self.log, "out"))
        self.assertNotIn(b"s3cret", self.log.read_bytes().replace(self.raw(self.log, "out"), b""))

    def test_tinyproxy_cannot_connect(self):
        port = self.tinyproxy()
        self.refused(f"http://127.0.0.1:{port}", f"tcp://127.0.0.1:{self.refusing_port()}", "the proxy answered 5")

    def test_tinyproxy_forbids_the_port(self):
        port = self.tinyproxy("ConnectPort 1")
        self.refused(f"http://127.0.0.1:{port}", self.echo("tcp"), "the proxy answered 403")


class Socks5(ProxyTest):
    def test_each_scheme_goes_through_danted(self):
        self.check_each(f"socks5://127.0.0.1:{self.danted()}")

    def test_danted_cannot_connect(self):
        port = self.danted()
        self.refused(f"socks5://127.0.0.1:{port}", f"tcp://127.0.0.1:{self.refusing_port()}", "connection refused")

    def test_microsocks_wants_a_login(self):
        port = self.serve("microsocks", "-i", "127.0.0.1", "-p", "{port}", "-u", "alice", "-P", "s3cret")
        target = self.echo("tcp")
        self.refused(f"socks5://127.0.0.1:{port}", target, "the proxy wants a login")
        self.refused(f"socks5://alice:wrong@127.0.0.1:{port}", target, "does not accept the user or the password")
        self.talk(f"socks5://alice:s3cret@127.0.0.1:{port}", target)


class DefaultPorts(SidewireTest):
    """A proxy is told every port, the Host line only what is not the default (RFC 9110, 7.2)."""

    def asked(self, target, context=None):
        """What the proxy and the server behind it are asked first."""
        heads = []
        with socket.create_server(("127.0.0.1", 0)) as proxy:
            proxy.settimeout(DEADLINE)
            self.start(BINARY, "run", target, "--option", f"proxy=http://127.0.0.1:{proxy.getsockname()[1]}",
                       "--option", "verify=off")
            client, _ = proxy.accept()
            client.settimeout(DEADLINE)
            with client:
                heads.append(read_head(client))
                client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                with context.wrap_socket(client, server_side=True) if context else client as server:
                    heads.append(read_head(server))
        return heads

    def test_websockets(self):
        certificates.self_signed(self.folder, "server", "example.test")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / "server.pem", self.folder / "server.key")
        for target, tls, authority, host in (("ws://example.test/", None, b"example.test:80", b"example.test"),
                                             ("ws://example.test:443/", None, b"example.test:443", b"example.test:443"),
                                             ("wss://example.test/", context, b"example.test:443", b"example.test"),
                                             ("wss://[::1]:80/", context, b"[::1]:80", b"[::1]:80")):
            with self.subTest(target=target):
                to_proxy, to_server = self.asked(target, tls)
                self.assertTrue(to_proxy.startswith(b"CONNECT %b HTTP/1.1\r\n" % authority), to_proxy)
                self.assertIn(b"\r\nHost: %b\r\n" % host, to_server)


class Neither(ProxyTest):
    def test_the_proxy_is_not_there(self):
        port = self.refusing_port()
        done = self.session("tcp://example.invalid:1", "--option", f"proxy=http://127.0.0.1:{port}", status=2)
        self.assertIn(f"the proxy http://127.0.0.1:{port} could not be reached", done["error"])

    def test_udp_has_no_proxy(self):
        done = self.sidewire("run", "udp://127.0.0.1:9", "--option", "proxy=http://127.0.0.1:3128", status=1)
        self.assertIn(b"proxy", done.stderr)


if __name__ == "__main__":
    unittest.main()
