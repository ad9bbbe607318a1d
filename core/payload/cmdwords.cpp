// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "cmdwords.h"

#include "core/payload/linebuilder.h"

namespace Sidewire::ShellWords {

namespace {

/// What cmd makes of its line: a caret takes the meaning of the character behind it, and that of a line end too. The
/// quotes stay, they are for the program.
class CmdReader
{
public:
    explicit CmdReader(QStringView text)
        : m_text(text)
    {}

    Result<Line> read()
    {
        for (; m_at < m_text.size(); ++m_at) {
            readNext();
        }
        endCommand();
        if (m_hasOpenQuote) {
            return Error{Error::Code::Malformed, QStringLiteral("a \" is not closed")};
        }
        return m_line;
    }

private:
    void readNext()
    {
        const QChar c = m_text[m_at];
        if (c == u'^' && !m_isQuoted && m_at + 1 < m_text.size()) {
            readEscaped();
            return;
        }
        if (c == u'"') {
            m_isQuoted = !m_isQuoted;
        } else if (c == u'\n') {
            endCommand();
            return;
        } else if (!m_isQuoted && (c == u'|' || c == u'&')) {
            endCommand();
            return;
        } else if (!m_isQuoted && (c == u'>' || c == u'<')) {
            readRedirection();
            return;
        }
        if (c != u'\r') {
            m_command += c;
        }
    }

    void readEscaped()
    {
        ++m_at;
        if (m_text[m_at] == u'\r' && m_at + 1 < m_text.size()) {
            ++m_at;
        }
        if (m_text[m_at] != u'\n') {
            m_command += m_text[m_at];
            return;
        }
        // The line goes on, and its first character means nothing either: so an empty line is a line end.
        if (m_at + 1 < m_text.size() && m_text[m_at + 1] == u'\r') {
            ++m_at;
        }
        if (m_at + 1 < m_text.size()) {
            ++m_at;
            m_command += m_text[m_at];
        }
    }

    void readRedirection()
    {
        const qsizetype begin = m_at;
        while (m_at < m_text.size() && QStringView(u"<>&").contains(m_text[m_at])) {
            ++m_at;
        }
        QString redirection = m_text.mid(begin, m_at - begin).toString();
        if (m_command.endsWith(u'1') || m_command.endsWith(u'2')) {
            redirection.prepend(m_command.back());
            m_command.chop(1);
        }
        while (m_at < m_text.size() && m_text[m_at] == u' ') {
            ++m_at;
        }
        while (m_at < m_text.size() && !m_text[m_at].isSpace()) {
            redirection += m_text[m_at++];
        }
        m_line.redirections << redirection;
        --m_at;
    }

    void endCommand()
    {
        LineBuilder words;
        m_hasOpenQuote = m_hasOpenQuote || !splitArguments(words);
        for (const QStringList &command : words.take().commands) {
            m_line.commands.push_back(command);
        }
        m_command.clear();
        m_isQuoted = false;
    }

    /// As the C runtime does: 2n backslashes and a quote are n backslashes and a quote that acts, one more backslash makes
    /// it a character; two quotes within quotes are one character. False if a quote is left open.
    bool splitArguments(LineBuilder &words) const
    {
        bool isQuoted = false;
        qsizetype backslashes = 0;
        for (qsizetype at = 0; at < m_command.size(); ++at) {
            const QChar c = m_command[at];
            if (c == u'\\') {
                ++backslashes;
                continue;
            }
            const bool isEscaped = c == u'"' && backslashes % 2 == 1;
            appendBackslashes(words, c == u'"' ? backslashes / 2 : backslashes);
            backslashes = 0;
            if (c == u'"' && !isEscaped) {
                if (isQuoted && at + 1 < m_command.size() && m_command[at + 1] == u'"') {
                    words.append(c);
                    ++at;
                    continue;
                }
                isQuoted = !isQuoted;
                words.append(QStringView());
            } else if ((c == u' ' || c == u'\t') && !isQuoted) {
                words.endWord();
            } else {
                words.append(c);
            }
        }
        appendBackslashes(words, backslashes);
        return !isQuoted;
    }

    static void appendBackslashes(LineBuilder &words, qsizetype backslashes)
    {
        if (backslashes > 0) {
            words.append(QString(backslashes, u'\\'));
        }
    }

    QStringView m_text;
    qsizetype m_at = 0;
    QString m_command;
    bool m_isQuoted = false;
    bool m_hasOpenQuote = false;
    Line m_line;
};

} // namespace

Result<Line> splitForCmd(QStringView text)
{
    return CmdReader(text).read();
}

} // namespace Sidewire::ShellWords
