// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "frameencoder.h"

#include "core/protocol/websocket/framedecoder.h"

#include <QtEndian>

#include <algorithm>

namespace Sidewire {

QByteArray encodeFrame(Opcode opcode, QByteArrayView payload, std::optional<std::array<quint8, 4>> maskingKey)
{
    // RFC 6455, 5.2
    char header[14] = {};
    qsizetype size = 2;
    quint8 shortLength = 0;
    if (payload.size() < 126) {
        shortLength = static_cast<quint8>(payload.size());
    } else if (payload.size() <= 0xffff) {
        shortLength = 126;
        qToBigEndian(static_cast<quint16>(payload.size()), header + size);
        size += 2;
    } else {
        shortLength = 127;
        qToBigEndian(static_cast<quint64>(payload.size()), header + size);
        size += 8;
    }
    header[0] = static_cast<char>(0x80 | static_cast<quint8>(opcode));
    header[1] = static_cast<char>(shortLength | (maskingKey ? 0x80 : 0));
    if (maskingKey) {
        std::copy(maskingKey->begin(), maskingKey->end(), header + size);
        size += 4;
    }

    QByteArray frame;
    frame.reserve(size + payload.size());
    frame.append(header, size).append(payload);
    if (maskingKey) {
        applyMask(frame.data() + size, payload.size(), *maskingKey);
    }
    return frame;
}

} // namespace Sidewire
