// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// wsflood COUNT SIZE: prints its port, accepts one WebSocket client, sends it so many text messages (up to 1 KiB) or binary
// messages (above) as fast as it takes them, closes with 1000, and prints how long it took until the client closed.

#include "loopback.h"

#include <QCryptographicHash>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <string>
#include <sys/socket.h>
#include <vector>

using namespace Sidewire::Bench;

namespace {

constexpr std::size_t BatchBytes = 262'144;
constexpr int DigitCount = 20;

/// The request head, read byte by byte: a client sends nothing behind it before our answer.
std::string readHead(int client)
{
    std::string head;
    char byte = 0;
    while (!head.ends_with("\r\n\r\n") && recv(client, &byte, 1, 0) == 1) {
        head += byte;
    }
    return head;
}

std::string acceptKey(const std::string &head)
{
    const std::string name = "Sec-WebSocket-Key: ";
    const std::size_t at = head.find(name);
    if (at == std::string::npos) {
        return {};
    }
    const std::string key = head.substr(at + name.size(), head.find("\r\n", at) - at - name.size());
    // RFC 6455, 4.2.2
    const QByteArray hash = QCryptographicHash::hash(
        QByteArray::fromStdString(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"), QCryptographicHash::Sha1);
    return hash.toBase64().toStdString();
}

std::string frameHeader(std::size_t size)
{
    std::string header;
    header += static_cast<char>(size <= 1024 ? 0x81 : 0x82);
    if (size < 126) {
        header += static_cast<char>(size);
    } else {
        const int bytes = size < 65536 ? 2 : 8;
        header += static_cast<char>(bytes == 2 ? 126 : 127);
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            header += static_cast<char>(size >> shift);
        }
    }
    return header;
}

} // namespace

int main(int argc, char **argv)
{
    const char *usage = "wsflood COUNT SIZE (at least 20)";
    const std::int64_t total = numberArgument(argc, argv, 1, usage);
    const auto size = static_cast<std::size_t>(numberArgument(argc, argv, 2, usage));
    const std::string header = frameHeader(size);
    const std::string frame = header + std::string(size, 'x');

    // As many frames as fit one write, whose numbers alone change.
    const std::size_t perBatch = std::max<std::size_t>(1, BatchBytes / frame.size());
    std::string batch;
    for (std::size_t i = 0; i < perBatch; ++i) {
        batch += frame;
    }

    const int client = acceptOne();
    const std::string answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                               "Sec-WebSocket-Accept: "
        + acceptKey(readHead(client)) + "\r\n\r\n";
    const Stopwatch watch;
    bool isThere = sendAll(client, answer.data(), answer.size());
    for (std::int64_t sent = 0; isThere && sent < total;) {
        const std::size_t count = std::min<std::size_t>(perBatch, static_cast<std::size_t>(total - sent));
        for (std::size_t i = 0; i < count; ++i, ++sent) {
            char digits[DigitCount + 1];
            std::snprintf(digits, sizeof digits, "%0*lld", DigitCount, static_cast<long long>(sent));
            std::memcpy(&batch[i * frame.size() + header.size()], digits, DigitCount);
        }
        isThere = sendAll(client, batch.data(), count * frame.size());
    }

    const char closing[] = {'\x88', '\x02', '\x03', '\xe8'};
    if (!isThere || !sendAll(client, closing, sizeof closing)) {
        std::fprintf(stderr, "the client left early\n");
        return 1;
    }
    // The client's masked Close frame, whatever its reason; then RFC 6455, 7.1.1: the server closes first.
    char reply[2] = {};
    while (recv(client, reply, sizeof reply, MSG_WAITALL) == sizeof reply && reply[0] != '\x88') {
        std::vector<char> rest(static_cast<std::size_t>(reply[1] & 0x7f) + 4);
        recv(client, rest.data(), rest.size(), MSG_WAITALL);
    }
    check(shutdown(client, SHUT_WR), "shutdown");
    discardAll(client);
    std::printf("%.6f\n", watch.seconds());
    return 0;
}
