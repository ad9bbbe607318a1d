// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArrayList>
#include <QByteArrayView>
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
    WrongUpgrade = 1u << 19, ///< Upgrade or Connection missing or wrong
    MisplacedCompressedBit = 1u << 20, ///< RSV1 where permessage-deflate gives it no meaning
    CorruptDeflate = 1u << 21,
    InflateLimit = 1u << 22, ///< The message inflates to more than our limit: a bomb, or a long one
    WindowTooLarge = 1u << 23, ///< Deflated with a larger window than was agreed on
    InvalidExtension = 1u << 24, ///< Parameters of permessage-deflate that are unknown, repeated or out of range
    ExtensionNotAsOffered = 1u << 25, ///< Parameters that do not follow from the offer
    SeveralSubprotocols = 1u << 26,
    InvalidKey = 1u << 27, ///< Sec-WebSocket-Key missing, or not 16 bytes in base64
    RepeatedField = 1u << 28,
    WrongVersion = 1u << 29,
    WrongRequest = 1u << 30, ///< Method, HTTP version or Host of the upgrade
    SentTooEarly = 1u << 31, ///< Frames of a client that was not answered yet
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

/// "RFC 6455, 5.1: A client frame was not masked", each of a set. `content`, as far as it is there, tells where it stops
/// being UTF-8.
QByteArrayList explainViolations(quint32 set, QByteArrayView content);

constexpr quint32 bit(Violation violation)
{
    return static_cast<quint32>(violation);
}

} // namespace Sidewire
