// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "closecode.h"

#include <QtEndian>

namespace Sidewire {

std::string_view closeCodeName(quint16 code)
{
    switch (code) {
    case 1000:
        return "Normal Closure";
    case 1001:
        return "Going Away";
    case 1002:
        return "Protocol error";
    case 1003:
        return "Unsupported Data";
    case 1004:
        return "Reserved";
    case 1005:
        return "No Status Rcvd";
    case 1006:
        return "Abnormal Closure";
    case 1007:
        return "Invalid frame payload data";
    case 1008:
        return "Policy Violation";
    case 1009:
        return "Message Too Big";
    case 1010:
        return "Mandatory Ext.";
    case 1011:
        return "Internal Error";
    case 1012:
        return "Service Restart";
    case 1013:
        return "Try Again Later";
    case 1014:
        return "Bad Gateway";
    case 1015:
        return "TLS handshake";
    case 3000:
        return "Unauthorized";
    case 3003:
        return "Forbidden";
    case 3008:
        return "Timeout";
    default:
        return code >= 4000 && code <= 4999 ? "application code" : "unassigned";
    }
}

bool isSendableCloseCode(quint16 code)
{
    // RFC 6455, 7.4.1 (1004 to 1006 and 1015 are never sent) and 7.4.2; 1012 to 1014 were registered later.
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

std::optional<quint16> closeCodeOf(QByteArrayView payload)
{
    if (payload.size() < 2) {
        return {};
    }
    return qFromBigEndian<quint16>(payload.data());
}

} // namespace Sidewire
