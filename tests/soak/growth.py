# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""Whether processes grow: their memory is looked at each second, and a line laid through all that follows the start.

What is judged are the bytes that they allocated and have not freed (livebytes.cpp tells them). RssAnon is shown beside
them, and judged where they are not told: under a sanitizer it holds that one's own bookkeeping as well.
"""

import pathlib
import re
import statistics
import threading
import time

MIB = 1 << 20
WARM_UP = 1 / 3  # Of a process's life, at least: buffers and caches fill up
FEWEST = 30  # Samples that a line is laid through


class Process:
    def __init__(self, pid, live):
        self._status = pathlib.Path(f"/proc/{pid}/status")
        self._live = live
        self.samples = []  # (time, RssAnon, live bytes or None)

    def look(self):
        """False when it has ended."""
        try:
            resident = int(re.search(r"^RssAnon:\s*(\d+)", self._status.read_text(), re.M)[1]) * 1024
        except (OSError, TypeError):
            return False
        try:
            live = int(self._live.read_text())
        except (OSError, ValueError):
            live = None
        self.samples.append((time.monotonic(), resident, live))
        return True

    def series(self):
        """What there is to judge, the decisive one last."""
        told = [(when, live) for when, _, live in self.samples if live is not None]
        resident = [(when, size) for when, size, _ in self.samples]
        return {"RssAnon": resident} | ({"live": told} if len(told) >= len(resident) / 2 else {})


def rise(samples, warm_up):
    """Of the line through the samples after the warm-up, in bytes; None when they are too few."""
    if len(samples) < FEWEST:
        return None
    begin = samples[0][0] + max(warm_up, (samples[-1][0] - samples[0][0]) * WARM_UP)
    steady = [(when, size) for when, size in samples if when >= begin]
    if len(steady) < FEWEST:
        return None
    slope, _ = statistics.linear_regression(*zip(*steady))
    return slope * (steady[-1][0] - steady[0][0])


class Growth(threading.Thread):
    def __init__(self, live):
        """`live` is the prefix that livebytes.cpp was given."""
        super().__init__(daemon=True)
        self._live = live
        self._watched = {}
        self._all = {}
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self.start()

    def watch(self, name, pid):
        with self._lock:
            self._all[name] = self._watched[name] = Process(pid, pathlib.Path(f"{self._live}.{pid}"))

    def forget_all(self):
        """What is still running comes to its end now, which takes memory of its own."""
        with self._lock:
            self._watched.clear()

    def run(self):
        while not self._ended.wait(1):
            with self._lock:
                self._watched = {name: process for name, process in self._watched.items() if process.look()}

    def judge(self, limit, warm_up):
        """Prints a line for each process; whether none grew by more than `limit` bytes after so many seconds or more."""
        self._ended.set()
        self.join()
        is_good = True
        print(f"{'memory in MiB':<18} {'seconds':>7} {'':<8} {'after 1/3':>10} {'2/3':>7} {'all':>7} {'line rose by':>13}")
        for name, process in self._all.items():
            for what, samples in process.series().items():
                grown = rise(samples, warm_up)
                if grown is None:
                    print(f"{name:<18} {len(samples):>7} {what:<8} too short to judge")
                    continue
                is_decisive = what == list(process.series())[-1]
                is_bad = is_decisive and grown > limit
                is_good = is_good and not is_bad
                at = [samples[len(samples) * third // 3 - 1][1] / MIB for third in (1, 2, 3)]
                print(f"{name:<18} {len(samples):>7} {what:<8} {at[0]:>10.1f} {at[1]:>7.1f} {at[2]:>7.1f}"
                      f" {grown / MIB:>13.2f}{'  GROWS' if is_bad else ''}")
        return is_good
