# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""Peers of TCP, TLS and UDP sessions. Each verifies the session's log against what it sent and received itself."""

import random
import socket
import ssl
import struct

from counted import Pace, Traffic, content, counted, datagram

CHUNK = 4096
LONGEST_VISIT = 160  # Chunks. Each connection costs some memory for good, which must not hide what grows


class Server(Traffic):
    """For a client of TCP: sends counters as long as it may, and reads what comes at the same pace."""

    def __init__(self, rate, half_closes=True):
        super().__init__(rate)
        self._how = socket.SHUT_WR if half_closes else socket.SHUT_RDWR
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._sent = 0
        self._received = bytearray()
        self.spawn(self._serve)

    def _serve(self):
        client, _ = self._listener.accept()
        self._listener.close()
        with client:
            self.spawn(self._send, client.dup())
            pace = Pace(self.rate, self.ended)
            while piece := client.recv(CHUNK):
                self._received += piece
                pace.goes_on(len(piece))

    def _send(self, client):
        pace = Pace(self.rate, self.ended)
        with client:
            while pace.goes_on(CHUNK):
                client.sendall(counted(self._sent, CHUNK))
                self._sent += CHUNK
            client.shutdown(self._how)

    def verify(self, log):
        self.check(log.raw("in") == counted(0, self._sent), "what was received is not what was sent")
        self.check(log.raw("out") == self._received, "what was sent is not what arrived")
        return self._sent + len(self._received)


class Clients(Traffic):
    """For a listener of TCP or TLS: clients that come, send counters, expect them back if it echoes, and go in several
    ways."""

    def __init__(self, rate, port, echoes, is_tls=False, clients=3):
        super().__init__(rate)
        self._port = port
        self._echoes = echoes
        self._tls = None
        if is_tls:
            self._tls = ssl.create_default_context()
            self._tls.check_hostname = False
            self._tls.verify_mode = ssl.CERT_NONE
        self._visits = []  # (port, bytes sent, bytes echoed, how it went)
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
            self._visits.append((port, sent, echoed, how))

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
        came = {}
        for port, *visit in self._visits:
            came.setdefault(port, []).append(visit)
        streams = {}
        for told in log.messages("reads"):
            streams.setdefault((told["connection"], told["direction"]), bytearray()).extend(content(told))
        connections = log.summary["connections"]
        self.check(len(connections) == len(self._visits),
                   f"{len(self._visits)} clients came, the log has {len(connections)}")
        for connection in connections:
            visits = came.get(int(connection["peer"].rsplit(":", 1)[1]))
            if not visits:
                self.problems.append(f"nobody came from {connection['peer']}")
                continue
            sent, echoed, how = visits.pop(0)
            into = bytes(streams.get((connection["id"], "in"), b""))
            out = bytes(streams.get((connection["id"], "out"), b""))
            # What a reset overtook need not have been read.
            is_whole = into == counted(0, sent) or (how == "reset" and counted(0, sent).startswith(into))
            self.check(is_whole, f"{connection['peer']} sent {sent} bytes, the log has {len(into)}")
            self.check(out == (into if self._echoes else b"") and len(out) >= echoed,
                       f"{connection['peer']} was sent {echoed} bytes, the log has {len(out)}")
        return sum(sent + echoed for _, sent, echoed, _ in self._visits)


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
