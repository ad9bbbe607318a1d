// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"

#include <QByteArrayView>

#include <vector>

namespace Sidewire::Json {

/// What a Walker tells, in the order of the text. Spans are of the text, strings with their quotation marks.
class Visitor
{
public:
    enum class Kind { Object, Array, String, Number, Literal };

    virtual ~Visitor() = default;
    virtual void open(Kind container, qsizetype at) = 0;
    virtual void close(Kind container, qsizetype at) = 0; ///< Where its bracket stands
    virtual void separator(qsizetype at) = 0; ///< A comma
    virtual void key(qsizetype begin, qsizetype end) = 0;
    virtual void value(Kind kind, qsizetype begin, qsizetype end) = 0; ///< Neither an object nor an array
    virtual bool wantsMore() const { return true; } ///< Asked now and then: false ends the walk
};

/// Walks over JSON text once (RFC 8259). Open containers are kept on a stack of its own: nesting cannot exhaust the real
/// one, and over 512 levels are refused. The error names the offset and what was expected.
class Walker
{
public:
    Walker(QByteArrayView text, Visitor &visitor)
        : m_text(text)
        , m_visitor(visitor)
    {}

    Result<void> run();

private:
    bool readValue(); ///< True if a value is complete, false if a container was opened or an error found
    bool afterValue();
    bool readKey();
    bool open(Visitor::Kind container);
    void close();
    bool readString();
    bool readEscape();
    bool readNumber();
    bool readDigits();
    bool readLiteral(QByteArrayView literal);
    bool tell(Visitor::Kind kind, qsizetype begin);

    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    void skipSpace();
    bool fail(const char *expected);

    QByteArrayView m_text;
    Visitor &m_visitor;
    qsizetype m_at = 0;
    std::vector<Visitor::Kind> m_open;
    std::optional<Error> m_error;
};

} // namespace Sidewire::Json
