# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""Whether processes grow: their RssAnon is looked at each second, and a line laid through all that follows the start."""

import pathlib
import statistics
import threading
import time

MIB = 1 << 20
WARM_UP = 1 / 3  # Of a process's life: buffers, caches and the sanitizer's quarantine fill up
FEWEST = 30  # Samples that a line is laid through


class Growth(threading.Thread):
    def __init__(self):
        super().__init__(daemon=True)
        self._watched = {}
        self._samples = {}
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self.start()

    def watch(self, name, pid):
        with self._lock:
            self._watched[name] = pathlib.Path(f"/proc/{pid}/status")
            self._samples[name] = []

    def forget_all(self):
        """What is still running comes to its end now, which takes memory of its own."""
        with self._lock:
            self._watched.clear()

    def run(self):
        while not self._ended.wait(1):
            with self._lock:
                for name, status in list(self._watched.items()):
                    try:
                        line = next(line for line in status.read_text().splitlines() if line.startswith("RssAnon"))
                        self._samples[name].append((time.monotonic(), int(line.split()[1]) * 1024))
                    except (OSError, StopIteration):
                        del self._watched[name]  # It has ended

    def judge(self, limit):
        """Prints a line for each process; whether none grew by more than `limit` bytes after its warm-up."""
        self._ended.set()
        self.join()
        is_good = True
        print(f"{'RssAnon in MiB':<18} {'seconds':>8} {'after 1/3':>10} {'2/3':>7} {'all':>7} {'line rose by':>13}")
        for name, samples in self._samples.items():
            steady = samples[int(len(samples) * WARM_UP):]
            if len(steady) < FEWEST:
                print(f"{name:<18} {len(samples):>8}  too short to judge")
                continue
            slope, _ = statistics.linear_regression(*zip(*steady))
            grown = slope * (steady[-1][0] - steady[0][0])
            is_good = is_good and grown <= limit
            mark = "" if grown <= limit else "  GROWS"
            at = [samples[len(samples) * third // 3 - 1][1] / MIB for third in (1, 2, 3)]
            print(f"{name:<18} {len(samples):>8} {at[0]:>10.1f} {at[1]:>7.1f} {at[2]:>7.1f} {grown / MIB:>13.2f}{mark}")
        return is_good
