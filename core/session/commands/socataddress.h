// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"

#include <QString>
#include <QStringList>

#include <utility>
#include <vector>

namespace Sidewire {

/// One of socat's addresses taken apart: "TCP4:[::1]:80,bind=1.2.3.4,nodelay".
struct SocatAddress
{
    QString text; ///< As written
    QString type; ///< "TCP4", upper case; "STDIO" for "-"
    QStringList parameters; ///< "[::1]", "80"
    std::vector<std::pair<QString, QString>> options; ///< Names in lower case; the value of a mere name is empty

    /// As socat(1) reads it: brackets protect what is in them, quotes and backslashes too and vanish.
    static Result<SocatAddress> parse(const QString &text);
};

} // namespace Sidewire
