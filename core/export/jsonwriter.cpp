// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "jsonwriter.h"

#include "core/base/utf8.h"
#include "core/payload/codepoints.h"

#include <utility>

namespace Sidewire {

namespace {

void appendEscape(QByteArray &out, char32_t codePoint)
{
    switch (codePoint) {
    case '"':
        out += "\\\"";
        return;
    case '\\':
        out += "\\\\";
        return;
    case '\n':
        out += "\\n";
        return;
    case '\r':
        out += "\\r";
        return;
    case '\t':
        out += "\\t";
        return;
    default: // All that isUnsafe() names lie in the basic plane
        out += "\\u" + QByteArray::number(static_cast<uint>(codePoint), 16).rightJustified(4, '0');
    }
}

bool isPlain(char byte)
{
    return byte >= 0x20 && byte < 0x7f && byte != '"'
        && byte != '\\'; // char is signed or not: beyond ASCII is not plain
}

} // namespace

JsonWriter &JsonWriter::key(const char *name)
{
    separate();
    m_out += '"';
    m_out += name;
    m_out += "\":";
    m_needsComma = false;
    return *this;
}

JsonWriter &JsonWriter::text(QByteArrayView utf8)
{
    separate();
    m_out += '"';
    for (qsizetype at = 0; at < utf8.size();) {
        qsizetype end = at;
        while (end < utf8.size() && isPlain(utf8[end])) {
            ++end;
        }
        m_out += utf8.sliced(at, end - at);
        at = end;
        if (at < utf8.size()) {
            const Utf8Character character = firstUtf8Character(utf8.sliced(at));
            if (isUnsafe(character.codePoint) || character.codePoint == '"' || character.codePoint == '\\') {
                appendEscape(m_out, character.codePoint);
            } else {
                m_out += utf8.sliced(at, character.size);
            }
            at += character.size;
        }
    }
    m_out += '"';
    m_needsComma = true;
    return *this;
}

JsonWriter &JsonWriter::raw(QByteArrayView json)
{
    separate();
    m_out += json;
    m_needsComma = true;
    return *this;
}

QByteArray JsonWriter::take()
{
    return std::exchange(m_out, {});
}

JsonWriter &JsonWriter::open(char bracket)
{
    separate();
    m_out += bracket;
    m_needsComma = false;
    return *this;
}

JsonWriter &JsonWriter::close(char bracket)
{
    m_out += bracket;
    m_needsComma = true;
    return *this;
}

void JsonWriter::separate()
{
    if (m_needsComma) {
        m_out += ',';
    }
}

} // namespace Sidewire
