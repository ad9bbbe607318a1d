// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "filtertext.h"

#include <QRegularExpression>

namespace Sidewire::FilterText {

namespace {

/// In brackets where "or" might come apart; within quotes they do no harm.
QString enclosed(const QString &filter)
{
    static const QRegularExpression orWord(QStringLiteral("\\bor\\b"), QRegularExpression::CaseInsensitiveOption);
    return filter.contains(orWord) ? QStringLiteral("(%1)").arg(filter) : filter;
}

} // namespace

QString kind(const Message &message)
{
    const std::string_view name = toString(message.kind);
    return QStringLiteral("kind:") + QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

QString direction(const Message &message)
{
    return message.direction == Direction::In ? QStringLiteral("in") : QStringLiteral("out");
}

QString connection(const Message &message)
{
    return QStringLiteral("conn:%1").arg(toNumber(message.connection));
}

QString like(const Message &message, Connections connections)
{
    const QString text = direction(message) + u' ' + kind(message);
    return connections == Connections::Several ? text + u' ' + connection(message) : text;
}

QString both(const QString &filter, const QString &more)
{
    const QString one = filter.trimmed();
    return one.isEmpty() || one == more ? more : more.isEmpty() ? one : enclosed(one) + u' ' + enclosed(more);
}

QString without(const QString &filter, const QString &other)
{
    return both(filter, QStringLiteral("not (%1)").arg(other));
}

} // namespace Sidewire::FilterText
