# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""Rows: logs that are there already are opened and searched."""

import os
import subprocess
import time

from harness import MIB
from sidewire import BINARY


def small(bench):
    count = int(bench.options.scale * 10_000_000)
    log = bench.data / "small.pcapng"
    log.unlink(missing_ok=True)
    bench.finish(bench.start(bench.programs / "makelog", "datagrams", log, count))
    opening(bench, f"{count:,} small records", log, 0.2)
    log.unlink()


def opening(bench, what, log, goal):
    def timed(*command):
        def run():
            before = time.monotonic()
            bench.finish(bench.start(*command))
            return (time.monotonic() - before,)
        return run

    median = bench.medians(bench.alternate({"capinfos": timed("capinfos", "-c", log),
                                          "sidewire": timed(BINARY, "info", log, "--json")}))
    ratio = median["sidewire"] / median["capinfos"]
    bench.row(f"opening {what}, indexed to the end", "capinfos -c", f"time <= {goal}", ratio <= goal, f"{ratio:.2f}",
             f"(capinfos {median['capinfos']:.2f} s, sidewire {median['sidewire']:.2f} s)")


def search(bench):
    """A log of lines of 16 digits that count, with one needle in it, against grep on the same bytes."""
    size = max(1, int(bench.options.scale * 2048)) * MIB
    raw, log = bench.data / "search.raw", bench.data / "search.pcapng"
    with open(raw, "wb") as lines:
        for block in range(size // MIB):
            first = block * (MIB // 16) * 7919
            lines.write(b"".join(b"%015d\n" % (first + line * 7919) for line in range(MIB // 16)))
        lines.write(b"a needle in it\n")
    bench.finish(bench.start(bench.programs / "makelog", "stream", log, raw))

    def grep(*pattern):
        before = time.monotonic()
        count = subprocess.run(["grep", "-c", *pattern, raw], env=dict(os.environ, LC_ALL="C"), check=True,
                               capture_output=True, text=True).stdout
        return time.monotonic() - before, int(count)

    def ours(*pattern):
        seconds, count, _ = bench.finish(bench.start(bench.programs / "searchlog", log, *pattern)).split()
        return float(seconds), int(count)

    for what, mode, pattern, goal in (("a rare literal", "text", "needle", 0.8),
                                      ("a regular expression", "regex", "[0-9]{14}7$", 1.5)):
        flag = "-F" if mode == "text" else "-E"
        results = bench.alternate({"grep": lambda: grep(flag, pattern), "sidewire": lambda: ours(mode, pattern)})
        counts = {run[1] for runs in results.values() for run in runs}
        median = bench.medians(results)
        ratio = median["sidewire"] / median["grep"]
        load = os.getloadavg()[0]
        bench.row(f"searching {size // MIB} MiB for {what}", "grep -c, LC_ALL=C", f"time <= {goal}",
                  ratio <= goal and len(counts) == 1, f"{ratio:.2f}",
                 f"(grep {median['grep']:.2f} s, sidewire {median['sidewire']:.2f} s, {counts} found, load {load:.0f})")
    raw.unlink()
    log.unlink()
