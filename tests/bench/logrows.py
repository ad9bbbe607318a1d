# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""Rows: logs that are there already are opened, cut again, scrolled and searched."""

import itertools
import os
import statistics
import subprocess
import time

from harness import MIB


def small(bench):
    count = int(bench.options.scale * 10_000_000)
    log = bench.data / "small.pcapng"
    log.unlink(missing_ok=True)
    bench.finish(bench.start(bench.programs / "makelog", "datagrams", log, count))
    opening(bench, f"{count:,} small records", log, 0.2)
    log.unlink()


def large(bench):
    size = max(1, int(bench.options.scale * 2048)) * MIB
    log = stream_log(bench, "large", (bytes(range(256)) * (MIB // 256) for _ in range(size // MIB)))
    opening(bench, f"{size // MIB} MiB in large records", log, 0.5)
    log.unlink()


def stream(bench, name, blocks):
    """These blocks of bytes as a file, and a log of a TCP connection that has read them."""
    raw, log = bench.data / f"{name}.raw", bench.data / f"{name}.pcapng"
    with open(raw, "wb") as file:
        file.writelines(blocks)
    log.unlink(missing_ok=True)
    bench.finish(bench.start(bench.programs / "makelog", "stream", log, raw))
    return raw, log


def stream_log(bench, name, blocks):
    raw, log = stream(bench, name, blocks)
    raw.unlink()
    return log


def opening(bench, what, log, goal):
    """The goal is on the records: they are all in the table. Messages are cut beside that, and are ready later."""
    def capinfos():
        before = time.monotonic()
        bench.finish(bench.start("capinfos", "-c", log))
        return (time.monotonic() - before,)

    def ours():
        first, records, *rest = map(float, bench.finish(bench.start(bench.programs / "openlog", log)).split())
        return records, first, *rest

    results = bench.alternate({"capinfos": capinfos, "sidewire": ours})
    reference = bench.medians(results)["capinfos"]
    records, first, messages, work, all_work = (statistics.median(column) for column in zip(*results["sidewire"]))
    bench.row(f"opening {what}: first rows", "", "<= 0.3 s", first <= 0.3, f"{first:.3f} s")
    bench.row(f"opening {what}: records indexed", "capinfos -c", f"time <= {goal}", records / reference <= goal,
              f"{records / reference:.2f}",
              f"(capinfos {reference:.2f} s; records {records:.2f} s, of work {work:.2f} s; all messages cut "
              f"{messages:.2f} s, of work {all_work:.2f} s)")


def cut(bench):
    size = max(1, int(bench.options.scale * 1024)) * MIB
    log = stream_log(bench, "cut", (b"%015d\n" % 1234567 * (MIB // 16) for _ in range(size // MIB)))
    lines = size // 16

    def ours():
        seconds, cpu, count = bench.finish(
            bench.start(bench.programs / "cutlog", log, "reads", "lines")).split()
        return float(seconds), float(cpu), int(count)

    runs = bench.alternate({"sidewire": ours})["sidewire"]
    seconds, cpu = (statistics.median(column) for column in list(zip(*runs))[:2])
    rate = size / MIB / seconds
    bench.row(f"cutting {size // MIB} MiB of lines of 16 bytes with another lens", "", ">= 300 MiB/s, one core",
              rate >= 300 and cpu <= 1.1 * seconds and all(run[2] == lines for run in runs), f"{rate:.0f} MiB/s",
              f"({seconds:.2f} s, of work {cpu:.2f} s)")
    painting(bench, "while that is cut", log, "reads", "lines")
    log.unlink()


def scroll(bench):
    """At full scale the tables of such a log are 6.4 GB of files without a name in the cache folder."""
    count = int(bench.options.scale * 100_000_000)
    log = stream_log(bench, "scroll", (b"%07d\n" % (block % 10_000_000) * (MIB // 8) for block in range(count * 8 // MIB)))
    painting(bench, f"through {count:,} messages", log, "lines")
    log.unlink()


def painting(bench, what, log, *lenses):
    """How long the window is held by each step of scrolling, all that is painted for it included."""
    out = bench.finish(bench.start(bench.programs / "paintbench", log, 2000, *lenses,
                                   env=dict(os.environ, QT_QPA_PLATFORM="offscreen")))
    for line in out.splitlines()[1:]:
        how, values = line.split(": ", 1)
        worst = float(values.split("worst ")[1].split()[0])
        bench.row(f"scrolling {what}, {how}", "", "each <= 8 ms", worst <= 8, f"worst {worst:.1f} ms", f"({values})")


def search(bench):
    """A log of lines of 16 digits that count, with one needle in it, against grep on the same bytes."""
    size = max(1, int(bench.options.scale * 2048)) * MIB
    firsts = (block * (MIB // 16) * 7919 for block in range(size // MIB))
    lines = (b"".join(b"%015d\n" % (first + line * 7919) for line in range(MIB // 16)) for first in firsts)
    raw, log = stream(bench, "search", itertools.chain(lines, [b"a needle in it\n"]))

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
