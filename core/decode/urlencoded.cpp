// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "urlencoded.h"

#include <algorithm>

namespace Sidewire::UrlEncoded {

namespace {

constexpr std::size_t MaxFields = 10'000;

int digitOf(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

enum class Plus { Plus, Space };

/// Of a part of a text that begins at `offset` of it.
Result<QByteArray> decodePart(QByteArrayView text, Plus plus, qsizetype offset)
{
    QByteArray bytes;
    bytes.reserve(text.size());
    for (qsizetype at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '%') {
            const int high = at + 1 < text.size() ? digitOf(text[at + 1]) : -1;
            const int low = at + 2 < text.size() ? digitOf(text[at + 2]) : -1;
            if (high < 0 || low < 0) {
                return Error{Error::Code::Malformed,
                             QStringLiteral("No two hex digits after the percent sign at byte %1").arg(offset + at)};
            }
            bytes += static_cast<char>(high << 4 | low);
            at += 2;
        } else if (c <= ' ' || c > '~') { // char may be signed: bytes beyond ASCII are on either side
            return Error{Error::Code::Malformed,
                         QStringLiteral("A byte that URLs do not hold at byte %1").arg(offset + at)};
        } else {
            bytes += c == '+' && plus == Plus::Space ? ' ' : c;
        }
    }
    return bytes;
}

} // namespace

Result<QByteArray> decode(QByteArrayView text)
{
    return decodePart(text, Plus::Plus, 0);
}

Result<std::vector<FormField>> formFields(QByteArrayView text)
{
    std::vector<FormField> fields;
    qsizetype begin = 0;
    while (begin < text.size()) {
        qsizetype end = text.indexOf('&', begin);
        end = end < 0 ? text.size() : end;
        const QByteArrayView part = text.sliced(begin, end - begin);
        const qsizetype equals = part.indexOf('=');
        const QByteArrayView name = equals < 0 ? part : part.first(equals);
        const Result<QByteArray> decodedName = decodePart(name, Plus::Space, begin);
        if (!decodedName) {
            return decodedName.error();
        }
        FormField field{*decodedName, {}, equals >= 0};
        if (equals >= 0) {
            const Result<QByteArray> value = decodePart(part.sliced(equals + 1), Plus::Space, begin + equals + 1);
            if (!value) {
                return value.error();
            }
            field.value = *value;
        }
        if (fields.size() == MaxFields) {
            return Error{Error::Code::TooLarge, QStringLiteral("More than %1 fields").arg(MaxFields)};
        }
        fields.push_back(std::move(field));
        begin = end + 1;
    }
    return fields;
}

} // namespace Sidewire::UrlEncoded
