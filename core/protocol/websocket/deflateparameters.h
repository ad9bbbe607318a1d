// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <vector>

namespace Sidewire {

/// The four parameters of permessage-deflate (RFC 7692, 7.1), as offered or as agreed on.
struct DeflateParameters
{
    bool serverNoContextTakeover = false;
    bool clientNoContextTakeover = false;
    std::optional<int> serverMaxWindowBits = {}; ///< 8 to 15; nothing: not said, which means 15
    std::optional<int> clientMaxWindowBits = {}; ///< The same
    bool isClientWindowOpen = false; ///< An offer only: client_max_window_bits without a value, the server may choose

    /// "permessage-deflate; client_max_window_bits; server_no_context_takeover", as it stands in Sec-WebSocket-Extensions.
    QByteArray toHeader() const;

    /// One element of Sec-WebSocket-Extensions. An Error for an unknown or repeated parameter and for a bad value (RFC
    /// 7692, 7.1): an offer is then declined, a response fails the connection.
    enum class Role { Offer, Response };
    static Result<DeflateParameters> parse(QByteArrayView element, Role role);

    /// What a server that prefers `wanted` answers to an offer; nothing when it cannot accept it.
    static std::optional<DeflateParameters> accept(const DeflateParameters &offer, const DeflateParameters &wanted);

    /// Whether a client that offered `offer` may accept `response` (RFC 7692, 7.1.2 and 7.1.3). Empty: yes; else why not.
    static QByteArray whyUnacceptable(const DeflateParameters &offer, const DeflateParameters &response);

    friend bool operator==(const DeflateParameters &, const DeflateParameters &) = default;
};

/// The elements of a Sec-WebSocket-Extensions value (RFC 6455, 9.1; quoted strings kept whole).
std::vector<QByteArray> extensionElements(QByteArrayView value);

/// An element's name, without its parameters.
QByteArray extensionName(QByteArrayView element);

} // namespace Sidewire
