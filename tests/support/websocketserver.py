# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""A server of python3-websockets on a free port of loopback, running until the test ends."""

import asyncio
import threading

import websockets


def serve(test, handler, **options):
    """Starts it and returns its port. `handler(socket, path)` is a coroutine, called for each connection."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    def run(coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, loop).result(60)

    async def start():
        return await websockets.serve(handler, "127.0.0.1", 0, **options)

    server = run(start())

    async def stop():
        server.close()
        await server.wait_closed()

    def end():
        run(stop())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

    test.addCleanup(end)
    return server.sockets[0].getsockname()[1]


def echo(count):
    """A handler that sends back `count` messages and then closes with 1000."""

    async def handler(socket, _path):
        for _ in range(count):
            await socket.send(await socket.recv())
        await socket.close(1000, "enough")

    return handler
