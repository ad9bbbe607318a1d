// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/streamsink.h"

#include <QByteArray>

#include <algorithm>
#include <vector>

namespace Sidewire::TestSupport {

/// Keeps everything, in room as small as wanted, and can be full.
class MemorySink final : public StreamSink
{
public:
    std::span<char> reserve(qsizetype size) override
    {
        if (isFull) {
            return {};
        }
        m_room.resize(std::size_t(std::min(size, largestRoom)));
        return m_room;
    }

    void received(qsizetype size) override
    {
        if (size > 0) {
            in.append(m_room.data(), size);
        }
    }

    bool canTakeSent() override { return !isFull; }
    void sent(QByteArrayView bytes) override { out.append(bytes); }

    QByteArray in;
    QByteArray out;
    qsizetype largestRoom = 65495;
    bool isFull = false;

private:
    std::vector<char> m_room;
};

} // namespace Sidewire::TestSupport
