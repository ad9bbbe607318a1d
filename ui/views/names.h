// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

#include <string_view>

namespace Sidewire {

/// A name from core (of a kind, an opcode, a close code): they are all ASCII.
inline QString toQString(std::string_view name)
{
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

/// Text that a peer may have sent, for a tool tip: a tool tip takes what looks like HTML for HTML.
inline QString plainToolTip(const QString &text)
{
    return text.isEmpty() ? text
                          : QStringLiteral("<p>%1</p>").arg(text.toHtmlEscaped().replace(u'\n', QLatin1String("<br>")));
}

} // namespace Sidewire
