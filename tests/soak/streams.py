# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""Peers of TCP, TLS and UDP sessions. Each verifies the session's log against what it sent and received itself."""

import random
import select
import socket
import struct

from counted import Pace, Traffic, Visitors, content, counted, datagram

CHUNK = 4096
RECORD = 1 << 14  # Of TLS at most: none is left half read, where nobody waits for it
LONGEST_VISIT = 160  # Chunks. Each connection costs some memory for good, which must not hide what grows


class Server(Traffic):
    """For a client of TCP or TLS: sends counters as long as it may, and reads what comes at the same pace. All on one
    thread, as the two directions of TLS share one state."""

    def __init__(self, rate, half_closes=True, tls=None, awaited=0):
        """With TLS it cannot half-close: it goes on until so many bytes have come."""
        super().__init__(rate)
        self._how = socket.SHUT_WR if half_closes else socket.SHUT_RDWR
        self._tls = tls
        self._awaited = awaited
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._sent = 0
        self._received = bytearray()
        self.spawn(self._serve)

    def _serve(self):
        client, _ = self._listener.accept()
        self._listener.close()
        if self._tls:
            client = self._tls.wrap_socket(client, server_side=True)
        with client:
            self._talk(client)
            if self._tls:
                client.unwrap()
                return
            client.shutdown(self._how)
            while piece := client.recv(RECORD):
                self._received += piece

    def _talk(self, client):
        sending, reading = Pace(self.rate, self.ended), Pace(self.rate, self.ended)
        while not self.ended.is_set() or len(self._received) < self._awaited:
            may_read = [client] if reading.delay(0) == 0 else []
            readable, _, _ = select.select(may_read, [], [], sending.delay(0))
            if readable:
                piece = client.recv(RECORD)
                self._received += piece
                reading.delay(len(piece))
            if sending.delay(0) == 0:
                client.sendall(counted(self._sent, CHUNK))
                self._sent += CHUNK
                sending.delay(CHUNK)

    def verify(self, log):
        self.check(log.raw("in") == counted(0, self._sent), "what was received is not what was sent")
        self.check(log.raw("out") == self._received, "what was sent is not what arrived")
        return self._sent + len(self._received)


class Clients(Visitors):
    """For a listener of TCP or TLS: clients that come, send counters, expect them back if it echoes, and go in several
    ways."""

    def __init__(self, rate, port, echoes, tls=None, clients=3):
        super().__init__(rate)
        self._port = port
        self._echoes = echoes
        self._tls = tls
        for number in range(clients):
            self.spawn(self._come_and_go, random.Random(number), rate / clients)

    def _come_and_go(self, choice, rate):
        pace = Pace(rate, self.ended)
        while pace.goes_on(0):
            how = choice.choice(["close", "finish", "reset"] if self._echoes else ["close", "reset"])
            client = socket.create_connection(("127.0.0.1", self._port), timeout=60)
            port = client.getsockname()[1]
            if self._tls:
                client = self._tls.wrap_socket(client)
            with client:
                sent, echoed = self._talk(client, choice.randrange(1, LONGEST_VISIT), pace)
                if how == "finish" and not self._tls:
                    client.shutdown(socket.SHUT_WR)
                    self.check(client.recv(1) == b"", "more was echoed than was sent")
                elif how == "reset":
                    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                elif self._tls:
                    client.unwrap()
            self.note_visit(port, sent, echoed, how)

    def _talk(self, client, chunks, pace):
        sent = echoed = 0
        for _ in range(chunks):
            client.sendall(counted(sent, CHUNK))
            sent += CHUNK
            while self._echoes and echoed < sent:
                piece = client.recv(sent - echoed)
                self.check(piece == counted(echoed, len(piece)) and piece, "an echo differs")
                if not piece:
                    return sent, echoed
                echoed += len(piece)
            if not pace.goes_on(CHUNK):
                break
        return sent, echoed

    def verify(self, log):
        streams = {}
        for told in log.messages("reads"):
            streams.setdefault((told["connection"], told["direction"]), bytearray()).extend(content(told))
        size = 0
        for connection, (sent, echoed, how) in self.visits(log):
            size += sent + echoed
            into = bytes(streams.get((connection["id"], "in"), b""))
            out = bytes(streams.get((connection["id"], "out"), b""))
            # What a reset overtook need not have been read.
            is_whole = into == counted(0, sent) or (how == "reset" and counted(0, sent).startswith(into))
            self.check(is_whole, f"{connection['peer']} sent {sent} bytes, the log has {len(into)}")
            self.check(out == (into if self._echoes else b"") and len(out) >= echoed,
                       f"{connection['peer']} was sent {echoed} bytes, the log has {len(out)}")
        return size


class Datagrams(Traffic):
    """For either kind of UDP session: numbered datagrams from several senders, or from one that is spoken to first."""

    def __init__(self, rate, port=None, echoes=False, senders=2):
        super().__init__(rate)
        self._echoes = echoes
        self._sent = []
        self._back = 0
        self._hello = 0
        self.port = port
        if port:
            for sender in range(senders):
                self.spawn(self._send, sender, self._socket(), ("127.0.0.1", port), rate / senders)
        else:
            peer = self._socket()
            self.port = peer.getsockname()[1]
            self.spawn(self._answer, peer)

    def _socket(self):
        peer = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        peer.bind(("127.0.0.1", 0))
        return peer

    def _answer(self, peer):
        hello, to = peer.recvfrom(65536)
        self._hello = len(hello)
        self._send(0, peer, to, self.rate)

    def _send(self, sender, peer, to, rate):
        pace = Pace(rate, self.ended)
        number = 0
        with peer:
            while True:
                bytes_ = datagram(sender, number)
                if not pace.goes_on(len(bytes_) + 100):
                    break
                peer.sendto(bytes_, to)
                self._sent.append((sender, number))
                number += 1
                if self._echoes:
                    peer.settimeout(60)
                    self.check(peer.recv(65536) == bytes_, "an echo differs")
                    self._back += 1

    def verify(self, log):
        summary = log.summary
        recorded = [content(told) for told in log.messages("datagrams", "in")]
        lost = summary["dropped"]["kernel"] + summary["dropped"]["capture"]
        self.check(len(recorded) + lost == len(self._sent),
                   f"{len(self._sent)} datagrams were sent, {len(recorded)} recorded, {lost} dropped")
        for each in recorded:
            sender, number = map(int, each.split(b" ", 2)[:2])
            self.check(each == datagram(sender, number), f"datagram {number} of {sender} differs")
        self.check(len(set(recorded)) == len(recorded), "a datagram was recorded twice")
        out = sum(connection["records_out"] for connection in summary["connections"])
        self.check(out == (len(recorded) if self._echoes else int(self._hello > 0)), f"{out} datagrams were sent back")
        return sum(map(len, recorded))
