// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "dissecthandshake.h"

#include "core/protocol/fieldparts.h"
#include "core/protocol/http/httphead.h"
#include "core/protocol/websocket/handshake.h"

#include <QByteArray>

namespace Sidewire {

namespace {

constexpr qsizetype KeySize = 16; // RFC 6455, 4.1: base64 of 16 random bytes

bool isNamed(const Field &field, QLatin1String name)
{
    return field.name.compare(name, Qt::CaseInsensitive) == 0;
}

/// [begin, end) of the next element of a list, up to `separator` or the end; quoted strings are kept whole.
qsizetype elementEnd(QByteArrayView list, qsizetype begin, char separator)
{
    bool isQuoted = false;
    for (qsizetype at = begin; at < list.size(); ++at) {
        if (list[at] == '\\' && isQuoted) {
            ++at;
        } else if (list[at] == '"') {
            isQuoted = !isQuoted;
        } else if (list[at] == separator && !isQuoted) {
            return at;
        }
    }
    return list.size();
}

/// What a head may break without a line that shows it.
constexpr Violation OfTheWhole[] = {Violation::MissingAccept, Violation::WrongUpgrade, Violation::WrongRequest,
                                    Violation::WrongVersion,  Violation::InvalidKey,   Violation::RepeatedField};

class UpgradeWalk
{
public:
    UpgradeWalk(Field &head, QByteArrayView bytes, QByteArrayView request, quint32 violations)
        : m_field(head)
        , m_bytes(bytes)
        , m_head(parseHttpHead(bytes))
        , m_violations(violations)
    {
        if (!request.isEmpty()) {
            m_request = parseHttpHead(request);
        }
    }

    quint32 run() &&
    {
        for (Field &line : m_field.children) {
            lookAt(line);
        }
        for (const Violation violation : OfTheWhole) {
            if (isBroken(violation) && (m_shown & bit(violation)) == 0) {
                breakRule(m_field, violation); // A line that is not there, or there twice
            }
        }
        return m_shown;
    }

private:
    bool isBroken(Violation violation) const { return (m_violations & bit(violation)) != 0; }

    void breakRule(Field &field, Violation violation)
    {
        FieldParts::breakRule(field, violation);
        m_shown |= bit(violation);
    }

    void lookAt(Field &line)
    {
        const auto breakUnless = [&](bool isRight, Violation violation) {
            if (!isRight && isBroken(violation)) {
                breakRule(line, violation);
            }
        };
        if (isNamed(line, QLatin1String("Request line"))) {
            breakUnless(m_head.method == "GET" && m_head.version >= "HTTP/1.1", Violation::WrongRequest);
        } else if (isNamed(line, QLatin1String("Upgrade"))) {
            breakUnless(m_head.hasToken("Upgrade", "websocket"), Violation::WrongUpgrade);
        } else if (isNamed(line, QLatin1String("Connection"))) {
            breakUnless(m_head.hasToken("Connection", "upgrade"), Violation::WrongUpgrade);
        } else if (isNamed(line, QLatin1String("Sec-WebSocket-Version")) && m_head.isRequest) {
            breakUnless(line.value == QLatin1String("13"), Violation::WrongVersion);
        } else if (isNamed(line, QLatin1String("Sec-WebSocket-Key"))) {
            lookAtKey(line);
        } else if (isNamed(line, QLatin1String("Sec-WebSocket-Accept"))) {
            lookAtAccept(line);
        } else if (isNamed(line, QLatin1String("Sec-WebSocket-Protocol"))) {
            breakUnless(m_head.isRequest, Violation::SubprotocolNotOffered);
            breakUnless(m_head.isRequest, Violation::SeveralSubprotocols);
            remarkOffer(line);
        } else if (isNamed(line, QLatin1String("Sec-WebSocket-Extensions"))) {
            breakUnless(m_head.isRequest, Violation::ExtensionNotOffered);
            breakUnless(m_head.isRequest, Violation::ExtensionNotAsOffered);
            breakUnless(false, Violation::InvalidExtension);
            remarkOffer(line);
            addExtensions(line);
        }
    }

    void lookAtKey(Field &line)
    {
        const auto key = QByteArray::fromBase64Encoding(line.value.toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
        const bool isRight =
            key.decodingStatus == QByteArray::Base64DecodingStatus::Ok && key.decoded.size() == KeySize;
        FieldParts::remark(line,
                           isRight ? QStringLiteral("base64 of 16 bytes, as it must be")
                                   : QStringLiteral("is to be base64 of 16 bytes"));
        if (!isRight && isBroken(Violation::InvalidKey)) {
            breakRule(line, Violation::InvalidKey);
        }
    }

    void lookAtAccept(Field &line)
    {
        if (!m_request) {
            FieldParts::remark(line, QStringLiteral("cannot be checked: the request is not known"));
        } else {
            const QByteArray expected = webSocketAccept(m_request->value("Sec-WebSocket-Key"));
            const QString words = m_head.value("Sec-WebSocket-Accept") == expected
                ? QStringLiteral("answers the key of the request")
                : QStringLiteral("expected %1").arg(QString::fromLatin1(expected));
            FieldParts::remark(line, words);
        }
        if (isBroken(Violation::WrongAccept)) {
            breakRule(line, Violation::WrongAccept);
        }
    }

    /// What was offered, on the line that chooses from it.
    void remarkOffer(Field &line)
    {
        if (m_head.isRequest || !m_request) {
            return;
        }
        const QByteArray offered = m_request->value(line.name.toLatin1());
        FieldParts::remark(line,
                           offered.isNull()
                               ? QStringLiteral("nothing was offered")
                               : QStringLiteral("offered: ") + FieldParts::text(offered, FieldParts::MaxValueBytes));
    }

    /// RFC 6455, 9.1: extensions by commas, their parameters by semicolons.
    void addExtensions(Field &line)
    {
        constexpr std::size_t MaxParts = 100;
        const qint64 offset = m_field.bits.begin / 8;
        const QByteArrayView whole =
            m_bytes.sliced(line.bits.firstByte() - offset, line.bits.endByte() - line.bits.firstByte());
        const qsizetype end = whole.size();
        std::size_t parts = 0;
        for (qsizetype at = whole.indexOf(':') + 1; at < end && parts < MaxParts;) {
            const qsizetype stop = elementEnd(whole, at, ',');
            const QByteArrayView element = whole.first(stop);
            qsizetype partEnd = elementEnd(element, at, ';');
            Field extension = partOf(element.first(partEnd), at, line.bits.firstByte());
            while (partEnd < stop && ++parts < MaxParts) {
                const qsizetype from = partEnd + 1;
                partEnd = elementEnd(element, from, ';');
                const Field parameter = partOf(element.first(partEnd), from, line.bits.firstByte());
                if (!parameter.name.isEmpty()) {
                    extension.children.push_back(parameter);
                }
            }
            if (!extension.children.empty()) {
                extension.bits.end = extension.children.back().bits.end;
            }
            if (!extension.name.isEmpty()) {
                line.children.push_back(extension);
            }
            at = stop + 1;
            ++parts;
        }
    }

    /// "name=value" between `from` and the end of `text`, which begins at `offset` of the stream.
    static Field partOf(QByteArrayView text, qsizetype from, qint64 offset)
    {
        qsizetype end = text.size();
        const auto isBlank = [&text](qsizetype at) {
            return text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n';
        };
        while (from < end && isBlank(from)) {
            ++from;
        }
        while (end > from && isBlank(end - 1)) {
            --end;
        }
        const QByteArrayView part = text.sliced(from, end - from);
        const qsizetype equals = part.indexOf('=');
        const QByteArrayView name = equals < 0 ? part : equals == 0 ? "(no name)" : part.first(equals);
        const QByteArrayView value = equals < 0 ? QByteArrayView() : part.sliced(equals + 1);
        return {FieldParts::text(name.trimmed(), FieldParts::MaxTextBytes),
                FieldParts::text(value.trimmed(), FieldParts::MaxTextBytes),
                {},
                false,
                BitSpan::ofBytes(offset + from, offset + end),
                {}};
    }

    Field &m_field;
    QByteArrayView m_bytes;
    HttpHead m_head;
    std::optional<HttpHead> m_request;
    quint32 m_violations;
    quint32 m_shown = 0;
};

} // namespace

quint32 dissectUpgrade(Field &head, QByteArrayView bytes, QByteArrayView request, quint32 violations)
{
    return UpgradeWalk(head, bytes, request, violations).run();
}

} // namespace Sidewire
