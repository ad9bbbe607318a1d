// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

#include <optional>
#include <span>

namespace Sidewire {

/// Where the IP packet begins in a frame of a pcapng link type: Ethernet with VLAN tags, Linux cooked, loopback or raw IP.
/// Nothing for another link type, another protocol and a frame that is too short.
std::optional<std::size_t> findIpPacket(quint16 linkType, std::span<const char> frame);

} // namespace Sidewire
