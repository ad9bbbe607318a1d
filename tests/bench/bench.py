# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""Measures Sidewire against references on loopback and prints a table of medians and ratios.

Each row runs its programs in turn, one warm-up and then --runs times, so that a machine that changes its speed changes it
for all of them. Times are taken by the flooding program, from accepting the client until that has closed.
"""

import argparse
import json
import os
import pathlib
import platform
import signal
import statistics
import subprocess
import threading
import time

from sidewire import BINARY, listening_port

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

    # The rows.

    def tcp(self):
        size = int(self.options.scale * 2048) * MIB
        flood = (self.programs / "tcpflood", size)
        copy = self.data / "socat.out"

        def socat():
            copy.unlink(missing_ok=True)
            return self.flooded(flood, lambda port: self.start("socat", "-u", "-b", "65536", f"TCP:127.0.0.1:{port}",
                                                               f"OPEN:{copy},creat,trunc"))

        results = self.alternate({
            "discard": lambda: self.flooded(flood, lambda port: self.start(self.programs / "tcpdiscard", port)),
            "socat": socat,
            "sidewire": lambda: self.flooded(flood, lambda port: self.sidewire(f"tcp://127.0.0.1:{port}")),
        })
        for seconds, out, _ in results["sidewire"]:
            assert json.loads(out)["connections"][0]["bytes_in"] == size, out
        copy.unlink()
        export = self.start(BINARY, "export", self.log, "--to", "raw", "--direction", "in")
        is_same = subprocess.run([self.programs / "checkpattern", str(size)], stdin=export.stdout).returncode == 0
        export.stdout.close()
        export.wait()

        median = self.medians(results)
        rates = ", ".join(f"{name} {size / MIB / seconds:.0f} MiB/s" for name, seconds in median.items())
        ratio = median["sidewire"] / median["socat"]
        self.row("TCP in, recorded", "socat to a file", "time <= 0.9, byte-identical", ratio <= 0.9 and is_same,
                 f"{ratio:.2f}", f"({rates}; export {'identical' if is_same else 'DIFFERS'})")
        ratio = median["discard"] / median["sidewire"]
        self.row("the same", "bare read loop", "rate >= 0.5", ratio >= 0.5, f"{ratio:.2f}")
        self.memory_row("TCP", results["sidewire"])
        self.opening("that log, large records", self.log, 0.5)

    def small(self):
        count = int(self.options.scale * 10_000_000)
        log = self.data / "small.pcapng"
        log.unlink(missing_ok=True)
        self.finish(self.start(self.programs / "makelog", log, count))
        self.opening(f"{count:,} small records", log, 0.2)
        log.unlink()

    def opening(self, what, log, goal):
        def timed(*command):
            def run():
                before = time.monotonic()
                self.finish(self.start(*command))
                return (time.monotonic() - before,)
            return run

        median = self.medians(self.alternate({"capinfos": timed("capinfos", "-c", log),
                                              "sidewire": timed(BINARY, "info", log, "--json")}))
        ratio = median["sidewire"] / median["capinfos"]
        self.row(f"opening {what}, indexed to the end", "capinfos -c", f"time <= {goal}", ratio <= goal, f"{ratio:.2f}",
                 f"(capinfos {median['capinfos']:.2f} s, sidewire {median['sidewire']:.2f} s)")

    def udp(self):
        seconds = max(1, round(10 * self.options.scale))
        for rate in (100_000, 200_000):
            def flood(port):
                return int(self.finish(self.start(self.programs / "udpflood", port, rate, seconds)))

            def reference():
                counter = self.start(self.programs / "udpcount")
                sent = flood(counter.stdout.readline().strip())
                return (1 - int(self.finish(counter)) / sent,)

            def ours():
                process = self.sidewire("udp-listen://127.0.0.1:0", "--until", "idle:1000")
                port = listening_port(process, "udp")
                memory = Memory(process.pid)
                sent = flood(port)
                summary = json.loads(self.finish(process))
                received = sum(connection["records_in"] for connection in summary["connections"])
                dropped = summary["dropped"]
                is_exact = received + dropped["kernel"] + dropped["capture"] == sent
                return 1 - received / sent, (sent, received, dropped, is_exact), memory.stop()

            results = self.alternate({"recv": reference, "sidewire": ours})
            loss = self.medians(results)
            is_exact = all(run[1][3] for run in results["sidewire"])
            is_met = loss["sidewire"] <= loss["recv"] + 0.001 and is_exact
            self.row(f"UDP in, {rate:,} a second", "bare recv loop", "loss <= + 0.1 %, drops exact", is_met,
                     f"{100 * loss['sidewire']:.3f} % against {100 * loss['recv']:.3f} %",
                     f"(drops {'exact' if is_exact else 'NOT EXACT: ' + str([run[1] for run in results['sidewire']])})")
            self.memory_row(f"UDP {rate:,}", results["sidewire"])

    def websocket(self):
        for count, size, goal in ((1_000_000, 100, 1.4), (1024, MIB, 1.0)):
            count = max(1, int(count * self.options.scale))
            flood = (self.programs / "wsflood", count, size)
            node = dict(os.environ, NODE_PATH="/usr/share/nodejs")
            script = pathlib.Path(__file__).with_name("wscount.js")
            results = self.alternate({
                "node": lambda: self.flooded(flood, lambda port: self.start("node", script, port, env=node), until="exit"),
                "sidewire": lambda: self.flooded(flood, lambda port: self.sidewire(f"ws://127.0.0.1:{port}/"), until="exit"),
            })
            for _, out, _ in results["node"]:
                assert int(out) == count, out
            # The answer to the upgrade and the Close frame are messages too.
            seen = min(json.loads(out)["connections"][0]["messages_in"] - 2 for _, out, _ in results["sidewire"])
            median = self.medians(results)
            ratio = median["node"] / median["sidewire"]
            rates = ", ".join(f"{name} {count / seconds:,.0f}/s" for name, seconds in median.items())
            self.row(f"WebSocket in, {count:,} messages of {size:,} bytes", "node's ws, counting", f"rate >= {goal}",
                     ratio >= goal and seen == count, f"{ratio:.2f}", f"({rates}; {seen:,} in the log)")
            self.memory_row(f"WebSocket {size:,}", results["sidewire"])

    def echo(self):
        count = max(1, int(20_000 * self.options.scale))

        def ping(port):
            return (float(self.finish(self.start(self.programs / "wsping", port, count))),)

        def bare():
            server = self.start(self.programs / "qwsecho")
            result = ping(server.stdout.readline().strip())
            server.terminate()
            server.communicate()
            return result

        def ours():
            listener = self.sidewire("ws-listen://127.0.0.1:0", "--option", "answer=echo")
            result = ping(listening_port(listener))
            listener.send_signal(signal.SIGINT)
            self.finish(listener)
            return result

        median = self.medians(self.alternate({"bare": bare, "sidewire": ours}))
        ratio = median["sidewire"] / median["bare"]
        self.row(f"WebSocket echo, {count:,} round trips to a listener", "bare QWebSocket", "p50 <= 1.7", ratio <= 1.7,
                 f"{ratio:.2f}", f"(bare {median['bare']:.1f} us, sidewire {median['sidewire']:.1f} us)")

    def search(self):
        """A log of lines of 16 digits that count, with one needle in it, against grep on the same bytes."""
        size = max(1, int(self.options.scale * 2048)) * MIB
        raw, log = self.data / "search.raw", self.data / "search.pcapng"
        with open(raw, "wb") as lines:
            for block in range(size // MIB):
                first = block * (MIB // 16) * 7919
                lines.write(b"".join(b"%015d\n" % (first + line * 7919) for line in range(MIB // 16)))
            lines.write(b"a needle in it\n")
        self.finish(self.start(self.programs / "searchlog", "make", raw, log))

        def grep(*pattern):
            before = time.monotonic()
            count = subprocess.run(["grep", "-c", *pattern, raw], env=dict(os.environ, LC_ALL="C"), check=True,
                                   capture_output=True, text=True).stdout
            return time.monotonic() - before, int(count)

        def ours(*pattern):
            seconds, count, _ = self.finish(self.start(self.programs / "searchlog", "find", log, *pattern)).split()
            return float(seconds), int(count)

        for what, mode, pattern, goal in (("a rare literal", "text", "needle", 0.8),
                                          ("a regular expression", "regex", "[0-9]{14}7$", 1.5)):
            flag = "-F" if mode == "text" else "-E"
            results = self.alternate({"grep": lambda: grep(flag, pattern), "sidewire": lambda: ours(mode, pattern)})
            counts = {run[1] for runs in results.values() for run in runs}
            median = self.medians(results)
            ratio = median["sidewire"] / median["grep"]
            load = os.getloadavg()[0]
            self.row(f"searching {size // MIB} MiB for {what}", "grep -c, LC_ALL=C", f"time <= {goal}",
                     ratio <= goal and len(counts) == 1, f"{ratio:.2f}",
                     f"(grep {median['grep']:.2f} s, sidewire {median['sidewire']:.2f} s, {counts} found, load {load:.0f})")
        raw.unlink()
        log.unlink()

    def table(self):
        print(f"\n{platform.machine()}, {os.cpu_count()} cores, Linux {platform.release()}, {self.options.runs} runs\n")
        print("| what | reference | goal | measured | met | |\n|---|---|---|---|---|---|")
        for what, reference, goal, values, mark, note in self.rows:
            print(f"| {what} | {reference} | {goal} | {values} | {mark} | {note} |")


def main():
    rows = ("tcp", "udp", "websocket", "echo", "small", "search")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default="build/bench", help="the folder of the build (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=5, help="alternating runs after the warm-up (default: %(default)s)")
    parser.add_argument("--scale", type=float, default=1.0, help="part of the full amounts, to try it out (default: 1)")
    parser.add_argument("rows", nargs="*", default=rows, help=f"which rows: {' '.join(rows)} (default: all)")
    options = parser.parse_args()
    bench = Bench(options)
    for row in options.rows:
        getattr(bench, row)()
    bench.table()


if __name__ == "__main__":
    main()
