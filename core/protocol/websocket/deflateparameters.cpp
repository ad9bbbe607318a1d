// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "deflateparameters.h"

#include <algorithm>
#include <utility>

namespace Sidewire {

namespace {

constexpr char Name[] = "permessage-deflate";

/// The parts of `text` between separators that stand outside quoted strings, each without the white space around it.
std::vector<QByteArrayView> split(QByteArrayView text, char separator)
{
    std::vector<QByteArrayView> parts;
    bool isQuoted = false;
    qsizetype begin = 0;
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (isQuoted && text[at] == '\\') {
            ++at; // RFC 9110, 5.6.4: a quoted pair
        } else if (text[at] == '"') {
            isQuoted = !isQuoted;
        } else if (!isQuoted && text[at] == separator) {
            parts.push_back(text.sliced(begin, at - begin).trimmed());
            begin = at + 1;
        }
    }
    parts.push_back(text.sliced(begin).trimmed());
    return parts;
}

/// A token, or a token in quotes (RFC 6455, 9.1). A quoted pair is not needed for any value that may stand here.
QByteArrayView unquoted(QByteArrayView value)
{
    const bool isQuoted = value.size() >= 2 && value.startsWith('"') && value.endsWith('"');
    return isQuoted ? value.sliced(1, value.size() - 2) : value;
}

/// RFC 7692, 7.1.2: 8 to 15, without leading zeroes.
std::optional<int> toWindowBits(QByteArrayView value)
{
    const bool isOneDigit = value == "8" || value == "9";
    const bool isTwoDigits = value.size() == 2 && value[0] == '1' && value[1] >= '0' && value[1] <= '5';
    if (!isOneDigit && !isTwoDigits) {
        return {};
    }
    return isOneDigit ? value[0] - '0' : 10 + value[1] - '0';
}

Error malformed(QByteArrayView what, QByteArrayView about)
{
    return {
        Error::Code::Malformed,
        QString("permessage-deflate: %1 \"%2\"")
            .arg(QString::fromLatin1(what), QString::fromUtf8(about.first(std::min<qsizetype>(about.size(), 100))))};
}

} // namespace

QByteArray DeflateParameters::toHeader() const
{
    QByteArray header = Name;
    if (serverMaxWindowBits) {
        header += "; server_max_window_bits=" + QByteArray::number(*serverMaxWindowBits);
    }
    if (clientMaxWindowBits) {
        header += "; client_max_window_bits=" + QByteArray::number(*clientMaxWindowBits);
    } else if (isClientWindowOpen) {
        header += "; client_max_window_bits";
    }
    header += serverNoContextTakeover ? "; server_no_context_takeover" : "";
    header += clientNoContextTakeover ? "; client_no_context_takeover" : "";
    return header;
}

Result<DeflateParameters> DeflateParameters::parse(QByteArrayView element, Role role)
{
    DeflateParameters parameters;
    const std::vector<QByteArrayView> parts = split(element, ';');
    if (parts.front() != Name) {
        return malformed("is not called", parts.front());
    }
    std::vector<QByteArrayView> seen;
    for (auto part = parts.begin() + 1; part != parts.end(); ++part) {
        const qsizetype equals = part->indexOf('=');
        const bool hasValue = equals >= 0;
        const QByteArrayView name = hasValue ? part->first(equals).trimmed() : *part;
        const QByteArrayView value = hasValue ? unquoted(part->sliced(equals + 1).trimmed()) : QByteArrayView();
        if (std::find(seen.begin(), seen.end(), name) != seen.end()) {
            return malformed("repeated parameter", name);
        }
        seen.push_back(name);

        if (name == "server_no_context_takeover" || name == "client_no_context_takeover") {
            if (hasValue) {
                return malformed("no value belongs to", name);
            }
            (name.startsWith('s') ? parameters.serverNoContextTakeover : parameters.clientNoContextTakeover) = true;
        } else if (name == "client_max_window_bits" && !hasValue && role == Role::Offer) {
            parameters.isClientWindowOpen = true;
        } else if (name == "server_max_window_bits" || name == "client_max_window_bits") {
            const std::optional<int> bits = toWindowBits(value);
            if (!bits) {
                return malformed("window bits are not 8 to 15:", *part);
            }
            (name.startsWith('s') ? parameters.serverMaxWindowBits : parameters.clientMaxWindowBits) = bits;
        } else {
            return malformed("unknown parameter", name);
        }
    }
    return parameters;
}

std::optional<DeflateParameters> DeflateParameters::accept(const DeflateParameters &offer,
                                                           const DeflateParameters &wanted)
{
    constexpr int Most = 15;
    DeflateParameters response;
    response.serverNoContextTakeover = offer.serverNoContextTakeover || wanted.serverNoContextTakeover;
    response.clientNoContextTakeover = offer.clientNoContextTakeover || wanted.clientNoContextTakeover;
    if (offer.serverMaxWindowBits || wanted.serverMaxWindowBits) {
        response.serverMaxWindowBits =
            std::min(offer.serverMaxWindowBits.value_or(Most), wanted.serverMaxWindowBits.value_or(Most));
    }
    if (wanted.clientMaxWindowBits) {
        // RFC 7692, 7.1.2.2: a client that did not name the parameter must not be told a window.
        if (!offer.clientMaxWindowBits && !offer.isClientWindowOpen) {
            return *wanted.clientMaxWindowBits < Most ? std::nullopt : std::optional(response);
        }
        response.clientMaxWindowBits = std::min(offer.clientMaxWindowBits.value_or(Most), *wanted.clientMaxWindowBits);
    }
    return response;
}

QByteArray DeflateParameters::whyUnacceptable(const DeflateParameters &offer, const DeflateParameters &response)
{
    // The rest may be in a response unasked (RFC 7692, 7.1.1.1, 7.1.1.2, 7.1.2.1).
    if (offer.serverNoContextTakeover && !response.serverNoContextTakeover) {
        return "server_no_context_takeover was asked for and is not granted";
    }
    if (offer.serverMaxWindowBits && response.serverMaxWindowBits.value_or(15) > *offer.serverMaxWindowBits) {
        return "server_max_window_bits is greater than what was asked for";
    }
    if (response.clientMaxWindowBits && !offer.clientMaxWindowBits && !offer.isClientWindowOpen) {
        return "client_max_window_bits was not offered";
    }
    return {};
}

std::vector<QByteArray> extensionElements(QByteArrayView value)
{
    std::vector<QByteArray> elements;
    for (const QByteArrayView element : split(value, ',')) {
        if (!element.isEmpty()) {
            elements.push_back(element.toByteArray());
        }
    }
    return elements;
}

QByteArray extensionName(QByteArrayView element)
{
    return split(element, ';').front().toByteArray();
}

} // namespace Sidewire
