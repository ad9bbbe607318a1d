# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""Traffic in which every byte can be told from all others: streams of counters, and numbered messages."""

import base64
import threading
import time

LINE = 16


def counted(begin, size):
    """Bytes [begin, begin + size) of the stream of all numbers, a line each."""
    first, last = begin // LINE, (begin + size + LINE - 1) // LINE
    lines = b"".join(b"%015d\n" % number for number in range(first, last))
    return lines[begin - first * LINE:begin - first * LINE + size]


def size_of(number, largest):
    return number * 7919 % largest


def datagram(sender, number):
    return b"%d %d " % (sender, number) + counted(number * LINE, size_of(number, 8000))


def message(number):
    """Of a WebSocket: text and binary in turn, from nothing to some buffers."""
    body = counted(number * LINE, size_of(number, 20_000))
    return body.decode() if number % 2 else body


def content(told):
    """Of a message as `export --to jsonl` tells it."""
    return base64.b64decode(told["base64"]) if "base64" in told else told["text"].encode()


class Pace:
    """Holds a stream to `rate` bytes a second until `ended` is set."""

    def __init__(self, rate, ended):
        self._rate = rate
        self._ended = ended
        self._begin = time.monotonic()
        self._done = 0

    def delay(self, size):
        self._done += size
        return max(0.0, self._begin + self._done / self._rate - time.monotonic())

    def goes_on(self, size):
        """After `size` more bytes: waits for their time; False when it is over."""
        return not self._ended.wait(self.delay(size))


class Traffic:
    """What one session is given to do, on threads. `problems` are those that the peer itself saw."""

    def __init__(self, rate):
        self.rate = rate
        self.ended = threading.Event()
        self.problems = []
        self._threads = []

    def spawn(self, function, *arguments):
        thread = threading.Thread(target=self._guarded, args=(function, *arguments), daemon=True)
        self._threads.append(thread)
        thread.start()

    def _guarded(self, function, *arguments):
        try:
            function(*arguments)
        except Exception as error:  # pylint: disable=broad-except
            self.problems.append(f"{function.__name__}: {error!r}")

    def end(self):
        """No more is begun; returns when all that was has ended."""
        self.ended.set()
        for thread in self._threads:
            thread.join(120)
            if thread.is_alive():
                self.problems.append("the peer did not come to an end")

    def check(self, is_so, text):
        if not is_so:
            self.problems.append(text)


class Visitors(Traffic):
    """Clients of a listener that come and go, and are found again in its log by the port that they came from."""

    def __init__(self, rate):
        super().__init__(rate)
        self._visits = []

    def note_visit(self, port, *visit):
        self._visits.append((port, visit))

    def visits(self, log):
        """Each connection of the log with the visit that it was; one that has no other is a problem."""
        came = {}
        for port, visit in self._visits:  # A port may come again
            came.setdefault(port, []).append(visit)
        connections = log.summary["connections"]
        self.check(len(connections) == len(self._visits),
                   f"{len(self._visits)} clients came, the log has {len(connections)}")
        for connection in connections:
            visits = came.get(int(connection["peer"].rsplit(":", 1)[1]))
            self.check(visits, f"nobody came from {connection['peer']}")
            if visits:
                yield connection, visits.pop(0)
