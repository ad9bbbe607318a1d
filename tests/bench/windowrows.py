# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""Rows: the window on a screen of 1366 x 768 (Xvfb, which takes part of the same processor)."""

import contextlib
import json
import os
import pathlib
import shutil
import signal
import statistics
import subprocess
import time

import logrows
from harness import MIB
from sidewire import BINARY, listening_port, wait_for

SEARCHING = ("--filter", 'in "7"', "--find", "needle")
FIRST_BYTES = 65536  # Of the log: then the recording has begun
REST = 0.5  # Seconds in which a log does not grow: then it has ended


@contextlib.contextmanager
def display(bench):
    """The environment of programs on an empty screen, in a home of their own."""
    read, write = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp",
                               "-noreset"],  # Which would fall into the next program's start
                              pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    home = (bench.data / "home").absolute()
    home.mkdir(mode=0o700)
    with os.fdopen(read) as number:
        environment = dict(os.environ, DISPLAY=":" + number.readline().strip(), HOME=str(home), LC_ALL="C.UTF-8",
                           XDG_RUNTIME_DIR=str(home), QT_QPA_PLATFORM="xcb")
    for name in ("CONFIG", "DATA", "CACHE"):
        environment[f"XDG_{name}_HOME"] = str(home / name.lower())
    try:
        yield environment
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(home)


class Recording:
    """A session whose log is watched while it grows: in the window, or in `sidewire run`."""

    def __init__(self, bench, environment, target, arguments=None):
        self._logs = bench.data / "home/data/sidewire/logs"
        self._measured = bench.data / "measured.json"
        # Both, so that all find the same memory: the system hands out again what it has just got back, and on a virtual
        # machine memory that was not used for a while costs three times as much to write to.
        shutil.rmtree(self._logs, ignore_errors=True)
        bench.log.unlink(missing_ok=True)
        self._log = None if arguments is not None else bench.log
        if arguments is None:
            self.process = bench.sidewire(target)
        else:
            self.process = bench.start(BINARY, "--size", "1366x768", "--measure-ui", self._measured, *arguments, target,
                                       env=environment)

    def _size(self):
        if self._log is None and self._logs.exists():
            self._log = next(self._logs.glob("*.pcapng"), None)
        return self._log.stat().st_size if self._log and self._log.exists() else 0

    def seconds(self, least):
        """From the first bytes in the log to the last ones; it must hold at least so many."""
        wait_for(lambda: self._size() > FIRST_BYTES, self.process)
        begin = grown = time.monotonic()
        before = self._size()
        while before < least or time.monotonic() - grown < REST:
            time.sleep(0.002)
            size = self._size()
            if size != before:
                before, grown = size, time.monotonic()
            assert time.monotonic() - grown < 60, f"the log stays at {size} bytes"
        return grown - begin

    def end(self):
        """Interrupts what still runs. What the window measured, otherwise nothing."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=60)
        return json.loads(self._measured.read_text()) if self._measured.exists() else {}


def flooded(bench, environment, scheme, flood, least, arguments=None):
    """A flooding server, and a client in the window or, without arguments, without one."""
    server = bench.start(*flood)
    recording = Recording(bench, environment, f"{scheme}://127.0.0.1:{server.stdout.readline().strip()}/", arguments)
    seconds = recording.seconds(least)
    measured = recording.end()
    bench.finish(server)
    return seconds, measured


def crowded(bench, environment, clients, messages, least, arguments=None):
    """A listener with many clients."""
    recording = Recording(bench, environment, "tcp-listen://127.0.0.1:0", arguments)
    crowd = bench.start(bench.programs / "manyclients", listening_port(recording.process), clients, messages)
    seconds = recording.seconds(least)
    measured = recording.end()
    bench.finish(crowd)
    return seconds, measured


def window_row(bench, what, run, arguments):
    results = bench.alternate({"run": run, "window": lambda: run(arguments)})
    median = bench.medians(results)
    slower = median["window"] / median["run"] - 1
    late = {name: statistics.median(measured[name] for _, measured in results["window"])
            for name in ("p50", "p99", "p999", "worst")}
    bench.row(f"window, {what}", "recording without a window", "p99 <= 16 ms, p99.9 <= 50 ms; slower <= 15 %",
              late["p99"] <= 16 and late["p999"] <= 50 and slower <= 0.15,
              f"p99 {late['p99']:.1f} ms, p99.9 {late['p999']:.1f} ms; slower by {100 * slower:.0f} %",
              f"(p50 {late['p50']:.1f} ms, worst {late['worst']:.0f} ms; run {median['run']:.2f} s, "
              f"window {median['window']:.2f} s)")


def window(bench):
    size = max(1, int(bench.options.scale * 8192)) * MIB
    count = max(1, int(bench.options.scale * 20_000_000))
    lines = max(1, int(bench.options.scale * 5000))
    with display(bench) as environment:
        for name, arguments in (("following", ()), ("filter and search", SEARCHING)):
            window_row(bench, f"TCP flood, {name}",
                       lambda given=None: flooded(bench, environment, "tcp", (bench.programs / "tcpflood", size), size,
                                                  given), arguments)
            window_row(bench, f"WebSocket flood, {name}",
                       lambda given=None: flooded(bench, environment, "ws", (bench.programs / "wsflood", count, 100),
                                                  100 * count, given), arguments)
            window_row(bench, f"1,000 clients, {name}",
                       lambda given=None: crowded(bench, environment, 1000, lines, 32 * 1000 * lines, given), arguments)


def start(bench):
    """To the first frame on the screen, as a client of the display sees it."""
    watcher = bench.programs / "firstframe"
    if not watcher.exists() or not shutil.which("packetsender"):
        print("start: left out, it needs packaging/dependencies-bench.txt")
        return
    with display(bench) as environment:
        def timed(*command):
            return (float(bench.finish(bench.start(watcher, *command, env=environment, stderr=subprocess.DEVNULL))),)

        median = bench.medians(bench.alternate({"packetsender": lambda: timed("packetsender"),
                                                "sidewire": lambda: timed(BINARY)}))
    ratio = median["sidewire"] / median["packetsender"]
    bench.row("start to the first frame, warm", "Packet Sender", "time <= 0.7", ratio <= 0.7, f"{ratio:.2f}",
              f"(Packet Sender {median['packetsender']:.0f} ms, sidewire {median['sidewire']:.0f} ms)")


def rows(bench):
    """Opening logs in the window, from the start of the program: how soon messages are on the screen, and how late it
    answers until all is indexed."""
    size = max(1, int(bench.options.scale * 2048)) * MIB
    count = max(1, int(bench.options.scale * 10_000_000))
    log = logrows.stream_log(bench, "rows", (bytes(range(256)) * (MIB // 256) for _ in range(size // MIB)))
    with display(bench) as environment:
        opening(bench, environment, f"{size // MIB} MiB of large records", log)
        log.unlink()
        bench.finish(bench.start(bench.programs / "makelog", "datagrams", log, count))
        opening(bench, environment, f"{count:,} small records", log)
        log.unlink()


def opening(bench, environment, what, log):
    measured = bench.data / "measured.json"

    def opened():
        process = bench.start(BINARY, "--size", "1366x768", "--measure-ui", measured, log, env=environment)
        wait_until_idle(process)
        process.send_signal(signal.SIGINT)
        bench.finish(process)
        return json.loads(measured.read_text())

    results = bench.alternate({"window": opened})["window"]
    first, indexed, late = (statistics.median(run[name] for run in results) for name in ("firstRows", "indexed", "p99"))
    # Whatever takes longer to index must not be waited for.
    bench.row(f"opening {what} in the window", "", "first rows <= 300 ms after the start, and while indexing goes on",
              first <= 300 and (first < indexed or indexed <= 300), f"{first:.0f} ms",
              f"(all indexed and cut after {indexed:.0f} ms; p99 of the event loop {late:.1f} ms)")


def wait_until_idle(process):
    """Until it has worked and then used no more than a blinking cursor does."""
    worked = 0
    while process.poll() is None:
        time.sleep(1)
        fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
        before, worked = worked, int(fields[11]) + int(fields[12])  # Hundredths of a second, in the program and the kernel
        if 0 < worked <= before + 2:
            return
