// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "csvline.h"

#include "core/export/messagetext.h"
#include "core/export/timestamp.h"

namespace Sidewire {

QByteArray csvHeader()
{
    return "n,time,connection,direction,kind,length,begin,end,encoding,data\r\n";
}

QByteArray messageAsCsvLine(const SessionLog &log, const Message &message, qint64 number)
{
    QByteArray data = messageContent(log, message);
    // Many readers of CSV stop at a NUL.
    const bool isText = isTextContent(data) && !data.contains('\0');
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
