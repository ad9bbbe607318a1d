# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""Peers of WebSocket sessions, by python3-websockets. Each verifies the session's log against what it sent itself."""

import asyncio
import random
import threading

import websockets

from counted import Pace, Traffic, Visitors, content, message

LONGEST_VISIT = 100  # Messages


def told_messages(log, connection=None):
    """The messages that came in, of one connection or of all."""
    return [content(told) for told in log.messages("websocket", "in")
            if told["kind"] in ("text", "binary") and connection in (None, told["connection"])]


def as_bytes(number):
    body = message(number)
    return body if isinstance(body, bytes) else body.encode()


class WebSocketServer(Traffic):
    """For a client: sends numbered messages as long as it may, then closes."""

    def __init__(self, rate, tls=None):
        super().__init__(rate)
        self._tls = tls
        self._count = 0
        self._received = []
        self._started = threading.Event()
        self.port = None
        self.spawn(lambda: asyncio.run(self._serve()))
        self._started.wait(60)

    async def _serve(self):
        self._closed = asyncio.Event()
        async with websockets.serve(self._talk, "127.0.0.1", 0, max_size=None, ssl=self._tls) as server:
            self.port = server.sockets[0].getsockname()[1]
            self._started.set()
            await self._closed.wait()

    async def _talk(self, peer, _path):
        reading = asyncio.ensure_future(self._read(peer))
        pace = Pace(self.rate, self.ended)
        while not self.ended.is_set():
            body = message(self._count)
            await peer.send(body)
            self._count += 1
            await asyncio.sleep(pace.delay(len(body) + 100))
        await peer.close(1000, "that was all")
        await reading
        self._closed.set()

    async def _read(self, peer):
        async for body in peer:
            self._received.append(body)

    def verify(self, log):
        told = told_messages(log)
        self.check(told == [as_bytes(number) for number in range(self._count)],
                   f"{self._count} messages were sent, the log has {len(told)}")
        sent = [content(each).decode() for each in log.messages("websocket", "out") if each["kind"] == "text"]
        self.check(self._received == sent, f"{len(self._received)} messages came, the log has {len(sent)}")
        self.check(log.summary["connections"][0]["violations"] == 0, "violations")
        return sum(map(len, told))


class WebSocketClients(Visitors):
    """For a listener that echoes, or takes: clients that come, send numbered messages and go, some without a close."""

    def __init__(self, rate, port, echoes, tls=None, clients=2):
        super().__init__(rate)
        self._url = f"{'wss' if tls else 'ws'}://127.0.0.1:{port}/"
        self._tls = tls
        self._echoes = echoes
        for number in range(clients):
            self.spawn(lambda choice: asyncio.run(self._come_and_go(choice, rate / clients)), random.Random(number))

    async def _come_and_go(self, choice, rate):
        pace = Pace(rate, self.ended)
        while not self.ended.is_set():
            deflate = choice.choice(["deflate", None])
            peer = await websockets.connect(self._url, max_size=None, compression=deflate, ssl=self._tls)
            port = peer.local_address[1]
            count = choice.randrange(1, LONGEST_VISIT)
            for number in range(count):
                body = message(number)
                await peer.send(body)
                if self._echoes:
                    self.check(await asyncio.wait_for(peer.recv(), 60) == body, "an echo differs")
                await asyncio.sleep(pace.delay(len(body) + 100))
            how = choice.choice(["close", "cut"]) if self._echoes else "close"
            if how == "close":
                await peer.close(1000)
            else:
                peer.transport.abort()
                await peer.wait_closed()
            self.note_visit(port, count)

    def verify(self, log):
        told = {}
        for each in log.messages("websocket", "in"):
            if each["kind"] in ("text", "binary"):
                told.setdefault(each["connection"], []).append(content(each))
        for connection, (count,) in self.visits(log):
            expected = [as_bytes(number) for number in range(count)]
            self.check(told.get(connection["id"], []) == expected,
                       f"{connection['peer']} sent {len(expected)} messages, the log has "
                       f"{len(told.get(connection['id'], []))}")
        return sum(len(body) for bodies in told.values() for body in bodies)
