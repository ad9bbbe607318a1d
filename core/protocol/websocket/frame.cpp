// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "frame.h"

namespace Sidewire {

std::string_view toString(Opcode opcode)
{
    static constexpr std::array<std::string_view, 16> Names = {
        "continuation", "text", "binary", "reserved 3",  "reserved 4",  "reserved 5",  "reserved 6",  "reserved 7",
        "close",        "ping", "pong",   "reserved 11", "reserved 12", "reserved 13", "reserved 14", "reserved 15",
    };
    return Names[static_cast<quint8>(opcode) & 15];
}

} // namespace Sidewire
