// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "filterargument.h"

#include "core/payload/escapes.h"

#include <QList>

#include <algorithm>

namespace Sidewire {

namespace {

// A line of a terminal, so that the caret stays below its place.
constexpr qsizetype ShownBefore = 50;
constexpr qsizetype ShownLength = 70;

/// As Console shows it.
QString printable(const QString &text)
{
    return Escapes::fromBytes(text.toUtf8()).replace(QLatin1String("\\\\"), QLatin1String("\\"));
}

QString withCaret(const QString &text, qsizetype position)
{
    const qsizetype begin = std::clamp<qsizetype>(position - ShownBefore, 0, text.size());
    const QString before = printable(text.mid(begin, position - begin));
    const QString behind = printable(text.mid(position, begin + ShownLength - position));
    const auto columns = static_cast<qsizetype>(before.toUcs4().size());
    return QStringLiteral("  %1%2\n  %3^").arg(before, behind, QString(columns, u' '));
}

} // namespace

Result<FilterExpression> readFilterArgument(const QString &text)
{
    const FilterExpression::Parsed parsed = FilterExpression::parse(text);
    if (const auto *error = std::get_if<FilterError>(&parsed)) {
        return Error{Error::Code::Usage,
                     QStringLiteral("--filter: %1\n%2").arg(error->detail, withCaret(text, error->position))};
    }
    return std::get<FilterExpression>(parsed);
}

} // namespace Sidewire
