# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""Row: how often sessions that are open and idle wake the machine. The reference is a text cursor, which blinks twice a
second; without a window there is none."""

import asyncio
import os
import pathlib
import re
import signal
import socket
import tempfile
import threading
import time

import websockets

from sidewire import BINARY, wait_for

SETTLED = 3  # Seconds after which all that comes with opening is over
BLINKS = 2.0


class Peers:
    """A TCP and a WebSocket server that accept and then say nothing."""

    def __init__(self):
        self._tcp = socket.create_server(("127.0.0.1", 0))
        self._kept = []
        threading.Thread(target=self._accept, daemon=True).start()
        self._started = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True).start()
        self._started.wait()
        self.targets = [f"tcp://127.0.0.1:{self._tcp.getsockname()[1]}", "udp-listen://127.0.0.1:0",
                        f"ws://127.0.0.1:{self._websocket}/"]

    def _accept(self):
        while True:
            self._kept.append(self._tcp.accept())

    async def _serve(self):
        async def stay(_peer, _path):
            await asyncio.Future()

        async with websockets.serve(stay, "127.0.0.1", 0, ping_interval=None) as server:
            self._websocket = server.sockets[0].getsockname()[1]
            self._started.set()
            await asyncio.Future()


def sleeps(process):
    """How often the threads of a process went to sleep: as often as they were woken."""
    tasks = pathlib.Path(f"/proc/{process.pid}/task").glob("*/status")
    return sum(int(re.search(r"^voluntary_ctxt_switches:\s*(\d+)", task.read_text(), re.M)[1]) for task in tasks)


def wakeups(process, seconds):
    before = sleeps(process)
    time.sleep(seconds)
    return (sleeps(process) - before) / seconds


def has_opened(process, count):
    return sum("socket:" in os.readlink(entry) for entry in pathlib.Path(f"/proc/{process.pid}/fd").iterdir()) >= count


def idle(bench):
    seconds = max(5, round(60 * bench.options.scale))
    peers = Peers()
    with tempfile.TemporaryDirectory() as home:
        environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", HOME=home, XDG_DATA_HOME=home, XDG_CACHE_HOME=home,
                           XDG_CONFIG_HOME=home)

        def measure(sockets, *arguments):
            process = bench.start(BINARY, *arguments, env=environment)
            wait_for(lambda: has_opened(process, sockets), process)
            time.sleep(SETTLED)
            result = wakeups(process, seconds)
            process.send_signal(signal.SIGINT)
            bench.finish(process)
            return result

        for target in peers.targets:
            rate = measure(1, "run", target, "--log", bench.log)
            what = target.partition(":")[0]
            bench.row(f"idle, {what}", "", "no wake-ups", rate == 0, f"{rate:.2f} a second")
        rate = measure(len(peers.targets), *peers.targets)
        is_met = rate <= BLINKS + 1 / seconds  # One blink more may fall into the time
        bench.row("idle, the window with all three", "a text cursor", "<= 2 wake-ups a second", is_met,
                  f"{rate:.2f} a second")
