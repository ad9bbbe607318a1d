// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/types.h"

#include <QString>

#include <vector>

namespace Sidewire {

/// Whom a session with several possible receivers sends to.
struct Recipients
{
    enum class Kind : quint8 {
        Usual, ///< All clients of a listener; the target of a UDP client
        LastSender, ///< UDP: whoever sent the newest datagram
        Chosen,
    };
    Kind kind = Kind::Usual;
    std::vector<ConnectionId> chosen; ///< With Chosen, at least one

    friend bool operator==(const Recipients &, const Recipients &) = default;
};

/// Something to choose, in words.
struct RecipientChoice
{
    Recipients recipients;
    QString text;
};

} // namespace Sidewire
