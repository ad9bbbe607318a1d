// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/filter/filterexpression.h"

#include <QByteArray>

#include <functional>
#include <memory>
#include <vector>

namespace Sidewire {

/// A part of a parsed filter. Not changed after it was made.
class FilterExpression::Node
{
public:
    Node() = default;
    virtual ~Node() = default;
    Q_DISABLE_COPY_MOVE(Node)

    virtual bool matches(const FilterSubject &subject) const = 0;
    virtual bool needsContent() const { return false; }
    virtual bool dependsOnEnd() const { return false; }
};

namespace FilterNodes {

using Node = FilterExpression::Node;
using NodePointer = std::shared_ptr<const Node>;

/// A test of the row alone.
class RowTest final : public Node
{
public:
    using Test = std::function<bool(const FilterSubject &)>;
    explicit RowTest(Test test)
        : m_test(std::move(test))
    {}
    bool matches(const FilterSubject &subject) const override { return m_test(subject); }

private:
    Test m_test;
};

/// A test of the close code, which lies in a content or follows from how the connection ended.
class CloseTest final : public Node
{
public:
    using Test = std::function<bool(std::optional<quint16>)>;
    explicit CloseTest(Test test)
        : m_test(std::move(test))
    {}
    bool matches(const FilterSubject &subject) const override { return m_test(subject.closeCode()); }
    bool needsContent() const override { return true; }
    bool dependsOnEnd() const override { return true; }

private:
    Test m_test;
};

/// A test of the content.
class ContentTest final : public Node
{
public:
    enum class Of : quint8 {
        Begin, ///< What is there counts, also where it is only the first part
        Whole, ///< Of a content that is longer than is looked at it says nothing: no match
    };
    using Test = std::function<bool(QByteArrayView)>;
    ContentTest(Of of, Test test)
        : m_of(of)
        , m_test(std::move(test))
    {}
    bool matches(const FilterSubject &subject) const override
    {
        const bool isTooLong = m_of == Of::Whole && subject.message().contentLength > FilterSubject::MaxContent;
        return !isTooLong && m_test(subject.content());
    }
    bool needsContent() const override { return true; }

private:
    Of m_of;
    Test m_test;
};

/// Parts that are looked at in their order, those that need no content first.
class Junction final : public Node
{
public:
    enum class Kind : quint8 { And, Or };
    Junction(Kind kind, std::vector<NodePointer> parts);
    bool matches(const FilterSubject &subject) const override;
    bool needsContent() const override;
    bool dependsOnEnd() const override;

private:
    Kind m_kind;
    std::vector<NodePointer> m_parts;
};

class Negation final : public Node
{
public:
    explicit Negation(NodePointer part)
        : m_part(std::move(part))
    {}
    bool matches(const FilterSubject &subject) const override { return !m_part->matches(subject); }
    bool needsContent() const override { return m_part->needsContent(); }
    bool dependsOnEnd() const override { return m_part->dependsOnEnd(); }

private:
    NodePointer m_part;
};

} // namespace FilterNodes

} // namespace Sidewire
