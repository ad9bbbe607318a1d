// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/filter/filterexpression.h"
#include "core/filter/filternode.h"
#include "core/filter/filterterms.h"

#include <optional>
#include <vector>

namespace Sidewire {

namespace {

using FilterNodes::Junction;
using FilterNodes::Negation;
using FilterNodes::NodePointer;

/// Goes through the text once, from left to right. The first error ends it.
class FilterParser
{
public:
    FilterParser(const QString &text, int utcOffsetSeconds)
        : m_text(text)
        , m_utcOffset(utcOffsetSeconds)
    {}

    NodePointer parseAll();
    std::optional<FilterError> error() const { return m_error; }

private:
    NodePointer parseOr(int depth);
    NodePointer parseAnd(int depth);
    NodePointer parseNot(int depth);
    NodePointer parsePrimary(int depth);
    NodePointer parseWord();
    NodePointer parseQuoted(QChar quote);
    QString readBare();
    bool isEnd() { return skipBlanks() == m_text.size(); }
    QChar peek() { return isEnd() ? QChar() : m_text[m_at]; }
    qsizetype skipBlanks();
    bool takeKeyword(QLatin1StringView keyword);
    NodePointer fail(qsizetype position, const QString &detail);
    NodePointer nodeOf(const FilterTerms::Term &term, qsizetype name, qsizetype op, qsizetype value);

    QString m_text;
    int m_utcOffset;
    qsizetype m_at = 0;
    std::optional<FilterError> m_error;
};

bool isWordCharacter(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u'-';
}

NodePointer FilterParser::fail(qsizetype position, const QString &detail)
{
    if (!m_error) {
        m_error = FilterError{position, detail};
    }
    return {};
}

/// The node, or the error with the place where that part of the condition begins.
NodePointer FilterParser::nodeOf(const FilterTerms::Term &term, qsizetype name, qsizetype op, qsizetype value)
{
    using Part = FilterTerms::Problem::Part;
    const auto *problem = std::get_if<FilterTerms::Problem>(&term);
    if (!problem) {
        return std::get<NodePointer>(term);
    }
    const qsizetype begin = problem->part == Part::Name ? name : problem->part == Part::Operator ? op : value;
    return fail(begin + problem->offset, problem->detail);
}

qsizetype FilterParser::skipBlanks()
{
    while (m_at < m_text.size() && m_text[m_at].isSpace()) {
        ++m_at;
    }
    return m_at;
}

bool FilterParser::takeKeyword(QLatin1StringView keyword)
{
    skipBlanks();
    const qsizetype end = m_at + keyword.size();
    const bool isThere = QStringView(m_text).mid(m_at).startsWith(keyword, Qt::CaseInsensitive)
        && (end == m_text.size() || (!isWordCharacter(m_text[end]) && !QStringView(u":=<>").contains(m_text[end])));
    if (isThere) {
        m_at = end;
    }
    return isThere;
}

NodePointer FilterParser::parseAll()
{
    if (m_text.size() > FilterExpression::MaxLength) {
        return fail(FilterExpression::MaxLength,
                    QStringLiteral("a filter has at most %1 characters").arg(FilterExpression::MaxLength));
    }
    if (isEnd()) {
        return {};
    }
    NodePointer root = parseOr(0);
    if (!m_error && !isEnd()) {
        return fail(m_at, QStringLiteral("\")\" has no \"(\" before it"));
    }
    return root;
}

NodePointer FilterParser::parseOr(int depth)
{
    std::vector<NodePointer> parts{parseAnd(depth)};
    while (!m_error && takeKeyword(QLatin1StringView("or"))) {
        parts.push_back(parseAnd(depth));
    }
    return parts.size() == 1 || m_error ? parts.front()
                                        : std::make_shared<Junction>(Junction::Kind::Or, std::move(parts));
}

NodePointer FilterParser::parseAnd(int depth)
{
    std::vector<NodePointer> parts{parseNot(depth)};
    while (!m_error && !isEnd() && peek() != u')') {
        const qsizetype before = m_at;
        if (takeKeyword(QLatin1StringView("or"))) {
            m_at = before;
            break;
        }
        takeKeyword(QLatin1StringView("and")); // May be left out
        parts.push_back(parseNot(depth));
    }
    return parts.size() == 1 || m_error ? parts.front()
                                        : std::make_shared<Junction>(Junction::Kind::And, std::move(parts));
}

NodePointer FilterParser::parseNot(int depth)
{
    bool isNegated = false;
    while (takeKeyword(QLatin1StringView("not"))) {
        isNegated = !isNegated;
    }
    NodePointer part = parsePrimary(depth);
    return isNegated && part ? std::make_shared<Negation>(std::move(part)) : part;
}

NodePointer FilterParser::parsePrimary(int depth)
{
    const QChar next = peek();
    const qsizetype begin = m_at;
    const bool isKeyword = takeKeyword(QLatin1StringView("and")) || takeKeyword(QLatin1StringView("or"));
    if (isEnd() || isKeyword) {
        return fail(begin, QStringLiteral("a condition is expected here"));
    }
    if (next == u'(') {
        if (depth == FilterExpression::MaxDepth) {
            return fail(m_at, QStringLiteral("brackets are at most %1 deep").arg(FilterExpression::MaxDepth));
        }
        const qsizetype open = m_at++;
        NodePointer inner = parseOr(depth + 1);
        if (m_error) {
            return {};
        }
        if (peek() != u')') {
            return fail(open, QStringLiteral("this \"(\" has no \")\""));
        }
        ++m_at;
        return inner;
    }
    if (next == u'"' || next == u'/') {
        return parseQuoted(next);
    }
    return parseWord();
}

/// "text" with \" and \\, /regex/ with \/; an i behind it ignores case.
NodePointer FilterParser::parseQuoted(QChar quote)
{
    const qsizetype open = m_at++;
    QString inner;
    while (m_at < m_text.size() && m_text[m_at] != quote) {
        const QChar next = m_at + 1 < m_text.size() ? m_text[m_at + 1] : QChar();
        const bool isEscape = m_text[m_at] == u'\\' && (next == quote || next == u'\\');
        if (isEscape && quote == u'/' && next == u'\\') {
            inner += m_text[m_at]; // The expression's own escape, whole
        }
        m_at += isEscape ? 1 : 0;
        inner += m_text[m_at++];
    }
    if (m_at == m_text.size()) {
        return fail(open, QStringLiteral("the %1 that ends this is missing").arg(quote));
    }
    ++m_at;
    const bool ignoresCase = m_at < m_text.size() && m_text[m_at] == u'i'
        && (m_at + 1 == m_text.size() || !isWordCharacter(m_text[m_at + 1]));
    m_at += ignoresCase ? 1 : 0;
    if (inner.isEmpty()) {
        return fail(open, QStringLiteral("there is nothing to look for"));
    }
    if (quote == u'"') {
        return FilterTerms::text(inner.toUtf8(), ignoresCase);
    }
    return nodeOf(FilterTerms::regex(inner.toUtf8(), ignoresCase), open, open, open);
}

NodePointer FilterParser::parseWord()
{
    const qsizetype begin = m_at;
    while (m_at < m_text.size() && isWordCharacter(m_text[m_at])) {
        ++m_at;
    }
    const QString name = m_text.mid(begin, m_at - begin);
    const qsizetype opBegin = m_at;
    if (m_at < m_text.size() && QStringView(u":=<>").contains(m_text[m_at])) {
        const QChar first = m_text[m_at++];
        const bool canHaveEquals = first == u'<' || first == u'>';
        m_at += canHaveEquals && m_at < m_text.size() && m_text[m_at] == u'=' ? 1 : 0;
    }
    const QString op = m_text.mid(opBegin, m_at - opBegin);
    if (name.isEmpty()) {
        return fail(begin,
                    QStringLiteral("no condition begins with \"%1\"; there are %2")
                        .arg(m_text[begin])
                        .arg(FilterTerms::overview()));
    }
    if (op.isEmpty()) {
        NodePointer node = FilterTerms::word(name);
        return node ? node
                    : fail(begin,
                           QStringLiteral("there is no condition \"%1\"; there are %2; text is written in quotes")
                               .arg(name, FilterTerms::overview()));
    }
    const qsizetype valueBegin = m_at;
    const QString value = readBare();
    if (value.isEmpty()) {
        return fail(valueBegin, QStringLiteral("a value is expected after \"%1%2\"").arg(name, op));
    }
    return nodeOf(FilterTerms::comparison(name, op, value, m_utcOffset), begin, opBegin, valueBegin);
}

QString FilterParser::readBare()
{
    const qsizetype begin = m_at;
    while (m_at < m_text.size() && !m_text[m_at].isSpace() && m_text[m_at] != u')' && m_text[m_at] != u'(') {
        ++m_at;
    }
    return m_text.mid(begin, m_at - begin);
}

} // namespace

FilterExpression::Parsed FilterExpression::parse(const QString &text, int utcOffsetSeconds)
{
    FilterParser parser(text, utcOffsetSeconds);
    FilterExpression expression;
    expression.m_root = parser.parseAll();
    if (const std::optional<FilterError> error = parser.error()) {
        return *error;
    }
    return expression;
}

} // namespace Sidewire
