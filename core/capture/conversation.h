// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/types.h"
#include "core/capture/flowkey.h"
#include "core/capture/tcpreassembly.h"

#include <array>

namespace Sidewire {

/// A conversation found in a capture of another program: a connection of ours for all who look at it.
struct Conversation
{
    ConnectionId id{};
    FlowKey key; ///< Local is the side that opened it
    qint64 begin = 0;
    bool isOpen = false; ///< The handshake is over, or was not captured
    bool isClosed = false;
    bool hasHeardFromPeer = false; ///< UDP
    std::array<TcpReassembly, DirectionCount> streams;
    std::array<qint64, DirectionCount> offsets{}; ///< UDP
    std::array<bool, DirectionCount> hasFin{};
    Direction firstFin = Direction::In; ///< Who ended first
};

} // namespace Sidewire
