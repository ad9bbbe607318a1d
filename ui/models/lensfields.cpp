// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "lensfields.h"

#include "core/payload/escapes.h"
#include "core/payload/hex.h"

namespace Sidewire {

namespace {

/// "12" or "0xc", as offsets stand in the byte view.
QString decimal(const QString &text)
{
    bool isNumber = false;
    const qint64 number = text.trimmed().toLongLong(&isNumber, 0);
    return isNumber ? QString::number(number) : text.trimmed();
}

} // namespace

Result<QString> LensFields::hexOf(const QString &text) const
{
    const Result<QByteArray> bytes = notation == Notation::Hex ? Hex::toBytes(text) : Escapes::toBytes(text);
    if (!bytes) {
        return bytes.error();
    }
    return QString::fromLatin1(bytes->toHex());
}

Result<QString> LensFields::parameters() const
{
    if (lens == QLatin1String("delimiter")) {
        return hexOf(delimiter);
    }
    if (lens == QLatin1String("between")) {
        const Result<QString> first = hexOf(begin);
        const Result<QString> last = hexOf(end);
        const Result<QString> escaping = hexOf(escape);
        for (const Result<QString> *part : {&first, &last, &escaping}) {
            if (!*part) {
                return part->error();
            }
        }
        return *first + u',' + *last + (escaping->isEmpty() ? QString() : u',' + *escaping);
    }
    if (lens == QLatin1String("fixed")) {
        return decimal(size);
    }
    if (lens == QLatin1String("idle")) {
        return decimal(silence);
    }
    if (lens != QLatin1String("length")) {
        return QString();
    }
    QString text = type;
    const auto add = [&text](const char *name, const QString &value) {
        if (!value.trimmed().isEmpty()) {
            text += u',' + QLatin1String(name) + u'=' + decimal(value);
        }
    };
    add("offset", fieldOffset);
    add("adjust", adjust);
    add("trailer", trailer);
    return text;
}

Result<LensSpec> LensFields::spec() const
{
    const Result<QString> given = parameters();
    if (!given) {
        return given.error();
    }
    QString text = given->isEmpty() && !LensSpec::takesParameters(lens) ? lens : lens + u':' + *given;
    if (!start.trimmed().isEmpty()) {
        text += u'@' + decimal(start);
    }
    return LensSpec::parse(text);
}

void LensFields::setSpec(const LensSpec &spec)
{
    lens = spec.name;
    start = spec.offset > 0 ? QString::number(spec.offset) : QString();
    const QStringList parts = spec.parameters.split(u',');
    if (lens == QLatin1String("delimiter")) {
        notation = Notation::Hex;
        delimiter = spec.parameters;
    } else if (lens == QLatin1String("between")) {
        notation = Notation::Hex;
        begin = parts.value(0);
        end = parts.value(1);
        escape = parts.value(2);
    } else if (lens == QLatin1String("fixed")) {
        size = spec.parameters;
    } else if (lens == QLatin1String("idle")) {
        silence = spec.parameters;
    } else if (lens == QLatin1String("length")) {
        type = parts.first().trimmed();
        fieldOffset.clear();
        adjust.clear();
        trailer.clear();
        for (const QString &part : parts.mid(1)) {
            const QString name = part.section(u'=', 0, 0).trimmed();
            QString &value = name == QLatin1String("offset") ? fieldOffset
                : name == QLatin1String("adjust")            ? adjust
                                                             : trailer;
            value = part.section(u'=', 1).trimmed();
        }
    }
}

QStringList LensFields::lengthTypes()
{
    return {QStringLiteral("u8"),    QStringLiteral("u16be"), QStringLiteral("u16le"), QStringLiteral("u24be"),
            QStringLiteral("u24le"), QStringLiteral("u32be"), QStringLiteral("u32le"), QStringLiteral("u64be"),
            QStringLiteral("u64le"), QStringLiteral("varint")};
}

QString LensFields::describe(const QString &lens)
{
    struct Description
    {
        const char *lens;
        QString text;
    };
    const Description descriptions[] = {
        {"auto", tr("Guesses once from the first bytes; the reason is shown")},
        {"reads", tr("Each read and each write, as it crossed the socket")},
        {"lines", tr("Text up to each LF or CRLF")},
        {"delimiter", tr("Up to bytes that stand at the end of each message")},
        {"between", tr("From bytes that begin a message to bytes that end it")},
        {"fixed", tr("Messages of one size")},
        {"length", tr("Messages that carry their length in front")},
        {"idle", tr("What comes without a pause; silence ends a message")},
        {"slip", tr("SLIP frames between 0xC0 bytes (RFC 1055)")},
        {"json", tr("JSON texts, with or without line ends between them")},
        {"datagrams", tr("Each datagram")},
        {"http", tr("HTTP/1.1 requests and responses, and what they are upgraded to")},
        {"sse", tr("HTTP with each server-sent event as a message")},
        {"websocket", tr("The HTTP upgrade, then WebSocket messages")},
    };
    for (const Description &each : descriptions) {
        if (lens == QLatin1String(each.lens)) {
            return each.text;
        }
    }
    return {};
}

std::vector<LensFields::Example> LensFields::examples()
{
    return {
        {tr("Modbus TCP"), QStringLiteral("length:u16be,offset=4,adjust=6")},
        {tr("DNS over TCP"), QStringLiteral("length:u16be")},
        {tr("Kafka, and most 32-bit lengths"), QStringLiteral("length:u32be")},
        {tr("PostgreSQL after its start"), QStringLiteral("length:u32be,offset=1,adjust=1")},
        {tr("MySQL"), QStringLiteral("length:u24le,adjust=4")},
        {tr("MongoDB"), QStringLiteral("length:u32le,adjust=0")},
        {tr("Protocol Buffers with a varint"), QStringLiteral("length:varint")},
        {tr("Texts that NUL ends"), QStringLiteral("delimiter:00")},
        {tr("STX … ETX, DLE escapes"), QStringLiteral("between:02,03,10")},
    };
}

} // namespace Sidewire
