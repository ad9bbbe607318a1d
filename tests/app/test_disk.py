# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""Sessions whose disk fills up or fails, and logs that are taken away: it is said, and nothing is lost without a word."""

import contextlib
import json
import resource
import signal
import socket
import subprocess
import threading
import unittest

import websocketserver
from disk import FailingDisk, SmallDisk, own_mounts
from sidewire import BINARY, DEADLINE, SidewireTest, listening_port, wait_for

MIB = 1 << 20
SENT = b"".join(b"%015d\n" % number for number in range(32 * MIB // 16))  # More than all buffers on the way hold


def setUpModule():
    own_mounts()


class Sender:
    """A server that sends all of SENT to whoever comes, as fast as it is read."""

    def __init__(self, test):
        self._server = socket.create_server(("127.0.0.1", 0))
        test.addCleanup(self._server.close)
        self.port = self._server.getsockname()[1]
        self._thread = threading.Thread(target=self._send, daemon=True)
        self._thread.start()

    def _send(self):
        client, _ = self._server.accept()
        with client, contextlib.suppress(OSError):
            client.sendall(SENT)

    def is_done(self):
        return not self._thread.is_alive()


class DiskTest(SidewireTest):
    def setUp(self):
        super().setUp()
        self.disk = None
        self.place = self.folder / "disk"
        self.log = self.place / "session.pcapng"
        self.trouble = self.folder / "trouble"

    def on_a_small_disk(self, size):
        self.disk = SmallDisk(self.place, size)
        self.addCleanup(self.disk.end)

    def on_a_failing_disk(self, size):
        self.disk = FailingDisk(self.place, self.folder / "image", size)
        self.addCleanup(self.disk.end)

    def record(self, target, *arguments, **options):
        stderr = self.trouble.open("wb")
        self.addCleanup(stderr.close)
        return self.start(BINARY, "run", target, "--log", self.log, "--print", "none", "--summary", "json", *arguments,
                          stderr=stderr, **options)

    def wait_until_told(self, text, run):
        wait_for(lambda: text in self.trouble.read_text(), run)

    def summary(self, run, status=0):
        told, _ = run.communicate(timeout=DEADLINE)
        self.assertEqual(run.returncode, status, self.trouble.read_text())
        return json.loads(told)

    def assert_recorded_so_far(self):
        """The log is a good one now, and holds the beginning of SENT."""
        kept = self.raw(self.log, "in")
        self.assertGreater(len(kept), MIB)
        self.assertTrue(SENT.startswith(kept))


class FullDisk(DiskTest):
    def test_a_stream_waits_for_room_and_loses_nothing(self):
        self.on_a_small_disk(4)
        sender = Sender(self)
        run = self.record(f"tcp://127.0.0.1:{sender.port}")
        self.wait_until_told("No space left on device", run)
        self.assert_recorded_so_far()
        self.assertFalse(sender.is_done())

        self.disk.grow(64)
        connection, = self.summary(run)["connections"]
        self.assertEqual(connection["bytes_in"], len(SENT))
        self.assertIn("all is well with the log again", self.trouble.read_text())
        self.assertEqual(self.raw(self.log, "in"), SENT)

    def test_the_index_goes_on_when_there_is_room_again(self):
        self.on_a_small_disk(4)
        self.environment["XDG_CACHE_HOME"] = str(self.place)
        sender = Sender(self)
        run = self.record(f"tcp://127.0.0.1:{sender.port}", "--lens", "lines")
        self.wait_until_told("No space left on device", run)

        self.disk.grow(1024)
        connection, = self.summary(run)["connections"]
        self.assertEqual(connection["bytes_in"], len(SENT))
        self.assertEqual(connection["messages_in"], len(SENT) // 16)

    def test_datagrams_that_found_no_room_are_counted(self):
        self.on_a_small_disk(4)
        run = self.record("udp-listen://127.0.0.1:0")
        to = ("127.0.0.1", listening_port(run, "udp"))
        sent = 0
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
            while "No space left" not in self.trouble.read_text() or sent < 4000:
                sent += peer.sendto(bytes(4096), to) // 4096
            self.disk.grow(64)
            self.wait_until_told("all is well with the log again", run)
            before = sent
            while sent < before + 100:
                sent += peer.sendto(bytes(4096), to) // 4096
        run.send_signal(signal.SIGINT)
        summary = self.summary(run)
        connection, = summary["connections"]
        self.assertGreater(summary["dropped"]["capture"], 0)
        self.assertEqual(connection["records_in"] + summary["dropped"]["capture"] + summary["dropped"]["kernel"], sent)
        self.assertEqual(self.info(self.log)["dropped"], summary["dropped"])

    def test_a_websocket_waits_for_room_and_loses_nothing(self):
        async def flood(connection, _path):
            for begin in range(0, len(SENT), 8192):
                await connection.send(SENT[begin:begin + 8192])

        self.on_a_small_disk(4)
        port = websocketserver.serve(self, flood, compression=None)
        run = self.record(f"ws://127.0.0.1:{port}/")
        self.wait_until_told("No space left on device", run)
        self.disk.grow(64)
        self.summary(run)
        received = [m["text"] if "text" in m else m["base64"] for m in self.messages(self.log, "--direction", "in")
                    if m["kind"] == "binary"]
        self.assertEqual(len(received), len(SENT) // 8192)

    def test_a_limit_on_the_size_of_files_is_told(self):
        """Also where it is the index that becomes too long."""

        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (8 * MIB, resource.RLIM_INFINITY))

        self.place.mkdir()
        sender = Sender(self)
        run = self.record(f"tcp://127.0.0.1:{sender.port}", "--lens", "lines", preexec_fn=limit)
        self.wait_until_told("File too large", run)
        self.assert_recorded_so_far()
        resource.prlimit(run.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        connection, = self.summary(run)["connections"]
        self.assertEqual(connection["messages_in"], len(SENT) // 16)
        self.assertEqual(self.raw(self.log, "in"), SENT)


class FailingDisks(DiskTest):
    def test_a_disk_that_turns_read_only_is_told_and_what_it_has_stays(self):
        self.on_a_failing_disk(16)
        with socket.create_server(("127.0.0.1", 0)) as server:
            run = self.record(f"tcp://127.0.0.1:{server.getsockname()[1]}")
            client, _ = server.accept()
            with client:
                client.sendall(SENT[:2 * MIB])
                wait_for(lambda: self.raw_so_far(self.log, "in") == SENT[:2 * MIB], run)
                self.disk.fail()
                client.sendall(SENT[2 * MIB:2 * MIB + 4096])
                self.wait_until_told("Read-only file system", run)
            run.send_signal(signal.SIGINT)  # It would wait for the disk for ever
            self.summary(run, status=3)
        self.assertIn("the log is incomplete", self.trouble.read_text())
        self.assertEqual(self.raw(self.log, "in"), SENT[:2 * MIB])

    def test_recording_goes_on_while_the_index_cannot(self):
        self.on_a_failing_disk(64)
        self.environment["XDG_CACHE_HOME"] = str(self.place)
        self.log = self.folder / "elsewhere.pcapng"
        with socket.create_server(("127.0.0.1", 0)) as server:
            run = self.record(f"tcp://127.0.0.1:{server.getsockname()[1]}", "--lens", "lines")
            client, _ = server.accept()
            with client:
                client.sendall(SENT[:2 * MIB])
                wait_for(lambda: self.raw_so_far(self.log, "in") == SENT[:2 * MIB], run)
                subprocess.run(["sync", "-f", self.place], check=True)
                self.disk.fail()
                client.sendall(SENT[2 * MIB:])
                self.wait_until_told("Read-only file system", run)
                done = self.sidewire("export", self.log, "--to", "raw", "--direction", "in", status=1)
                self.assertIn(b"could not be read to its end", done.stderr)
                self.environment["XDG_CACHE_HOME"] = str(self.folder)
                wait_for(lambda: self.raw_so_far(self.log, "in") == SENT, run)
            run.send_signal(signal.SIGINT)
            self.summary(run, status=3)
        self.assertEqual(self.raw(self.log, "in"), SENT)


class LogsTakenAway(DiskTest):
    def setUp(self):
        super().setUp()
        self.place.mkdir()
        server = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(server.close)
        self.running = self.record(f"tcp://127.0.0.1:{server.getsockname()[1]}")
        self.peer, _ = server.accept()
        self.addCleanup(self.peer.close)
        self.peer.sendall(b"before")
        wait_for(lambda: self.log.exists() and self.raw_so_far(self.log, "in") == b"before", self.running)

    def send_until_told(self, text):
        """It looks for its file when it writes, at most once a second. Returns what was sent."""
        sent = b""

        def is_told():
            nonlocal sent
            self.peer.sendall(b"x")
            sent += b"x"
            return text in self.trouble.read_text()

        wait_for(is_told, self.running)
        return sent

    def test_a_removed_log_is_told(self):
        self.log.unlink()
        self.send_until_told("the log was removed")
        self.peer.close()
        self.summary(self.running, status=3)

    def test_a_log_that_is_removed_last_is_told_too(self):
        self.log.unlink()
        self.peer.close()
        self.summary(self.running, status=3)
        self.assertIn("the log was removed", self.trouble.read_text())

    def test_a_renamed_log_is_told_and_goes_on(self):
        elsewhere = self.place / "elsewhere.pcapng"
        self.log.rename(elsewhere)
        sent = self.send_until_told("the log was renamed")
        elsewhere.rename(self.log)
        sent += self.send_until_told("all is well with the log again")
        self.peer.close()
        self.summary(self.running)
        self.assertEqual(self.raw(self.log, "in"), b"before" + sent)
        told = self.sidewire("info", self.log).stdout
        self.assertIn(b"The log was renamed or moved", told)

    def test_another_file_in_its_place_is_left_alone(self):
        elsewhere = self.place / "elsewhere.pcapng"
        self.log.rename(elsewhere)
        self.log.write_bytes(b"of somebody else")
        sent = self.send_until_told("the log was renamed")
        self.peer.close()
        self.summary(self.running)
        self.assertEqual(self.log.read_bytes(), b"of somebody else")
        self.assertEqual(self.raw(elsewhere, "in"), b"before" + sent)


if __name__ == "__main__":
    unittest.main()
