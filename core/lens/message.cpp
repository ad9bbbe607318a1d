// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "message.h"

#include <array>

namespace Sidewire {

namespace {

/// In the order of MessageKind.
constexpr std::array<std::string_view, 11> Names = {"text",     "binary", "ping", "pong",     "close", "request",
                                                    "response", "line",   "read", "datagram", "frame"};

} // namespace

std::string_view toString(MessageKind kind)
{
    return Names.at(static_cast<std::size_t>(kind));
}

std::optional<MessageKind> messageKindFromString(std::string_view name)
{
    for (std::size_t i = 0; i < Names.size(); ++i) {
        if (Names[i] == name) {
            return static_cast<MessageKind>(i);
        }
    }
    return {};
}

} // namespace Sidewire
