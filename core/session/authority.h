// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"

#include <QString>

namespace Sidewire {

/// "host:port" of a target or a proxy, taken apart. Both may be empty.
struct Authority
{
    QString host; ///< Without the brackets of an IPv6 address
    QString port; ///< As written; see parsePort()

    /// From "[v6]:port", "host:port", "host" and ":port".
    static Result<Authority> split(const QString &text);

    static Result<quint16> parsePort(const QString &text);
};

/// A host as it stands in an authority: "::1" as "[::1]" (RFC 3986, 3.2.2). Anything else stays as it is.
QString bracketed(const QString &host);

} // namespace Sidewire
