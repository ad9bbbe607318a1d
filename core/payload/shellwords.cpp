// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "shellwords.h"

#include "core/payload/cmdwords.h"
#include "core/payload/linebuilder.h"

#include <QRegularExpression>

#include <algorithm>

namespace Sidewire::ShellWords {

namespace {

constexpr char16_t Backslash = u'\\';

Error malformed(const QString &detail)
{
    return {Error::Code::Malformed, detail};
}

bool isOctal(QChar c)
{
    return c >= u'0' && c <= u'7';
}

bool isHex(QChar c)
{
    return c.unicode() < 0x80 && isxdigit(c.unicode());
}

/// What a POSIX shell would do with the text, one character after the other.
class PosixReader
{
public:
    explicit PosixReader(QStringView text)
        : m_text(text)
    {}

    Result<Line> read()
    {
        while (m_at < m_text.size()) {
            if (const Result<void> step = readNext(); !step) {
                return step.error();
            }
        }
        return m_line.take();
    }

private:
    QChar peek(qsizetype ahead = 0) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : QChar(); }

    Result<void> readNext()
    {
        const QChar c = peek();
        switch (c.unicode()) {
        case ' ':
        case '\t':
        case '\r':
            m_line.endWord();
            ++m_at;
            return {};
        case '\n':
        case ';':
        case '|':
            m_line.endCommand();
            ++m_at;
            return {};
        case '&':
            ++m_at;
            if (peek() != u'>') { // "&>file"
                m_line.endCommand();
            }
            return {};
        case '<':
        case '>':
            return readRedirection();
        case '#':
            if (!m_line.isInWord()) {
                skipLine();
                return {};
            }
            break;
        case '\'':
            return readSingleQuoted();
        case '"':
            ++m_at;
            return readDoubleQuoted();
        case Backslash:
            readBackslash();
            return {};
        case '$':
            return readDollar();
        case '`':
            return malformed(QStringLiteral("`...` would have to be run by a shell; put its result there"));
        case '(':
        case ')':
            return malformed(QStringLiteral("\"%1\" outside of quotes means something to a shell only").arg(c));
        default:
            break;
        }
        m_line.append(c);
        ++m_at;
        return {};
    }

    void skipLine()
    {
        while (m_at < m_text.size() && peek() != u'\n') {
            ++m_at;
        }
    }

    Result<void> readRedirection()
    {
        const qsizetype begin = m_at;
        while (peek() == u'<' || peek() == u'>' || (m_at > begin && (peek() == u'&' || peek() == u'|'))) {
            ++m_at;
        }
        m_line.beginRedirection(m_text.mid(begin, m_at - begin));
        return {};
    }

    Result<void> readSingleQuoted()
    {
        const qsizetype close = m_text.indexOf(u'\'', m_at + 1);
        if (close < 0) {
            return malformed(QStringLiteral("a ' is not closed"));
        }
        m_line.append(m_text.mid(m_at + 1, close - m_at - 1));
        m_at = close + 1;
        return {};
    }

    /// From behind the opening quote.
    Result<void> readDoubleQuoted()
    {
        m_line.append(QStringView());
        for (; m_at < m_text.size(); ++m_at) {
            const QChar c = peek();
            if (c == u'"') {
                ++m_at;
                return {};
            }
            if (c == Backslash) {
                const QChar next = peek(1);
                if (next == u'\n') {
                    ++m_at;
                    continue;
                }
                if (QStringView(u"$`\"\\").contains(next) && !next.isNull()) {
                    ++m_at;
                }
                m_line.append(peek());
                continue;
            }
            if (c == u'`' || (c == u'$' && isExpansion(peek(1)))) {
                return expansionError();
            }
            m_line.append(c);
        }
        return malformed(QStringLiteral("a \" is not closed"));
    }

    void readBackslash()
    {
        const qsizetype skip = peek(1) == u'\r' && peek(2) == u'\n' ? 3 : 2;
        if (peek(skip - 1) != u'\n' && m_at + 1 < m_text.size()) {
            m_line.append(peek(1));
        }
        m_at = std::min(m_at + (peek(skip - 1) == u'\n' ? skip : 2), m_text.size());
    }

    static bool isExpansion(QChar next)
    {
        return next.isLetterOrNumber() || (!next.isNull() && QStringView(u"_{(?$!@*#").contains(next));
    }

    Result<void> expansionError() const
    {
        const qsizetype length = peek() == u'`' ? 3 : 12;
        return malformed(QStringLiteral("\"%1\" would have to be filled in by a shell; put its value there")
                             .arg(m_text.mid(m_at, length).toString().section(u' ', 0, 0)));
    }

    Result<void> readDollar()
    {
        if (peek(1) == u'\'') {
            m_at += 2;
            return readAnsiQuoted();
        }
        if (peek(1) == u'"') {
            m_at += 2;
            return readDoubleQuoted();
        }
        if (isExpansion(peek(1))) {
            return expansionError();
        }
        m_line.append(peek());
        ++m_at;
        return {};
    }

    /// bash's $'...', from behind the opening quote. Its escapes are of bytes, which make UTF-8 together.
    Result<void> readAnsiQuoted()
    {
        QByteArray bytes;
        while (m_at < m_text.size()) {
            const QChar c = peek();
            if (c == u'\'') {
                ++m_at;
                m_line.append(QString::fromUtf8(bytes));
                return {};
            }
            if (c == Backslash && m_at + 1 < m_text.size()) {
                ++m_at;
                bytes += readAnsiEscape();
                continue;
            }
            qsizetype length = 1;
            while (m_at + length < m_text.size() && !QStringView(u"'\\").contains(peek(length))) {
                ++length;
            }
            bytes += m_text.mid(m_at, length).toUtf8();
            m_at += length;
        }
        return malformed(QStringLiteral("a $' is not closed"));
    }

    /// From behind the backslash.
    QByteArray readAnsiEscape()
    {
        const QChar c = peek();
        if (isOctal(c)) {
            return QByteArray(1, static_cast<char>(readNumber(3, 8)));
        }
        ++m_at;
        switch (c.unicode()) {
        case 'a':
            return "\a";
        case 'b':
            return "\b";
        case 'e':
        case 'E':
            return "\x1b";
        case 'f':
            return "\f";
        case 'n':
            return "\n";
        case 'r':
            return "\r";
        case 't':
            return "\t";
        case 'v':
            return "\v";
        case 'x':
            if (isHex(peek())) {
                return QByteArray(1, static_cast<char>(readNumber(2, 16)));
            }
            break;
        case 'u':
        case 'U':
            if (isHex(peek())) {
                return readCodePoint(c == u'u' ? 4 : 8);
            }
            break;
        case '\'':
        case '"':
        case '?':
        case Backslash:
            return QString(c).toUtf8();
        default:
            break;
        }
        return '\\' + QString(c).toUtf8(); // as bash leaves it
    }

    /// \u once or, for what browsers write as a pair of surrogates, twice.
    QByteArray readCodePoint(qsizetype digits)
    {
        char32_t codePoint = readNumber(digits, 16);
        if (QChar::isHighSurrogate(codePoint) && peek() == Backslash && peek(1) == u'u') {
            m_at += 2;
            codePoint =
                QChar::surrogateToUcs4(static_cast<char16_t>(codePoint), static_cast<char16_t>(readNumber(digits, 16)));
        }
        const bool isCharacter = codePoint <= 0x10ffff && !QChar::isSurrogate(codePoint);
        const char32_t valid = isCharacter ? codePoint : char32_t(QChar::ReplacementCharacter);
        return QString::fromUcs4(&valid, 1).toUtf8();
    }

    uint readNumber(qsizetype most, uint base)
    {
        uint number = 0;
        for (qsizetype digits = 0; digits < most && (base == 8 ? isOctal(peek()) : isHex(peek())); ++digits, ++m_at) {
            number = number * base + QStringView(m_text).mid(m_at, 1).toUInt(nullptr, 16);
        }
        return number;
    }

    QStringView m_text;
    qsizetype m_at = 0;
    LineBuilder m_line;
};

QString withoutControls(const QString &word)
{
    QString text;
    for (const QChar c : word) {
        const char16_t code = c.unicode();
        if (code == u'\n') {
            text += QLatin1String("\\n");
        } else if (code == u'\'' || code == Backslash) {
            text += QLatin1Char('\\') + QString(c);
        } else if (code < 0x20 || code == 0x7f) {
            text += QStringLiteral("\\%1").arg(uint(code), 3, 8, QLatin1Char('0'));
        } else {
            text += c;
        }
    }
    return QStringLiteral("$'%1'").arg(text);
}

} // namespace

Result<Line> split(QStringView text)
{
    static const QRegularExpression caret(QStringLiteral("\\^(\"|\\r?\\n)"));
    return caret.match(text).hasMatch() ? splitForCmd(text) : PosixReader(text).read();
}

QString quoted(const QString &word)
{
    const auto isPlain = [](QChar c) {
        return c.unicode() < 0x80 && (c.isLetterOrNumber() || QStringView(u"%+,-./:=@_").contains(c));
    };
    if (!word.isEmpty() && std::all_of(word.begin(), word.end(), isPlain)) {
        return word;
    }
    if (std::any_of(word.begin(), word.end(), [](QChar c) { return c < u' ' || c == u'\x7f'; })) {
        return withoutControls(word);
    }
    return u'\'' + QString(word).replace(u'\'', QLatin1String("'\\''")) + u'\'';
}

QString join(const QStringList &words)
{
    QStringList list;
    for (const QString &word : words) {
        list << quoted(word);
    }
    return list.join(u' ');
}

QString onOneLine(const QString &text)
{
    static const QRegularExpression continued(QStringLiteral("[ \\t]*[\\\\^]\\r?\\n[ \\t]+"));
    return QString(text).replace(continued, QStringLiteral(" ")).trimmed();
}

} // namespace Sidewire::ShellWords
