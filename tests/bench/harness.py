# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""How the rows of bench.py run programs in turn, take their times and note what came out."""

import os
import pathlib
import platform
import statistics
import subprocess
import threading
import time

from sidewire import BINARY

MIB = 1 << 20


class Memory(threading.Thread):
    """How much RssAnon + RssShmem a process grew at most, looked at while it runs."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self._status = pathlib.Path(f"/proc/{pid}/status")
        self._ended = threading.Event()
        self._first = None
        self.grown = 0
        self.start()

    def run(self):
        while not self._ended.wait(0.02):
            try:
                lines = dict(line.split(":", 1) for line in self._status.read_text().splitlines())
                now = sum(int(lines[name].split()[0]) * 1024 for name in ("RssAnon", "RssShmem"))
            except (OSError, KeyError):
                return
            self._first = self._first or now
            self.grown = max(self.grown, now - self._first)

    def stop(self):
        self._ended.set()
        self.join()
        return self.grown


class Bench:
    def __init__(self, options):
        self.options = options
        self.programs = pathlib.Path(options.build) / "tests/bench"
        self.data = pathlib.Path(options.build) / "data"
        self.data.mkdir(exist_ok=True)
        self.log = self.data / "session.pcapng"
        self.rows = []

    def start(self, *command, **options):
        return subprocess.Popen([str(part) for part in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                text=True, **options)

    def finish(self, process):
        out, _ = process.communicate(timeout=600)
        if process.returncode != 0:
            raise RuntimeError(f"{process.args} ended with status {process.returncode}")
        return out

    def sidewire(self, target, *arguments):
        self.log.unlink(missing_ok=True)
        return self.start(BINARY, "run", target, "--print", "none", "--summary", "json", "--log", self.log, *arguments)

    def row(self, what, reference, goal, is_met, values, note=""):
        mark = "yes" if is_met else "NO"
        self.rows.append((what, reference, goal, values, mark, note))
        print(f"{what}: {values}; goal {goal}: {mark} {note}", flush=True)

    def alternate(self, programs):
        """The results of each program (a function) over all runs, the warm-up left out."""
        results = {name: [] for name in programs}
        for run in range(self.options.runs + 1):
            for name, program in programs.items():
                os.sync()
                result = program()
                if run > 0:
                    results[name].append(result)
        return results

    def flooded(self, flood, client, until="close"):
        """Runs a flooding server and a client; gives the seconds, what the client printed and how its memory grew.

        The seconds end when the client closes or, with until="exit", when it has also done what is left (indexed it all).
        """
        server = self.start(*flood)
        process = client(server.stdout.readline().strip())
        memory = Memory(process.pid)
        seconds = float(self.finish(server))
        closed = time.monotonic()
        out = self.finish(process)
        if until == "exit":
            seconds += time.monotonic() - closed
        return seconds, out, memory.stop()

    def medians(self, results):
        return {name: statistics.median(run[0] for run in runs) for name, runs in results.items()}

    def memory_row(self, what, runs):
        grown = max(run[2] for run in runs) / MIB
        self.row(f"memory, {what}", "", "<= 150 MiB", grown <= 150, f"{grown:.0f} MiB")

    def table(self):
        print(f"\n{platform.machine()}, {os.cpu_count()} cores, Linux {platform.release()}, {self.options.runs} runs\n")
        print("| what | reference | goal | measured | met | |\n|---|---|---|---|---|---|")
        for what, reference, goal, values, mark, note in self.rows:
            print(f"| {what} | {reference} | {goal} | {values} | {mark} | {note} |")
