// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "csvline.h"

#include "core/export/messagetext.h"
#include "core/export/timestamp.h"

#include <algorithm>

namespace Sidewire {

namespace {

/// Any but tab and line ends; \xc2 followed by \x80 to \x9f is a C1 control in UTF-8.
bool hasControlCharacter(const QByteArray &text)
{
    uchar previous = 0;
    return std::any_of(text.begin(), text.end(), [&previous](char c) {
        const auto byte = static_cast<uchar>(c);
        const bool isC0 = (byte < 0x20 && c != '\t' && c != '\r' && c != '\n') || byte == 0x7f;
        const bool isC1 = previous == 0xc2 && byte >= 0x80 && byte <= 0x9f;
        previous = byte;
        return isC0 || isC1;
    });
}

} // namespace

QByteArray csvHeader()
{
    return "n,time,connection,direction,kind,length,begin,end,encoding,data\r\n";
}

QByteArray messageAsCsvLine(const SessionLog &log, const Message &message, qint64 number,
                            const std::shared_ptr<const MessageTable> &table)
{
    QByteArray data = messageContent(log, message, table);
    // Many readers of CSV stop at a NUL, and terminals obey an ESC.
    const bool isText = isTextContent(data) && !hasControlCharacter(data);
    if (isText) {
        data.replace("\"", "\"\"");
    } else {
        data = data.toBase64();
    }
    return QByteArray::number(number) + ',' + isoTime(message.time) + ','
        + QByteArray::number(toNumber(message.connection)) + ',' + directionName(message.direction) + ','
        + kindName(message.kind) + ',' + QByteArray::number(message.contentLength) + ','
        + QByteArray::number(message.begin) + ',' + QByteArray::number(message.end) + ',' + (isText ? "text" : "base64")
        + ",\"" + data + "\"\r\n";
}

} // namespace Sidewire
