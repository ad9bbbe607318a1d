// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "json.h"

#include "core/base/utf8.h"

#include <vector>

namespace Sidewire::Json {

namespace {

constexpr std::size_t MaxNesting = 512;
/// Deep nesting multiplies the indentation: without a limit a few megabytes could ask for gigabytes.
constexpr qsizetype MaxOutput = 256 * 1024 * 1024;

bool isDigit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/// Walks over JSON text once (RFC 8259) and copies its tokens, byte by byte, with new white space between them. Without
/// an output it only checks. Open containers are kept on a stack of our own: nesting cannot exhaust the real one.
class Formatter
{
public:
    Formatter(QByteArrayView text, QByteArray *output, int indent)
        : m_text(text)
        , m_output(output)
        , m_indent(indent)
    {}

    Result<void> run();

private:
    bool readValue(); ///< True if a value is complete, false if a container was opened or an error found
    bool afterValue();
    bool readKey();
    bool open(char closing);
    void close();
    bool readString();
    bool readEscape();
    bool readNumber();
    bool readDigits();
    bool readLiteral(QByteArrayView literal);

    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    void skipSpace();
    void write(QByteArrayView bytes);
    void copyFrom(qsizetype begin) { write(m_text.sliced(begin, m_at - begin)); }
    void newLine();
    bool fail(const char *expected);

    QByteArrayView m_text;
    QByteArray *m_output;
    int m_indent;
    qsizetype m_at = 0;
    std::vector<char> m_open; ///< The bracket that closes each open container
    std::optional<Error> m_error;
};

Result<void> Formatter::run()
{
    bool isComplete = readValue();
    while (!m_error && !(isComplete && m_open.empty())) {
        isComplete = isComplete ? afterValue() : readValue();
        if (m_output && m_output->size() > MaxOutput) {
            return Error{Error::Code::TooLarge, QStringLiteral("The indented text would be larger than 256 MiB")};
        }
    }
    skipSpace();
    if (!m_error && m_at < m_text.size()) {
        fail("the end of the text");
    }
    return m_error ? Result<void>(*m_error) : Result<void>();
}

bool Formatter::readValue()
{
    skipSpace();
    switch (peek()) {
    case '{':
        return open('}');
    case '[':
        return open(']');
    case '"':
        return readString();
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

bool Formatter::open(char closing)
{
    if (m_open.size() == MaxNesting) {
        m_error = Error{Error::Code::TooLarge,
                        QStringLiteral("Nesting of more than %1 levels at byte %2").arg(MaxNesting).arg(m_at)};
        return false;
    }
    write(m_text.sliced(m_at++, 1));
    m_open.push_back(closing);
    skipSpace();
    if (peek() == closing) { // {} and [] stay on their line
        ++m_at;
        m_open.pop_back();
        write(QByteArrayView(&closing, 1));
        return true;
    }
    newLine();
    if (closing == '}') {
        readKey();
    }
    return false;
}

bool Formatter::afterValue()
{
    skipSpace();
    const char closing = m_open.back();
    if (peek() == closing) {
        close();
        return true;
    }
    if (peek() != ',') {
        return fail(closing == '}' ? "',' or '}'" : "',' or ']'");
    }
    ++m_at;
    write(",");
    newLine();
    if (closing == '}') {
        readKey();
    }
    return false;
}

void Formatter::close()
{
    const char closing = m_open.back();
    ++m_at;
    m_open.pop_back();
    newLine();
    write(QByteArrayView(&closing, 1));
}

bool Formatter::readKey()
{
    skipSpace();
    if (peek() != '"') {
        return fail("a key in quotation marks");
    }
    if (!readString()) {
        return false;
    }
    skipSpace();
    if (peek() != ':') {
        return fail("':'");
    }
    ++m_at;
    write(": ");
    return true;
}

bool Formatter::readString()
{
    const qsizetype begin = m_at++;
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
    copyFrom(begin);
    return true;
}

bool Formatter::readEscape()
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

bool Formatter::readNumber()
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
    copyFrom(begin);
    return true;
}

bool Formatter::readDigits()
{
    if (!isDigit(peek())) {
        return fail("a digit");
    }
    while (isDigit(peek())) {
        ++m_at;
    }
    return true;
}

bool Formatter::readLiteral(QByteArrayView literal)
{
    if (!m_text.sliced(m_at).startsWith(literal)) {
        return fail("true, false or null");
    }
    m_at += literal.size();
    write(literal);
    return true;
}

void Formatter::skipSpace()
{
    while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
        ++m_at;
    }
}

void Formatter::write(QByteArrayView bytes)
{
    if (m_output) {
        m_output->append(bytes.data(), bytes.size());
    }
}

void Formatter::newLine()
{
    if (m_output) {
        m_output->append('\n');
        m_output->append(m_indent * static_cast<qsizetype>(m_open.size()), ' ');
    }
}

bool Formatter::fail(const char *expected)
{
    m_error =
        Error{Error::Code::Malformed, QStringLiteral("Expected %1 at byte %2").arg(QLatin1String(expected)).arg(m_at)};
    return false;
}

} // namespace

Result<QByteArray> reindent(QByteArrayView text, int indent)
{
    QByteArray output;
    output.reserve(text.size());
    const Result<void> result = Formatter(text, &output, indent).run();
    return result ? Result<QByteArray>(output) : Result<QByteArray>(result.error());
}

bool isValid(QByteArrayView text)
{
    return Formatter(text, nullptr, 0).run().has_value();
}

} // namespace Sidewire::Json
