// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "jsonwalker.h"

#include "core/base/utf8.h"

namespace Sidewire::Json {

using Kind = Visitor::Kind;

namespace {

constexpr std::size_t MaxNesting = 512;

bool isDigit(char byte)
{
    return byte >= '0' && byte <= '9';
}

char closingOf(Kind container)
{
    return container == Kind::Object ? '}' : ']';
}

} // namespace

Result<void> Walker::run()
{
    bool isComplete = readValue();
    while (!m_error && !(isComplete && m_open.empty())) {
        isComplete = isComplete ? afterValue() : readValue();
        if (!m_visitor.wantsMore()) {
            return {};
        }
    }
    skipSpace();
    if (!m_error && m_at < m_text.size()) {
        fail("the end of the text");
    }
    return m_error ? Result<void>(*m_error) : Result<void>();
}

bool Walker::readValue()
{
    skipSpace();
    switch (peek()) {
    case '{':
        return open(Kind::Object);
    case '[':
        return open(Kind::Array);
    case '"': {
        const qsizetype begin = m_at;
        return readString() && tell(Kind::String, begin);
    }
    case 't':
        return readLiteral("true");
    case 'f':
        return readLiteral("false");
    case 'n':
        return readLiteral("null");
    default:
        return readNumber();
    }
}

bool Walker::tell(Kind kind, qsizetype begin)
{
    m_visitor.value(kind, begin, m_at);
    return true;
}

bool Walker::open(Kind container)
{
    if (m_open.size() == MaxNesting) {
        m_error = Error{Error::Code::TooLarge,
                        QStringLiteral("Nesting of more than %1 levels at byte %2").arg(MaxNesting).arg(m_at)};
        return false;
    }
    m_visitor.open(container, m_at++);
    m_open.push_back(container);
    skipSpace();
    if (peek() == closingOf(container)) {
        close();
        return true;
    }
    if (container == Kind::Object) {
        readKey();
    }
    return false;
}

bool Walker::afterValue()
{
    skipSpace();
    const Kind container = m_open.back();
    if (peek() == closingOf(container)) {
        close();
        return true;
    }
    if (peek() != ',') {
        return fail(container == Kind::Object ? "',' or '}'" : "',' or ']'");
    }
    m_visitor.separator(m_at++);
    if (container == Kind::Object) {
        readKey();
    }
    return false;
}

void Walker::close()
{
    m_visitor.close(m_open.back(), m_at++);
    m_open.pop_back();
}

bool Walker::readKey()
{
    skipSpace();
    if (peek() != '"') {
        return fail("a key in quotation marks");
    }
    const qsizetype begin = m_at;
    if (!readString()) {
        return false;
    }
    m_visitor.key(begin, m_at);
    skipSpace();
    if (peek() != ':') {
        return fail("':'");
    }
    ++m_at;
    return true;
}

bool Walker::readString()
{
    ++m_at;
    while (peek() != '"') {
        if (m_at == m_text.size()) {
            return fail("a quotation mark that ends the string");
        }
        const Utf8Character character = firstUtf8Character(m_text.sliced(m_at));
        if (!character.isValid) {
            return fail("UTF-8");
        }
        if (character.codePoint < 0x20) {
            return fail("an escape, because a string holds no control characters");
        }
        m_at += character.size;
        if (character.codePoint == '\\' && !readEscape()) {
            return false;
        }
    }
    ++m_at;
    return true;
}

bool Walker::readEscape()
{
    const char escape = peek();
    if (escape != 'u') {
        if (escape == '\0' || !QByteArrayView("\"\\/bfnrt").contains(escape)) {
            return fail("one of \" \\ / b f n r t u");
        }
        ++m_at;
        return true;
    }
    ++m_at;
    for (int i = 0; i < 4; ++i) {
        const char digit = peek();
        if (!isDigit(digit) && !((digit | 0x20) >= 'a' && (digit | 0x20) <= 'f')) {
            return fail("four hex digits");
        }
        ++m_at;
    }
    return true;
}

bool Walker::readNumber()
{
    const qsizetype begin = m_at;
    if (peek() == '-') {
        ++m_at;
    } else if (!isDigit(peek())) {
        return fail("a value");
    }
    if (peek() == '0') {
        ++m_at; // no digit may follow a leading zero; afterValue() sees it
    } else if (!readDigits()) {
        return false;
    }
    if (peek() == '.') {
        ++m_at;
        if (!readDigits()) {
            return false;
        }
    }
    if (peek() == 'e' || peek() == 'E') {
        ++m_at;
        if (peek() == '+' || peek() == '-') {
            ++m_at;
        }
        if (!readDigits()) {
            return false;
        }
    }
    return tell(Kind::Number, begin);
}

bool Walker::readDigits()
{
    if (!isDigit(peek())) {
        return fail("a digit");
    }
    while (isDigit(peek())) {
        ++m_at;
    }
    return true;
}

bool Walker::readLiteral(QByteArrayView literal)
{
    if (!m_text.sliced(m_at).startsWith(literal)) {
        return fail("true, false or null");
    }
    const qsizetype begin = m_at;
    m_at += literal.size();
    return tell(Kind::Literal, begin);
}

void Walker::skipSpace()
{
    while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
        ++m_at;
    }
}

bool Walker::fail(const char *expected)
{
    m_error =
        Error{Error::Code::Malformed, QStringLiteral("Expected %1 at byte %2").arg(QLatin1String(expected)).arg(m_at)};
    return false;
}

} // namespace Sidewire::Json
