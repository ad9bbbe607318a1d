# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""Rows: floods over loopback into `sidewire run`."""

import json
import os
import pathlib
import signal
import subprocess

from harness import MIB, Memory
from sidewire import BINARY, listening_port


def tcp(bench):
    size = int(bench.options.scale * 2048) * MIB
    flood = (bench.programs / "tcpflood", size)
    copy = bench.data / "socat.out"

    def forget_files():
        """Each begins with the memory that they leave; pages which the machine has not touched for a while cost thrice."""
        copy.unlink(missing_ok=True)
        bench.log.unlink(missing_ok=True)

    def socat():
        forget_files()
        return bench.flooded(flood, lambda port: bench.start("socat", "-u", "-b", "65536", f"TCP:127.0.0.1:{port}",
                                                           f"OPEN:{copy},creat,trunc"))

    def sidewire():
        forget_files()
        return bench.flooded(flood, lambda port: bench.sidewire(f"tcp://127.0.0.1:{port}"))

    results = bench.alternate({
        "discard": lambda: bench.flooded(flood, lambda port: bench.start(bench.programs / "tcpdiscard", port)),
        "socat": socat,
        "sidewire": sidewire,
    })
    for seconds, out, _ in results["sidewire"]:
        assert json.loads(out)["connections"][0]["bytes_in"] == size, out
    export = bench.start(BINARY, "export", bench.log, "--to", "raw", "--direction", "in")
    is_same = subprocess.run([bench.programs / "checkpattern", str(size)], stdin=export.stdout).returncode == 0
    export.stdout.close()
    export.wait()

    median = bench.medians(results)
    rates = ", ".join(f"{name} {size / MIB / seconds:.0f} MiB/s" for name, seconds in median.items())
    ratio = median["sidewire"] / median["socat"]
    bench.row("TCP in, recorded", "socat to a file", "time <= 0.9, byte-identical", ratio <= 0.9 and is_same,
             f"{ratio:.2f}", f"({rates}; export {'identical' if is_same else 'DIFFERS'})")
    ratio = median["discard"] / median["sidewire"]
    bench.row("the same", "bare read loop", "rate >= 0.5", ratio >= 0.5, f"{ratio:.2f}")
    bench.memory_row("TCP", results["sidewire"])


def udp(bench):
    seconds = max(1, round(10 * bench.options.scale))
    for rate in (100_000, 200_000):
        def flood(port):
            return int(bench.finish(bench.start(bench.programs / "udpflood", port, rate, seconds)))

        def reference():
            counter = bench.start(bench.programs / "udpcount")
            sent = flood(counter.stdout.readline().strip())
            return (1 - int(bench.finish(counter)) / sent,)

        def ours():
            process = bench.sidewire("udp-listen://127.0.0.1:0", "--until", "idle:1000")
            port = listening_port(process, "udp")
            memory = Memory(process.pid)
            sent = flood(port)
            summary = json.loads(bench.finish(process))
            received = sum(connection["records_in"] for connection in summary["connections"])
            dropped = summary["dropped"]
            is_exact = received + dropped["kernel"] + dropped["capture"] == sent
            return 1 - received / sent, (sent, received, dropped, is_exact), memory.stop()

        results = bench.alternate({"recv": reference, "sidewire": ours})
        loss = bench.medians(results)
        is_exact = all(run[1][3] for run in results["sidewire"])
        is_met = loss["sidewire"] <= loss["recv"] + 0.001 and is_exact
        bench.row(f"UDP in, {rate:,} a second", "bare recv loop", "loss <= + 0.1 %, drops exact", is_met,
                 f"{100 * loss['sidewire']:.3f} % against {100 * loss['recv']:.3f} %",
                 f"(drops {'exact' if is_exact else 'NOT EXACT: ' + str([run[1] for run in results['sidewire']])})")
        bench.memory_row(f"UDP {rate:,}", results["sidewire"])


def websocket(bench):
    for count, size, goal in ((1_000_000, 100, 1.4), (1024, MIB, 1.0)):
        count = max(1, int(count * bench.options.scale))
        flood = (bench.programs / "wsflood", count, size)
        node = dict(os.environ, NODE_PATH="/usr/share/nodejs")
        script = pathlib.Path(__file__).with_name("wscount.js")
        results = bench.alternate({
            "node": lambda: bench.flooded(flood, lambda port: bench.start("node", script, port, env=node), until="exit"),
            "sidewire": lambda: bench.flooded(flood, lambda port: bench.sidewire(f"ws://127.0.0.1:{port}/"), until="exit"),
        })
        for _, out, _ in results["node"]:
            assert int(out) == count, out
        # The answer to the upgrade and the Close frame are messages too.
        seen = min(json.loads(out)["connections"][0]["messages_in"] - 2 for _, out, _ in results["sidewire"])
        median = bench.medians(results)
        ratio = median["node"] / median["sidewire"]
        rates = ", ".join(f"{name} {count / seconds:,.0f}/s" for name, seconds in median.items())
        bench.row(f"WebSocket in, {count:,} messages of {size:,} bytes", "node's ws, counting", f"rate >= {goal}",
                 ratio >= goal and seen == count, f"{ratio:.2f}", f"({rates}; {seen:,} in the log)")
        bench.memory_row(f"WebSocket {size:,}", results["sidewire"])


def echo(bench):
    count = max(1, int(20_000 * bench.options.scale))

    def ping(port):
        return (float(bench.finish(bench.start(bench.programs / "wsping", port, count))),)

    def bare():
        server = bench.start(bench.programs / "qwsecho")
        result = ping(server.stdout.readline().strip())
        server.terminate()
        server.communicate()
        return result

    def ours():
        listener = bench.sidewire("ws-listen://127.0.0.1:0", "--option", "answer=echo")
        result = ping(listening_port(listener))
        listener.send_signal(signal.SIGINT)
        bench.finish(listener)
        return result

    median = bench.medians(bench.alternate({"bare": bare, "sidewire": ours}))
    ratio = median["sidewire"] / median["bare"]
    bench.row(f"WebSocket echo, {count:,} round trips to a listener", "bare QWebSocket", "p50 <= 1.7", ratio <= 1.7,
             f"{ratio:.2f}", f"(bare {median['bare']:.1f} us, sidewire {median['sidewire']:.1f} us)")
