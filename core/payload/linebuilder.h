// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/payload/shellwords.h"

namespace Sidewire::ShellWords {

/// Puts characters together to words, words to commands, commands to a line.
class LineBuilder
{
public:
    bool isInWord() const { return m_isInWord; }

    void append(QChar c)
    {
        m_word += c;
        m_isInWord = true;
    }

    /// Also of nothing: '' is a word.
    void append(QStringView text)
    {
        m_word += text;
        m_isInWord = true;
    }

    void endWord()
    {
        if (!m_isInWord) {
            return;
        }
        if (m_operator.isEmpty()) {
            m_words << m_word;
        } else {
            m_line.redirections << m_operator + m_word;
        }
        m_operator.clear();
        m_word.clear();
        m_isInWord = false;
    }

    void endCommand()
    {
        endWord();
        if (!m_words.isEmpty()) {
            m_line.commands.push_back(m_words);
        }
        m_words.clear();
        m_operator.clear();
    }

    /// The next word is where to, and the number that touches the operator is its descriptor.
    void beginRedirection(QStringView symbols)
    {
        bool isNumber = false;
        m_word.toUInt(&isNumber);
        QString descriptor;
        if (isNumber) {
            descriptor = m_word;
            m_word.clear();
            m_isInWord = false;
        }
        endWord();
        m_operator = descriptor + symbols.toString();
    }

    Line take()
    {
        endCommand();
        return std::move(m_line);
    }

private:
    Line m_line;
    QStringList m_words;
    QString m_word;
    QString m_operator;
    bool m_isInWord = false;
};

} // namespace Sidewire::ShellWords
