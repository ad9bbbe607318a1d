// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "requesthead.h"

namespace Sidewire {

namespace {

/// RFC 6455, 4.1 makes these; the others belong to a body, which an upgrade has not.
bool isMadeByTheUpgrade(const QString &name)
{
    static const QStringList names{
        QStringLiteral("connection"),        QStringLiteral("upgrade"),
        QStringLiteral("sec-websocket-key"), QStringLiteral("sec-websocket-version"),
        QStringLiteral("content-length"),    QStringLiteral("sec-websocket-extensions"),
        QStringLiteral("transfer-encoding"), QStringLiteral("content-type"),
    };
    return names.contains(name);
}

} // namespace

Result<void> RequestHead::add(const QString &line)
{
    const qsizetype colon = line.indexOf(u':');
    const QString name = line.left(colon).trimmed().toLower();
    const QString value = colon < 0 ? QString() : line.mid(colon + 1).trimmed();
    if (isMadeByTheUpgrade(name)) {
        m_leftOut << line.left(colon).trimmed();
        return {};
    }
    if (name == u"origin" && m_draft.spec().options.origin.isEmpty()) {
        return m_draft.set("origin", value);
    }
    if (name == u"sec-websocket-protocol") {
        return addSubprotocols(value);
    }
    if (name == u"cookie") {
        return addCookies(value);
    }
    if (name == u"authorization" && m_draft.spec().options.auth.isEmpty()) {
        return addAuthorization(line, value);
    }
    if (!m_draft.spec().options.set(QStringLiteral("header"), line)) {
        return m_draft.error(QStringLiteral("\"%1\" cannot be a header, or its value holds a control character")
                                 .arg(line.left(colon).simplified()));
    }
    return {};
}

Result<void> RequestHead::addCookies(const QString &text)
{
    SessionOptions &options = m_draft.spec().options;
    const SessionOptions before = options;
    for (const QString &part : text.split(u';')) {
        if (const QString cookie = part.trimmed(); !cookie.isEmpty()) {
            if (!options.set(QStringLiteral("cookie"), cookie)) {
                // Browsers send what no standard allows: the line as it is, then.
                options = before;
                return m_draft.set("header", QStringLiteral("Cookie: ") + text);
            }
        }
    }
    return {};
}

Result<void> RequestHead::addSubprotocols(const QString &text)
{
    return m_draft.set("subprotocol", (m_draft.spec().options.subprotocols + QStringList(text)).join(u','));
}

Result<void> RequestHead::addAuthorization(const QString &line, const QString &value)
{
    const QString scheme = value.section(u' ', 0, 0).toLower();
    const QString credentials = value.section(u' ', 1).trimmed();
    if (scheme == u"bearer") {
        return m_draft.set("auth", QStringLiteral("bearer ") + credentials);
    }
    if (scheme == u"basic") {
        const auto decoded =
            QByteArray::fromBase64Encoding(credentials.toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
        const QString user = QString::fromUtf8(*decoded);
        // Only what is written the same again.
        if (decoded && user.toUtf8() == *decoded && m_draft.spec().options.set(QStringLiteral("auth"), user)) {
            return {};
        }
    }
    return m_draft.set("header", line);
}

void RequestHead::finish()
{
    if (!m_leftOut.isEmpty()) {
        m_draft.note(QStringLiteral("made by the upgrade itself: %1").arg(m_leftOut.join(QStringLiteral(", "))));
    }
}

} // namespace Sidewire
