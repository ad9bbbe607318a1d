#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT
"""Writes the seeds of corpus/ anew: small inputs that know the way into each target. What a run finds to be interesting
stays in the build folder; an input that broke something becomes a test beside the code, not a seed."""

import base64
import json
import pathlib
import struct
import zlib

CORPUS = pathlib.Path(__file__).parent / "corpus"
TURN = b"\xf5\xf6"  # The other direction (lensfeed.h)


def seeds(target, inputs):
    folder = CORPUS / target
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for name, data in inputs.items():
        (folder / name).write_bytes(data)


# -- Text

REQUEST = (b"GET /chat?x=1 HTTP/1.1\r\nHost: server.example.com\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
           b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: chat, b\r\n"
           b"Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits, x; y=\"a,b\"\r\n\r\n")
RESPONSE = (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Protocol: chat\r\n"
            b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
            b"Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=10; client_no_context_takeover\r\n\r\n")

seeds("httphead", {
    "upgrade": REQUEST + RESPONSE,
    "request": b"POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
    "bare-line-feeds": b"GET / HTTP/1.0\nHost: a\nX:  y \n\n",
    "folded": b"HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\tc\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    "no-content": b"HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 304 Not Modified\r\n\r\n",
    "malformed": b"GET\r\nno field\r\n: y\r\n\r\n",
    "odd-length": b"HTTP/1.1 200\r\nContent-Length: 5, 5\r\nContent-Length: -1\r\n\r\n",
})

seeds("json", {
    "object": b'{"b": 1, "a": [true, false, null], "b": {"c": -1.50e+7}}',
    "strings": b'["", "\\u00e9\\n\\"\\\\", "\xc3\xa9\xf0\x9f\x98\x80", "\\ud83d\\ude00"]',
    "numbers": b"[0, -0, 10, 1.0, 1E5, 9007199254740993, 0.1e-2]",
    "nested": b"[" * 20 + b"]" * 20,
    "space": b" \t\r\n{ \"a\" : [ ] , \"b\" : { } }\n",
    "cut": b'{"a": [1, 2',
    "wrong": b"{'a': 01, }",
})

seeds("filter", {
    "row": b"in kind:text,binary len>=1k and not conn:2,5-7\nhello",
    "words": b"(out or violation) unfinished n<10 code:1000,3000-4999",
    "content": b'"hello"i or /h[ae]l+o/i or hex:68 65 or hex:0d0a\nHello, hallo\r\n',
    "escapes": b'"a\\"b\\\\" /a\\/b\\\\/\na"b\\',
    "valid": b"invalid:json or valid:utf8 or invalid:utf8\n{\"a\": \xff}",
    "times": b"time>12:00:01.5 and time<2026-11-22T12:00:01\n",
    "nested": b"(((not (in)) or ((out))))",
    "errors": b"len>x and (in",
})

# -- The length lens

BODY = b"hello, world"


def prefixed(kind, order, count=3):
    width = {"u8": 1, "u16": 2, "u24": 3, "u32": 4, "u64": 8}[kind]
    return b"".join(i.to_bytes(width, order) + BODY[:i] for i in (5, 0, 12)[:count])


length = {"u8": b"u8\n" + prefixed("u8", "big")}
for kind in ("u16", "u24", "u32", "u64"):
    for suffix, order in (("be", "big"), ("le", "little")):
        data = prefixed(kind, order)
        length[kind + suffix] = f"{kind}{suffix}\n".encode() + data + TURN + data[:7]
length["varint"] = b"varint\n\x05hello\x80\x01" + b"x" * 128
length["varint-too-long"] = b"varint\n" + b"\xff" * 12
length["modbus"] = b"u16be,offset=4,adjust=6\n" + bytes.fromhex("000100000006110300 6b0003".replace(" ", "")) * 2
length["whole"] = b"u16le,adjust=0,trailer=1\n\x07\x00hello\x00\x02\x00\x00"
length["misfit"] = b"u32be,adjust=0\n\x00\x00\x00\x08abcd\x00\x00\x00\x03rest"
length["offset"] = b"u8,offset=2@3\nabc\x00\x00\x02de\x00\x00\x01f"
seeds("lengthlens", length)

# -- Any lens

CHUNKED = (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n7\r\n, world\r\n0\r\nTrailer: a\r\n\r\n")
EVENTS = (b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n: comment\n\nevent: tick\r\ndata: 1\r\ndata: 2\r\n\r\n"
          b"id: 7\rretry: 10\rdata\r\r")
seeds("lenses", {
    "lines": b"lines\none\r\ntwo\n\nunfinished" + TURN + b"other\n",
    "delimiter": b"delimiter:0d0a\na\r\nb\r\r\nc",
    "between": b"between:02,03,10\nx\x02a\x10\x03b\x03\x02\x03",
    "fixed": b"fixed:4@2\nabcdefghijk",
    "slip": b"slip\n\xc0a\xdb\xdcb\xc0\xc0\xdb\x01\xc0",
    "json": b"json\n {\"a\": [1, \"}\\\"\"]}\n12 true\"x\"[",
    "directions": b"in=lines/out=length:u8@1\na\x02bc" + TURN + b"x\ny",
    "auto": b"auto\nhello\nworld\n" + TURN + b"\x00\x01",
    "http-chunked": b"http\nGET / HTTP/1.1\r\nHost: a\r\n\r\n" + TURN + CHUNKED,
    "http-pipelined": b"http\nHEAD / HTTP/1.1\r\n\r\nPOST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nab" + TURN
    + b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nHTTP/1.1 204 No\r\n\r\n",
    "http-until-end": b"http\nGET / HTTP/1.0\r\n\r\n" + TURN + b"HTTP/1.0 200 OK\r\n\r\nall of it",
    "sse": b"sse\nGET / HTTP/1.1\r\n\r\n" + TURN + EVENTS,
    "sse-chunked": b"sse\nGET / HTTP/1.1\r\n\r\n" + TURN + EVENTS.replace(b"\r\n\r\n", b"\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n", 1)
    .replace(b"\n\nevent", b"\r\n8\r\n\n\nevent") + b"\r\n0\r\n\r\n",
    "websocket": b"websocket\n" + REQUEST + TURN + RESPONSE + b"\x81\x02hi" + TURN + b"\x89\x80abcd",
})

# -- WebSocket


def frame(opcode, payload=b"", final=True, reserved=0, key=None, coding=None):
    size = len(payload)
    coding = coding or (1 if size < 126 else 3 if size < 65536 else 9)
    head = bytes([final << 7 | reserved << 4 | opcode, (key is not None) << 7 | (size if coding == 1 else 126 if coding == 3 else 127)])
    head += size.to_bytes(coding - 1, "big") if coding > 1 else b""
    if key is None:
        return head + payload
    return head + key + bytes(byte ^ key[i % 4] for i, byte in enumerate(payload))


def deflated(content, bits=15):
    compressor = zlib.compressobj(wbits=-bits)
    data = compressor.compress(content) + compressor.flush(zlib.Z_SYNC_FLUSH)
    return data[:-4]


KEY = b"\x37\xfa\x21\x3d"
TEXT = "h\u00e9llo \U0001f600".encode()
seeds("websocket", {
    "text": b"\0" + frame(1, TEXT, key=KEY) + TURN + frame(1, TEXT) + frame(2, b"\0\xff"),
    "lengths": b"\0" + frame(2, b"x" * 126, key=KEY) + frame(2, b"ab", key=KEY, coding=3) + frame(2, b"a", key=KEY, coding=9),
    "fragments": b"\0" + frame(1, TEXT[:2], final=False, key=KEY) + frame(9, b"ping", key=KEY)
    + frame(0, TEXT[2:], key=KEY) + TURN + frame(10, b"ping"),
    "close": b"\0" + frame(8, b"\x03\xe8bye", key=KEY) + TURN + frame(8, b"\x03\xe8") + frame(1, b"late"),
    "wrong": b"\0" + frame(3, b"a") + frame(9, b"x" * 126, final=False) + frame(0, b"stray") + frame(1, b"\xc3", final=False)
    + frame(2, b"inside", reserved=7) + frame(8, b"\x03") + frame(8, b"\x03\xed\xff"),
    "compressed": b"\1" + frame(1, deflated(TEXT * 3), reserved=4, key=KEY) + frame(1, deflated(b"a")[:3], final=False, reserved=4)
    + frame(0, deflated(b"a")[3:]) + frame(1, b"plain"),
    "no-takeover": b"\2" + frame(2, deflated(b"\0" * 500), reserved=4, key=KEY) * 2,
    "small-window": b"\3" + TURN + frame(2, deflated(b"0123456789" * 30, 9), reserved=4) * 2,
    "listener": b"\4" + frame(1, b"in", key=KEY) + TURN + frame(1, b"out"),
    "huge": b"\0" + bytes([0x82, 0xff]) + b"\xff" * 8 + KEY + b"x",
    "http-after-all": b"\0" + TURN + TURN + b"\x89",
})

# -- Deflate: each message behind its length


def messages(*payloads):
    return b"".join(bytes([len(payload)]) + payload for payload in payloads)


SECOND = zlib.compressobj(wbits=-15)
WITH_CONTEXT = []
for text in (b"hello hello hello", b"hello again"):
    WITH_CONTEXT.append((SECOND.compress(text) + SECOND.flush(zlib.Z_SYNC_FLUSH))[:-4])

seeds("deflate", {
    "hello": b"\x0f" + messages(bytes.fromhex("f248cdc9c90700"), bytes.fromhex("f200110000")),  # RFC 7692, 7.2.3
    "context": b"\x0f" + messages(*WITH_CONTEXT),
    "no-context": b"\x0e" + messages(deflated(b"hello"), deflated(b"hello")),
    "stored": b"\x0f" + messages(bytes.fromhex("000500faff48656c6c6f00")),
    "final-block": b"\x0f" + messages(bytes.fromhex("f348cdc9c9070000"), bytes.fromhex("f248cdc9c90700")),
    "bomb": b"\x1f" + messages(deflated(b"\0" * 100_000)[:255]),
    "small-window": b"\x03" + messages(deflated(b"0123456789" * 60, 9)),
    "too-far": b"\x02" + messages(deflated(bytes(range(256)) * 3)[:255]),
    "corrupt": b"\x0f" + messages(b"\xff\xff\xff", b"\xf2\x48"),
    "empty": b"\x0f" + messages(b"\0", b"", b""),
})

# -- Payload decoders

GZIP = zlib.compressobj(wbits=31)
GZIPPED = GZIP.compress(b'{"a": [1, 2]}') + GZIP.flush()
seeds("decode", {
    "base64": b"eyJhIjogWzEsIDJdLCAiYiI6ICJoZWxsbyJ9\r\n",
    "base64-url": b"_-8_-w",
    "base64-gzip": base64.b64encode(GZIPPED),
    "gzip": GZIPPED,
    "two-members": GZIPPED * 2,
    "zlib": zlib.compress(b"hello " * 20),
    "raw": deflated(b"hello " * 20) + b"\0\0\xff\xff",
    "percent": b"/a%20b%2Fc?d=%C3%A9",
    "form": b"a=1&b=x+y&c&=&a=%7B%22d%22%3A1%7D",
    "json": b'{"a": [true, {"b": "\\u00e9\\ud83d"}], "a": -1.5e3, "odd key": null}',
    "utf16": "h\u00e9llo \U0001f600".encode("utf-16"),
    "times": struct.pack("<QQ", 1795334400000, 133000000000000000),
})

# -- Search: the kind of search, what is looked for, where

seeds("search", {
    "text": b"\0Hello\nsay hello, HELLO and hell",
    "case": b"\4aab\naaaaab aab",
    "hex": b"\1" b"0d 0a\n\r\n\r\r\n",
    "regex": b"\2h[ae]l+o\\b|^x$\nhallo hello\nx\n",
    "regex-bytes": b"\6\\xff+.\n\xff\xff\xfe\xff",
    "utf8": "\0\u00e9\U0001f600\na\u00e9\U0001f600".encode(),
    "wrong": b"\2(a\n",
})

# -- Dissection: frames with an odd first byte, heads with an even one

seeds("dissect", {
    "frames": b"\x05" + frame(1, TEXT[:2], final=False, key=KEY) + frame(9, b"p", key=KEY) + frame(0, TEXT[2:], key=KEY),
    "cut": b"\x03" + frame(2, b"x" * 300),
    "compressed": b"\x09" + frame(1, deflated(TEXT), reserved=4),
    "wrong": b"\x11" + frame(8, b"\x03\xed\xff", final=False, reserved=7, coding=9),
    "handshake": b"\0" + REQUEST + RESPONSE,
    "request": b"\x06" + REQUEST,
    "malformed": b"\x06GET\r\nno field\r\n: y\r\n folded\r\n",
})

# -- pcapng


def option(order, code, value):
    return struct.pack(order + "HH", code, len(value)) + value + bytes(-len(value) % 4)


def block(order, kind, body):
    body += bytes(-len(body) % 4)
    return struct.pack(order + "II", kind, len(body) + 12) + body + struct.pack(order + "I", len(body) + 12)


def section(order, application=b"dumpcap", comment=b"a"):
    body = struct.pack(order + "IHHq", 0x1A2B3C4D, 1, 0, -1)
    return block(order, 0x0A0D0D0A, body + option(order, 4, application) + option(order, 1, comment) + bytes(4))


def interface(order, link, resolution=None):
    options = b"" if resolution is None else option(order, 9, bytes([resolution])) + bytes(4)
    return block(order, 1, struct.pack(order + "HHI", link, 0, 0) + options)


def packet(order, data, ticks=0, number=0, wire=None, flags=None):
    body = struct.pack(order + "IIIII", number, ticks >> 32, ticks & 0xFFFFFFFF, len(data), wire or len(data))
    body += data + bytes(-len(data) % 4)
    return block(order, 6, body + (option(order, 2, struct.pack(order + "I", flags)) + bytes(4) if flags else b""))


def tcp(source, target, sequence, flags, payload=b""):
    return struct.pack(">HHIIBBHHH", source, target, sequence, 0, 0x50, flags, 65535, 0, 0) + payload


def udp(source, target, payload):
    return struct.pack(">HHHH", source, target, 8 + len(payload), 0) + payload


def ipv4(source, target, protocol, payload, fragment=0):
    return struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(payload), 0, fragment, 64, protocol, 0, source, target) + payload


def ipv6(source, target, protocol, payload):
    return struct.pack(">IHBB16s16s", 6 << 28, len(payload), protocol, 64, source, target) + payload


A, B = bytes([10, 0, 0, 1]), bytes([10, 0, 0, 2])
A6, B6 = bytes(15) + b"\1", bytes(15) + b"\2"
SYN, FIN, RST, ACK = 2, 1, 4, 16


def ethernet(kind, payload):
    return bytes(12) + struct.pack(">H", kind) + payload


def handshake(order, wrap):
    return b"".join(packet(order, wrap(data), ticks) for ticks, data in enumerate((
        ipv4(A, B, 6, tcp(5000, 80, 99, SYN)),
        ipv4(B, A, 6, tcp(80, 5000, 199, SYN | ACK)),
        ipv4(A, B, 6, tcp(5000, 80, 107, ACK, b"second")),
        ipv4(A, B, 6, tcp(5000, 80, 100, ACK, b"first, ")),
        ipv4(A, B, 6, tcp(5000, 80, 100, ACK, b"first, ")),
        ipv4(B, A, 6, tcp(80, 5000, 205, ACK, b"later")),
        ipv4(A, B, 6, tcp(5000, 80, 113, FIN | ACK)),
        ipv4(B, A, 6, tcp(80, 5000, 210, RST)))))


def journal(event):
    return f"MESSAGE=m\nPRIORITY=6\nSIDEWIRE_EVENT={json.dumps(event)}\n".encode()


OWN = b"".join([
    section("<", b"Sidewire", json.dumps({"format": "sidewire/1", "target": "tcp://127.0.0.1:9"}).encode()),
    interface("<", 101, 9),
    block("<", 9, journal({"type": "opened", "time": 1, "connection": 0, "transport": "tcp", "role": "client",
                           "local": "10.0.0.1:5000", "peer": "10.0.0.2:80"})),
    packet("<", ipv4(A, B, 6, tcp(5000, 80, 1, ACK, b"hello")), 10, flags=2),
    packet("<", ipv4(B, A, 6, tcp(80, 5000, 1, ACK, b"world")), 11, flags=1),
    block("<", 9, journal({"type": "direction-changed", "time": 12, "connection": 0, "direction": "in", "state": "fin"})),
    block("<", 9, journal({"type": "closed", "time": 13, "connection": 0, "state": "closed", "by": "peer", "how": "fin"})),
])
seeds("pcapng", {
    "own": OWN,
    "own-torn": OWN[:-30],
    "own-zeros": OWN + bytes(40),
    "own-two-sections": OWN + OWN,
    "ethernet-big": section(">") + interface(">", 1, 9) + handshake(">", lambda ip: ethernet(0x0800, ip)),
    "vlan": section("<") + interface("<", 1) + handshake("<", lambda ip: ethernet(0x8100, b"\0\5\x08\0" + ip)),
    "loopback": section("<") + interface("<", 0) + handshake("<", lambda ip: struct.pack("<I", 2) + ip),
    "cooked": section("<") + interface("<", 113) + handshake("<", lambda ip: bytes(14) + b"\x08\0" + ip),
    "ipv6-udp": section("<") + interface("<", 101, 0x94) + packet("<", ipv6(A6, B6, 17, udp(53, 5000, b"question")))
    + packet("<", ipv6(B6, A6, 17, udp(5000, 53, b"answer")), 1, wire=100),
    "fragment": section("<") + interface("<", 101) + packet("<", ipv4(A, B, 17, udp(1, 2, b"part"), 0x2000))
    + packet("<", ipv4(A, B, 17, b"the rest", 1)) + packet("<", ipv4(A, B, 1, b"icmp")),
    "simple": section("<") + interface("<", 101)
    + block("<", 3, struct.pack("<I", 32) + ipv4(A, B, 17, udp(1, 2, b"data"))),
})
