# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""TLS sessions with openssl s_server and s_client."""

import pathlib
import shutil
import socket
import ssl
import subprocess
import tempfile
import unittest

import certificates
from sidewire import BINARY, SidewireTest, listening_port, wait_for

OLD = ("-cipher", "DEFAULT:@SECLEVEL=0")  # What TLS 1.0 and 1.1 need of openssl
VERSIONS = {"1.0": ("-tls1", *OLD), "1.1": ("-tls1_1", *OLD), "1.2": ("-tls1_2",), "1.3": ("-tls1_3",)}


class TlsTest(SidewireTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.certificates = pathlib.Path(tempfile.mkdtemp(prefix="sidewire-test-"))
        cls.addClassCleanup(shutil.rmtree, cls.certificates)
        certificates.make(cls.certificates)

    def setUp(self):
        super().setUp()
        self.log = self.folder / "tls.pcapng"

    def pem(self, name):
        return self.certificates / f"{name}.pem"

    def key(self, name):
        return self.certificates / f"{name}.key"

    def trusting(self, *options, authority="ca"):
        """Arguments for options, `ca` among them."""
        named = [f"ca={self.pem(authority)}", *options] if authority else options
        return [part for option in named for part in ("--option", option)]

    def presenting(self, name):
        return [f"cert={self.pem(name)}", f"key={self.key(name)}"]


class Client(TlsTest):
    """`sidewire run tls://...` against openssl s_server, which sends each line back in reverse."""

    def server(self, name, *arguments):
        process = self.start("openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", self.pem(name), "-cert_chain",
                             self.pem(name), "-key", self.key(name), "-rev", *arguments)
        return listening_port(process)

    def talk(self, port, *arguments, host="localhost", status=0):
        summary = self.session(f"tls://{host}:{port}", "--send", "hello\\n", "--lens", "lines", "--until",
                               "messages:1", *arguments, log=self.log, status=status)
        if status == 0:
            heard = [m["text"] for m in self.messages(self.log, "--lens", "lines") if m["direction"] == "in"]
            self.assertEqual(heard, ["olleh"])
        return summary

    def refused(self, port, *arguments, **options):
        """Talks in vain and returns what the program says."""
        summary = self.talk(port, *arguments, status=2, **options)
        self.assertEqual(summary["connections"][0]["bytes_in"], 0)
        self.assertEqual(summary["connections"][0]["bytes_out"], 0)
        return summary["error"]

    def test_each_version(self):
        for version, arguments in VERSIONS.items():
            with self.subTest(version=version):
                port = self.server("server", *arguments)
                summary = self.talk(port, *self.trusting(f"tls-min={version}", f"tls-max={version}"))
                tls = summary["connections"][0]["tls"]
                self.assertEqual(tls["protocol"], f"TLS {version}")
                self.assertEqual(tls["verification"], "verified")
                self.assertEqual(tls["sni"], "localhost")
                self.assertGreater(tls["ms"], 0)

    def test_old_versions_are_not_spoken_unless_asked_for(self):
        port = self.server("server", *VERSIONS["1.1"])
        self.assertIn("the peer sent the alert protocol_version", self.refused(port, *self.trusting()))

    def test_a_version_that_the_server_does_not_speak(self):
        port = self.server("server", *VERSIONS["1.2"])
        self.assertIn("the peer sent the alert protocol_version", self.refused(port, *self.trusting("tls-min=1.3")))

    def test_the_whole_chain_is_shown(self):
        tls = self.talk(self.server("chained"), *self.trusting())["connections"][0]["tls"]
        self.assertEqual(len(tls["chain"]), 2)
        self.assertEqual(tls["chain"][0], fingerprint(self.pem("chained")))

    def test_what_is_recorded_is_plaintext(self):
        self.talk(self.server("server"), *self.trusting())
        self.assertEqual(self.raw(self.log, "out"), b"hello\n")
        self.assertEqual(self.raw(self.log, "in"), b"olleh\n")

    def test_problems_of_a_certificate_are_fatal_and_named(self):
        for name, problem in (("expired", "the certificate has expired (2021-01-01)"),
                              ("future", "the certificate is not yet valid (2090-01-01)"),
                              ("elsewhere", "is for elsewhere.test, 192.0.2.1, not for localhost"),
                              ("selfsigned", "the certificate is self-signed and not among the trusted ones"),
                              ("stranger", "from an unknown issuer (CN=Test other-ca)")):
            with self.subTest(name=name):
                error = self.refused(self.server(name), *self.trusting())
                self.assertIn(problem, error)

    def test_the_systems_store_knows_none_of_them(self):
        error = self.refused(self.server("server"), *self.trusting(authority=None))
        self.assertIn("unknown issuer", error)

    def test_all_problems_are_told_at_once(self):
        port = self.server("expired")
        summary = self.talk(port, *self.trusting("sni=other.test", authority="other-ca"), status=2)
        problems = summary["connections"][0]["tls"]["problems"]
        self.assertEqual(len(problems), 3, problems)
        for problem in problems:
            self.assertIn(problem, summary["error"])

    def test_an_address_is_checked_as_an_address(self):
        tls = self.talk(self.server("server"), *self.trusting(), host="127.0.0.1")["connections"][0]["tls"]
        self.assertEqual((tls["verification"], tls["sni"]), ("verified", ""))
        error = self.refused(self.server("elsewhere"), *self.trusting(), host="127.0.0.1")
        self.assertIn("not for 127.0.0.1", error)

    def test_a_server_name_instead_of_the_host(self):
        port = self.server("server", "-servername", "elsewhere.test", "-cert2", self.pem("elsewhere"), "-key2",
                           self.key("elsewhere"))
        tls = self.talk(port, *self.trusting("sni=elsewhere.test"))["connections"][0]["tls"]
        self.assertEqual((tls["sni"], tls["chain"][0]), ("elsewhere.test", fingerprint(self.pem("elsewhere"))))
        self.assertEqual(tls["verification"], "verified")

    def test_verification_can_be_off(self):
        tls = self.talk(self.server("expired"), *self.trusting("verify=off", authority=None))["connections"][0]["tls"]
        self.assertEqual(tls["verification"], "off")
        self.assertIn("the certificate has expired (2021-01-01)", tls["problems"])

    def test_one_fingerprint_can_be_trusted(self):
        port = self.server("selfsigned")
        digits = fingerprint(self.pem("selfsigned"))
        tls = self.talk(port, *self.trusting(f"verify={digits}", authority=None))["connections"][0]["tls"]
        self.assertEqual(tls["verification"], "pinned")

    def test_and_no_other(self):
        digits = fingerprint(self.pem("selfsigned"))
        error = self.refused(self.server("server"), *self.trusting(f"verify={digits}"))
        self.assertIn(digits, error)
        self.assertIn(fingerprint(self.pem("server")), error)

    def test_a_protocol_is_agreed_on(self):
        port = self.server("server", "-alpn", "mqtt,http/1.1")
        tls = self.talk(port, *self.trusting("alpn=h2,http/1.1"))["connections"][0]["tls"]
        self.assertEqual(tls["alpn"], "http/1.1")

    def test_no_common_protocol(self):
        port = self.server("server", "-alpn", "mqtt")
        self.assertIn("alert no_application_protocol", self.refused(port, *self.trusting("alpn=h2")))

    def test_a_client_certificate(self):
        port = self.server("server", "-Verify", "1", "-verify_return_error", "-CAfile", self.pem("ca"))
        self.talk(port, *self.trusting(*self.presenting("client")))

    def test_an_encrypted_key(self):
        port = self.server("server", "-Verify", "1", "-CAfile", self.pem("ca"))
        secret = self.folder / "passphrase"
        secret.write_text(certificates.PASSPHRASE + "\n")
        options = self.presenting("encrypted")
        self.talk(port, *self.trusting(*options, f"passphrase-file={secret}"))
        self.assertIn("is encrypted and needs its passphrase", self.refused(port, *self.trusting(*options)))
        secret.write_text("a guess\n")
        error = self.refused(port, *self.trusting(*options, f"passphrase-file={secret}"))
        self.assertIn("the passphrase of the key", error)
        self.assertNotIn(b"a guess", self.log.read_bytes())

    def test_a_missing_or_foreign_client_certificate(self):
        required = ("-Verify", "1", "-verify_return_error", "-CAfile", self.pem("ca"))
        for options, alert in (([], {"1.2": "handshake_failure", "1.3": "certificate_required"}),
                               (self.presenting("other-client"), {"1.2": "unknown_ca", "1.3": "unknown_ca"})):
            # With TLS 1.3 the client is done before the server looks at its certificate (RFC 8446, 2).
            for version, status in (("1.2", 2), ("1.3", 3)):
                with self.subTest(options=options, version=version):
                    port = self.server("server", *required, *VERSIONS[version])
                    summary = self.talk(port, *self.trusting(*options), status=status)
                    self.assertIn(f"the peer sent the alert {alert[version]}", summary["error"])

    def test_a_server_that_is_killed(self):
        server = self.start("openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", self.pem("server"), "-key",
                            self.key("server"), "-quiet", stdin=subprocess.PIPE)
        session = self.start(BINARY, "run", f"tls://localhost:{listening_port(server)}", *self.trusting(), "--print",
                             "messages", "--lens", "lines", stderr=subprocess.PIPE)
        server.stdin.write(b"half of the answer\n")
        server.stdin.flush()
        wait_for(lambda: session.stdout.readline(), session)
        server.kill()
        self.assertEqual(session.wait(60), 3)
        self.assertIn(b"without close_notify", session.stdout.read() + session.stderr.read())


class Listener(TlsTest):
    """openssl s_client against `sidewire run tls-listen://...`, which sends back what comes."""

    def listener(self, *options):
        named = [part for option in options for part in ("--option", option)]
        return self.start(BINARY, "run", "tls-listen://127.0.0.1:0", "--option", "answer=echo", *named, "--log",
                          self.log, "--print", "none")  # The last of an option counts

    def serving(self, *options, name="server"):
        return self.listener(*self.presenting(name), *options)

    def client(self, listener, *arguments):
        return self.start("openssl", "s_client", "-connect", f"127.0.0.1:{listening_port(listener)}", "-CAfile",
                          self.pem("ca"), "-verify_return_error", *arguments, stdin=subprocess.PIPE,
                          stderr=subprocess.STDOUT)

    def echoed(self, listener, *arguments):
        """What s_client prints until a line has come back."""
        client = self.client(listener, *arguments)
        client.stdin.write(b"hello sidewire\n")
        client.stdin.flush()
        said = b""
        while not said.endswith(b"hello sidewire\n"):
            line = client.stdout.readline()
            self.assertTrue(line, said)
            said += line
        client.stdin.close()
        client.wait(60)
        return said

    def refused(self, listener, *arguments):
        """What s_client prints when it is sent away."""
        client = self.client(listener, *arguments)
        said = client.stdout.read()
        self.assertNotEqual(client.wait(60), 0)
        return said

    def connection(self, listener):
        self.interrupt(listener)
        return self.info(self.log)["connections"][0]

    def test_each_version(self):
        for version, arguments in VERSIONS.items():
            with self.subTest(version=version):
                listener = self.serving(f"tls-min={version}", f"tls-max={version}")
                self.echoed(listener, *arguments)
                connection = self.connection(listener)
                self.assertEqual(connection["tls"]["protocol"], f"TLS {version}")
                self.assertEqual((connection["bytes_in"], connection["bytes_out"]), (15, 15))

    def test_a_version_that_it_does_not_speak(self):
        listener = self.serving()
        self.assertIn(b"alert protocol version", self.refused(listener, *VERSIONS["1.1"]))
        self.interrupt(listener)

    def test_the_server_name_of_the_client(self):
        listener = self.serving()
        self.echoed(listener, "-servername", "server.test", "-verify_hostname", "server.test")
        self.assertEqual(self.connection(listener)["tls"]["sni"], "server.test")

    def test_a_certificate_of_its_own(self):
        listener = self.listener()
        client = self.start("openssl", "s_client", "-connect", f"127.0.0.1:{listening_port(listener)}", "-quiet",
                            "-no_ign_eof", stdin=subprocess.PIPE)
        client.stdin.write(b"hello\n")
        client.stdin.flush()
        self.assertEqual(client.stdout.readline(), b"hello\n")
        client.stdin.close()
        self.assertEqual(client.wait(60), 0)
        self.interrupt(listener)

    def test_ncat_gets_its_bytes_back(self):
        listener = self.serving()
        sends = bytes(range(256)) * 1000
        ncat = subprocess.run(["ncat", "--ssl", "--ssl-verify", "--ssl-trustfile", self.pem("ca"), "localhost",
                               str(listening_port(listener))], input=sends, capture_output=True, timeout=60, check=True)
        self.assertEqual(ncat.stdout, sends)
        connection = self.connection(listener)
        self.assertEqual((connection["bytes_in"], connection["bytes_out"]), (len(sends), len(sends)))
        self.assertIn(b"without close_notify", self.log.read_bytes())  # As ncat ends

    def test_a_client_that_ends_only_tcp_still_gets_what_is_queued(self):
        listener = self.serving("sndbuf=65536")
        sends = bytes(range(256)) * 12_000
        with socket.socket() as plain:
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
            plain.settimeout(60)
            plain.connect(("127.0.0.1", listening_port(listener)))
            context = ssl.create_default_context(cafile=self.pem("ca"))
            with context.wrap_socket(plain, server_hostname="localhost") as client:
                client.sendall(sends)
                socket.socket.shutdown(client, socket.SHUT_WR)  # FIN, and no close_notify, as ncat ends
                got = b""
                while piece := client.recv(65536) if len(got) < len(sends) else b"":
                    got += piece
        self.assertEqual(len(got), len(sends))
        self.assertEqual(got, sends)
        connection = self.connection(listener)
        self.assertEqual((connection["state"], connection["bytes_out"]), ("failed", len(sends)))

    def test_the_time_comes_again_and_again(self):
        for command in (("openssl", "s_client", "-quiet", "-connect"), ("ncat", "--ssl")):
            with self.subTest(client=command[0]):
                listener = self.serving("answer=clock:10")
                port = listening_port(listener)
                address = [f"127.0.0.1:{port}"] if command[0] == "openssl" else ["127.0.0.1", port]
                client = self.start(*command, *address, stdin=subprocess.PIPE)
                times = [client.stdout.readline() for _ in range(3)]
                for line in times:
                    self.assertRegex(line, rb"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
                self.assertEqual(times, sorted(set(times)))
                client.kill()
                self.interrupt(listener)

    def test_protocols_in_our_order(self):
        listener = self.serving("alpn=http/1.1,h2")
        self.assertIn(b"ALPN protocol: http/1.1", self.echoed(listener, "-alpn", "h2,http/1.1"))
        self.assertEqual(self.connection(listener)["tls"]["alpn"], "http/1.1")

    def test_no_common_protocol(self):
        listener = self.serving("alpn=h2")
        self.assertIn(b"no application protocol", self.refused(listener, "-alpn", "mqtt"))
        self.interrupt(listener)
        self.assertIn(b"the client offers mqtt, this side h2", self.log.read_bytes())

    def test_a_client_certificate_when_asked(self):
        for wanted in ("ask", "require"):
            with self.subTest(wanted=wanted):
                listener = self.serving(f"client-cert={wanted}", f"ca={self.pem('ca')}")
                self.echoed(listener, "-cert", self.pem("client"), "-key", self.key("client"))
                tls = self.connection(listener)["tls"]
                self.assertEqual(tls["verification"], "verified")
                self.assertEqual(tls["chain"][0], fingerprint(self.pem("client")))

    def test_no_client_certificate_when_asked(self):
        listener = self.serving("client-cert=ask", f"ca={self.pem('ca')}")
        self.echoed(listener)
        self.assertEqual(self.connection(listener)["tls"]["verification"], "none")

    def test_no_client_certificate_when_required(self):
        listener = self.serving("client-cert=require", f"ca={self.pem('ca')}")
        self.assertIn(b"certificate required", self.refused(listener))
        self.interrupt(listener)
        self.assertIn(b"the client presented no certificate", self.log.read_bytes())

    def test_a_client_certificate_of_another_authority(self):
        listener = self.serving("client-cert=require", f"ca={self.pem('ca')}")
        said = self.refused(listener, "-cert", self.pem("other-client"), "-key", self.key("other-client"))
        self.assertIn(b"unknown ca", said)
        self.assertIn("unknown issuer", str(self.connection(listener)["tls"]["problems"]))

    def test_new_keys_in_the_middle(self):
        listener = self.serving()
        client = self.client(listener, "-tls1_3")
        for command in (b"K\n", b"k\n"):  # With an answer and without one (RFC 8446, 4.6.3)
            client.stdin.write(command)
            client.stdin.flush()
            while client.stdout.readline() != b"KEYUPDATE\n":
                self.assertIsNone(client.poll())
            client.stdin.write(b"still here\n")
            client.stdin.flush()
            while client.stdout.readline() != b"still here\n":
                self.assertIsNone(client.poll())
        client.stdin.close()
        client.wait(60)
        self.assertEqual(self.connection(listener)["bytes_in"], 22)

    def test_renegotiation_is_refused(self):
        listener = self.serving()
        client = self.client(listener, "-tls1_2")
        client.stdin.write(b"R\n")
        client.stdin.flush()
        self.assertIn(b"no renegotiation", client.stdout.read())
        client.wait(60)
        self.interrupt(listener)

    def test_a_session_is_resumed(self):
        listener = self.serving()
        ticket = self.folder / "ticket"
        self.echoed(listener, "-sess_out", ticket, "-tls1_2")
        self.assertIn(b"Reused, ", self.echoed(listener, "-sess_in", ticket, "-tls1_2"))
        self.interrupt(listener)

    def test_plain_http_is_named(self):
        listener = self.serving()
        asked = subprocess.run(["curl", "-s", "-m", "30", f"http://127.0.0.1:{listening_port(listener)}/"],
                               capture_output=True, check=False)
        self.assertNotEqual(asked.returncode, 0)
        self.interrupt(listener)
        self.assertIn(b"the peer speaks plain HTTP instead of TLS", self.log.read_bytes())


def fingerprint(path):
    told = subprocess.run(["openssl", "x509", "-in", path, "-noout", "-fingerprint", "-sha256"], capture_output=True,
                          check=True).stdout.decode()
    return told.strip().split("=")[1].replace(":", "").lower()


if __name__ == "__main__":
    unittest.main()
