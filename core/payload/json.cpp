// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "json.h"

#include "core/payload/jsonwalker.h"

namespace Sidewire::Json {

namespace {

/// Deep nesting multiplies the indentation: without a limit a few megabytes could ask for gigabytes.
constexpr qsizetype MaxOutput = 256 * 1024 * 1024;

/// Copies the tokens, byte by byte, with new white space between them.
class Formatter final : public Visitor
{
public:
    Formatter(QByteArrayView text, int indent)
        : m_text(text)
        , m_indent(indent)
    {
        m_output.reserve(text.size());
    }

    const QByteArray &output() const { return m_output; }
    bool wantsMore() const override { return m_output.size() <= MaxOutput; }

    void open(Kind, qsizetype at) override
    {
        beforeValue();
        write(at, at + 1);
        ++m_depth;
        m_isFirst = true;
    }

    void close(Kind, qsizetype at) override
    {
        --m_depth;
        if (!m_isFirst) { // {} and [] stay on their line
            newLine();
        }
        m_isFirst = false;
        write(at, at + 1);
    }

    void separator(qsizetype at) override
    {
        write(at, at + 1);
        newLine();
    }

    void key(qsizetype begin, qsizetype end) override
    {
        beforeValue();
        write(begin, end);
        m_output += ": ";
    }

    void value(Kind, qsizetype begin, qsizetype end) override
    {
        beforeValue();
        write(begin, end);
    }

private:
    void beforeValue()
    {
        if (m_isFirst && m_depth > 0) {
            newLine();
        }
        m_isFirst = false;
    }

    void newLine()
    {
        m_output += '\n';
        m_output.append(m_indent * m_depth, ' ');
    }

    void write(qsizetype begin, qsizetype end) { m_output.append(m_text.data() + begin, end - begin); }

    QByteArrayView m_text;
    QByteArray m_output;
    qsizetype m_indent;
    qsizetype m_depth = 0;
    bool m_isFirst = false; ///< A container was opened and holds nothing yet
};

/// Only for the walker's own checks.
class Nobody final : public Visitor
{
    void open(Kind, qsizetype) override {}
    void close(Kind, qsizetype) override {}
    void separator(qsizetype) override {}
    void key(qsizetype, qsizetype) override {}
    void value(Kind, qsizetype, qsizetype) override {}
};

} // namespace

Result<QByteArray> reindent(QByteArrayView text, int indent)
{
    Formatter formatter(text, indent);
    if (const Result<void> result = Walker(text, formatter).run(); !result) {
        return result.error();
    }
    if (!formatter.wantsMore()) {
        return Error{Error::Code::TooLarge, QStringLiteral("The indented text would be larger than 256 MiB")};
    }
    return formatter.output();
}

bool isValid(QByteArrayView text)
{
    Nobody nobody;
    return Walker(text, nobody).run().has_value();
}

} // namespace Sidewire::Json
