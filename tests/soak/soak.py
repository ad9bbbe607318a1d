# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""Runs mixed sessions under the sanitizers and accounts for every byte: on both sides, and in the logs.

Sessions of `sidewire run` in all roles, and one window (offscreen) with several sessions at once, talk over loopback to
peers that send counters at a modest rate. When their time is over the logs are read back and compared with what the
peers sent and received. It fails on any difference, on any report of a sanitizer, leaks among them, on an exit status,
and on a process whose memory grows.
"""

import argparse
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

from growth import MIB, Growth
from sidewire import BINARY, listening_port, wait_for
from streams import Clients, Datagrams, Server
from tls import client_context, server_context
from websocketpeers import WebSocketClients, WebSocketServer

CACHE = 32 * MIB  # What a log that is looked at keeps in memory: full when so much has come
DISK = 4 << 30  # What the logs of one round may take
ENOUGH = 600  # Seconds for a program to end


class Log:
    def __init__(self, path, soak):
        self.path = path
        self._soak = soak
        self.summary = json.loads(soak.read("info", path, "--json"))

    def raw(self, direction):
        return self._soak.read("export", self.path, "--to", "raw", "--direction", direction)

    def messages(self, lens, direction="both"):
        told = self._soak.read("export", self.path, "--to", "jsonl", "--lens", lens, "--direction", direction)
        return [json.loads(line) for line in told.splitlines()]


class Run:
    """One `sidewire run` with its traffic: made before for a client, after it listens for a listener."""

    def __init__(self, soak, name, target, traffic, *arguments):
        self.name = name
        self._log = soak.folder / f"{name.replace(' ', '-')}.pcapng"
        self._soak = soak
        self._is_listener = "-listen" in target
        if not self._is_listener:
            self.traffic = traffic
            target = target.format(port=traffic.port)
        self.process = soak.start("run", target, "--log", self._log, "--print", "none", *arguments)
        if self._is_listener:
            transport = "udp" if target.startswith("udp") else "tcp"
            self.traffic = traffic(listening_port(self.process, transport))

    def end(self):
        self.traffic.end()
        if self._is_listener or self.name.startswith("udp"):
            wait_until_quiet([self._log])
            self.process.send_signal(signal.SIGINT)
        status = self.process.wait(ENOUGH)
        self.traffic.check(status == 0, f"status {status}")

    def verify(self):
        size = self.traffic.verify(Log(self._log, self._soak))
        self._soak.tell(self.name, size, self.traffic.problems)
        self._log.unlink()


class Window:
    """The window with a session of each kind at once."""

    name = "window"

    def __init__(self, soak, rate):
        self._soak = soak
        ports = [free_port(kind) for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_STREAM)]
        tcp, websocket = Server(rate, half_closes=False), WebSocketServer(rate)
        targets = [f"tcp-listen://127.0.0.1:{ports[0]}", f"udp-listen://127.0.0.1:{ports[1]}",
                   f"ws-listen://127.0.0.1:{ports[2]}/", f"ws://127.0.0.1:{websocket.port}/",
                   f"tcp://127.0.0.1:{tcp.port}"]  # The last one is looked at
        self.process = soak.start("--size", "1366x768", *targets)
        for port in ports[::2]:
            wait_for(lambda port=port: is_listening(port), self.process)
        wait_for(lambda: is_bound(ports[1]), self.process)
        late = [Clients(rate / 8, ports[0], echoes=False, clients=1), Datagrams(rate, ports[1]),
                WebSocketClients(rate / 8, ports[2], echoes=False, clients=1)]
        self._traffic = dict(zip(targets, [*late, websocket, tcp]))

    def end(self):
        for traffic in self._traffic.values():
            traffic.end()
        wait_until_quiet(self._logs())
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(ENOUGH)
        next(iter(self._traffic.values())).check(status == 0, f"status {status}")

    def _logs(self):
        return list(self._soak.folder.glob("data/**/*.pcapng"))

    def verify(self):
        logs = {}
        for path in self._logs():
            log = Log(path, self._soak)
            logs[log.summary["target"]] = log
        for target, traffic in self._traffic.items():
            size = traffic.verify(logs[target]) if target in logs else 0
            traffic.check(target in logs, "there is no log")
            self._soak.tell(f"window {target.split(':')[0]}", size, traffic.problems)
        for path in self._logs():
            path.unlink()


def free_port(kind):
    with socket.socket(socket.AF_INET, kind) as holder:
        holder.bind(("127.0.0.1", 0))
        return holder.getsockname()[1]


def is_listening(port):
    return f":{port:04X} 00000000:0000 0A" in pathlib.Path("/proc/net/tcp").read_text()


def is_bound(port):
    return f":{port:04X} 00000000:0000 07" in pathlib.Path("/proc/net/udp").read_text()


def wait_until_quiet(logs):
    """All has been sent; what is still on its way into the logs shows in their growing."""
    before, now = None, [log.stat().st_size for log in logs]
    while now != before:
        time.sleep(2)
        before, now = now, [log.stat().st_size for log in logs]


class Soak:
    def __init__(self, options):
        self.options = options
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="sidewire-soak-", dir=options.folder))
        self.growth = Growth(self.folder / "live")
        self.is_good = True
        common = f"log_path={self.folder}/report"
        self._environment = dict(
            os.environ, QT_QPA_PLATFORM="offscreen", HOME=str(self.folder), LC_ALL="C.UTF-8",
            XDG_RUNTIME_DIR=str(self.folder), XDG_DATA_HOME=str(self.folder / "data"),
            XDG_CACHE_HOME=str(self.folder / "cache"), XDG_CONFIG_HOME=str(self.folder / "config"),
            # The sanitizer never drops the stacks of allocations, which differ each time, as it cannot walk those of
            # libraries without frame pointers.
            ASAN_OPTIONS=f"detect_leaks=1:quarantine_size_mb=4:malloc_context_size=2:verify_asan_link_order=0:{common}",
            UBSAN_OPTIONS=f"halt_on_error=1:print_stacktrace=1:{common}")

    def start(self, *arguments):
        environment = dict(self._environment, SOAK_LIVE_BYTES=str(self.folder / "live"))
        if self.options.live:
            environment["LD_PRELOAD"] = self.options.live
        return subprocess.Popen([BINARY, *map(str, arguments)], env=environment, stdin=subprocess.DEVNULL,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def read(self, *arguments):
        return subprocess.run([BINARY, *map(str, arguments)], env=self._environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, timeout=ENOUGH).stdout

    def tell(self, name, size, problems):
        print(f"{name:<28} {size / MIB:>9.1f} MiB  {'all accounted for' if not problems else 'WRONG'}", flush=True)
        for problem in problems[:10]:
            print(f"    {problem}")
        self.is_good = self.is_good and not problems

    def round(self, number, seconds):
        rate = self.options.rate * 1024
        echo = ("--option", "answer=echo")
        first = self.folder / "first"
        first.write_bytes(bytes(range(256)) * 4096)
        authority = self.folder / f"certificates-{number}"
        server, client = server_context(authority), client_context()
        trust = ("--option", f"ca={authority}/ca.pem")
        runs = [
            Run(self, "tcp client", "tcp://127.0.0.1:{port}", Server(rate), "--send-file", first),
            Run(self, "tcp listener", "tcp-listen://127.0.0.1:0", lambda port: Clients(rate, port, True), *echo),
            Run(self, "tls listener", "tls-listen://127.0.0.1:0",
                lambda port: Clients(rate, port, True, tls=client), *echo),
            Run(self, "tls client", "tls://127.0.0.1:{port}", Server(rate, tls=server, awaited=first.stat().st_size),
                "--send-file", first, *trust),
            Run(self, "udp client", "udp://127.0.0.1:{port}", Datagrams(rate), "--send", "hello"),
            Run(self, "udp listener", "udp-listen://127.0.0.1:0", lambda port: Datagrams(rate, port, True), *echo),
            Run(self, "ws client", "ws://127.0.0.1:{port}/", WebSocketServer(rate), "--send", "hello",
                "--option", "deflate=on"),
            Run(self, "ws listener", "ws-listen://127.0.0.1:0", lambda port: WebSocketClients(rate, port, True), *echo,
                "--option", "deflate=on"),
            Run(self, "wss client", "wss://127.0.0.1:{port}/", WebSocketServer(rate, server), "--send", "hello",
                *trust),
            Run(self, "wss listener", "wss-listen://127.0.0.1:0",
                lambda port: WebSocketClients(rate, port, True, client), *echo),
        ]
        runs.append(Window(self, rate))
        for run in runs:
            self.growth.watch(f"{run.name} {number}", run.process.pid)
        time.sleep(seconds)
        self.growth.forget_all()
        for run in runs:
            run.end()
        for run in runs:
            run.verify()

    def reports(self):
        reports = sorted(self.folder.glob("report*"))
        for report in reports:
            print(f"--- {report.name}\n{report.read_text()}")
        return reports

    def run(self):
        seconds = self.options.minutes * 60
        streams = 24  # Echoes are recorded twice
        rounds = max(self.options.rounds, -int(-1.3 * streams * self.options.rate * 1024 * seconds // DISK))
        for number in range(1, rounds + 1):
            print(f"round {number} of {rounds}, {seconds / rounds:.0f} s", flush=True)
            self.round(number, seconds / rounds)
        is_steady = self.growth.judge(self.options.growth * MIB, 1.1 * CACHE / (self.options.rate * 1024))
        reports = self.reports()
        print(f"sanitizer reports: {len(reports)}")
        is_good = self.is_good and is_steady and not reports
        print("soak passed" if is_good else f"soak FAILED; its files are in {self.folder}")
        if is_good:
            shutil.rmtree(self.folder)
        return is_good


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("minutes", type=float, help="how long traffic runs; reading the logs back comes on top")
    parser.add_argument("--rate", type=int, default=100, help="KiB a second and stream (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=2, help="at least so many, each with new sessions (default: %(default)s)")
    parser.add_argument("--growth", type=float, default=8, help="MiB that a process may grow (default: %(default)s)")
    parser.add_argument("--live", help="the library made of livebytes.cpp, for a build under AddressSanitizer")
    parser.add_argument("--folder", default="/var/tmp", help="where logs are kept meanwhile (default: %(default)s)")
    sys.exit(0 if Soak(parser.parse_args()).run() else 1)


if __name__ == "__main__":
    main()
