// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

#include <string_view>
#include <vector>

namespace Sidewire {

/// A broken rule of RFC 6455, 7692 or 3629. A set of them is a quint32.
enum class Violation : quint32 {
    WrongAccept = 1u << 0,
    MissingAccept = 1u << 1,
    UnmaskedClient = 1u << 2,
    MaskedServer = 1u << 3,
    ReservedBit = 1u << 4, ///< RSV without an extension that gives it a meaning
    ReservedOpcode = 1u << 5,
    FragmentedControl = 1u << 6,
    ControlTooLong = 1u << 7,
    LengthNotMinimal = 1u << 8,
    LengthTopBit = 1u << 9,
    StrayContinuation = 1u << 10,
    DataInsideFragmented = 1u << 11, ///< A new text or binary frame before the fragmented message ended
    InvalidUtf8 = 1u << 12,
    InvalidCloseCode = 1u << 13,
    InvalidCloseBody = 1u << 14, ///< One byte, or a reason that is not UTF-8
    DataAfterClose = 1u << 15,
    SubprotocolNotOffered = 1u << 16,
    ExtensionNotOffered = 1u << 17,
    MalformedHead = 1u << 18,
    WrongUpgrade = 1u << 19, ///< Upgrade, Connection or version header missing or wrong
};

/// What people read of a violation.
struct ViolationText
{
    Violation violation;
    std::string_view section; ///< "RFC 6455, 5.1"
    std::string_view sentence; ///< "A client frame was not masked"
};

/// Those of a set, lowest bit first.
std::vector<ViolationText> describeViolations(quint32 set);

constexpr quint32 bit(Violation violation)
{
    return static_cast<quint32>(violation);
}

} // namespace Sidewire
