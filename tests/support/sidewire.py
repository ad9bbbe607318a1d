# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""Drives the real program, for the tests in tests/app and tests/interop. CTest names it in $SIDEWIRE."""

import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest

BINARY = os.environ.get("SIDEWIRE", "build/dev/app/sidewire")
DEADLINE = 60  # Seconds. Only a hang takes that long, and a hang is a failure


class SidewireTest(unittest.TestCase):
    """A test with a folder of its own, in which the program also finds its home."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="sidewire-test-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", HOME=str(self.folder), LC_ALL="C.UTF-8")
        for name in ("CONFIG", "DATA", "CACHE"):
            self.environment[f"XDG_{name}_HOME"] = str(self.folder / name.lower())
        self.environment["XDG_RUNTIME_DIR"] = str(self.folder)

    def sidewire(self, *arguments, status=0):
        """Runs the program to its end and checks its exit status, unless that is None."""
        done = subprocess.run([BINARY, *map(str, arguments)], env=self.environment, capture_output=True,
                              stdin=subprocess.DEVNULL, timeout=DEADLINE, check=False)
        if status is not None:
            self.assertEqual(done.returncode, status, f"{arguments}: {done.stdout!r} {done.stderr!r}")
        return done

    def session(self, target, *arguments, log=None, status=0):
        """Runs a session and returns its summary."""
        log = ["--log", log] if log else []
        done = self.sidewire("run", target, *arguments, *log, "--print", "none", "--summary", "json", status=status)
        return json.loads(done.stdout)

    def info(self, log):
        return json.loads(self.sidewire("info", log, "--json").stdout)

    def messages(self, log, *arguments):
        """The messages of a log, as `export --to jsonl` tells them."""
        lines = self.sidewire("export", log, "--to", "jsonl", *arguments).stdout.splitlines()
        return [json.loads(line) for line in lines]

    def raw(self, log, direction, *arguments):
        return self.sidewire("export", log, "--to", "raw", "--direction", direction, *arguments).stdout

    def raw_so_far(self, log, direction):
        """Of a log that is being written: half of its last block may be there, which export's status says too."""
        return self.sidewire("export", log, "--to", "raw", "--direction", direction, status=None).stdout

    def start(self, *command, **options):
        """Starts a program that is ended with the test."""
        options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL,
                   "env": self.environment, **options}
        process = subprocess.Popen(list(map(str, command)), **options)
        self.addCleanup(_end, process)
        return process

    def interrupt(self, process):
        """Ends a session as Ctrl+C does: it finishes its log and reports success."""
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(DEADLINE), 0)

    def refusing_port(self, transport="tcp"):
        """A port of 127.0.0.1 where nobody listens, and that nobody else is given while the test runs."""
        kind = socket.SOCK_STREAM if transport == "tcp" else socket.SOCK_DGRAM
        holder = socket.socket(socket.AF_INET, kind)
        self.addCleanup(holder.close)
        holder.bind(("127.0.0.1", 0))
        if transport == "udp":
            holder.connect(("127.0.0.1", 9))  # What others send is not for it: they get "port unreachable"
        return holder.getsockname()[1]


def _end(process):
    if process.poll() is None:
        process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream:
            stream.close()


def wait_for(condition, process=None):
    """What condition() returns as soon as that is true. Fails when `process` ends before."""
    end = time.monotonic() + DEADLINE
    while True:
        result = condition()
        if result:
            return result
        if process and process.poll() is not None:
            raise AssertionError(f"{process.args} ended with status {process.returncode}")
        if time.monotonic() > end:
            raise AssertionError("waited in vain")
        time.sleep(0.01)


def listening_port(process, transport="tcp"):
    """The port on which the process listens or is bound, as soon as there is one: so that every test can use port 0."""
    return wait_for(lambda: _bound_port(process.pid, transport), process)


def _bound_port(pid, transport):
    sockets = set()
    for descriptor in pathlib.Path(f"/proc/{pid}/fd").iterdir():
        try:
            sockets.add(os.readlink(descriptor))
        except FileNotFoundError:
            pass
    for family in ("", "6"):
        for line in pathlib.Path(f"/proc/{pid}/net/{transport}{family}").read_text().splitlines()[1:]:
            _, local, peer, state, *rest = line.split()
            is_waiting = state == "0A" if transport == "tcp" else peer.endswith(":0000")
            if is_waiting and f"socket:[{rest[5]}]" in sockets:
                return int(local.rsplit(":", 1)[1], 16)
    return None
