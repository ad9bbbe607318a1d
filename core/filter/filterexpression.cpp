// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "filterexpression.h"

#include "core/filter/filternode.h"

#include <algorithm>

namespace Sidewire {

namespace FilterNodes {

Junction::Junction(Kind kind, std::vector<NodePointer> parts)
    : m_kind(kind)
    , m_parts(std::move(parts))
{
    // The result does not depend on the order; what must be read for it does.
    std::stable_partition(m_parts.begin(), m_parts.end(),
                          [](const NodePointer &part) { return !part->needsContent(); });
}

bool Junction::matches(const FilterSubject &subject) const
{
    const auto isMatch = [&subject](const NodePointer &part) {
        return part->matches(subject);
    };
    return m_kind == Kind::And ? std::ranges::all_of(m_parts, isMatch) : std::ranges::any_of(m_parts, isMatch);
}

bool Junction::needsContent() const
{
    return std::ranges::any_of(m_parts, &Node::needsContent);
}

bool Junction::dependsOnEnd() const
{
    return std::ranges::any_of(m_parts, &Node::dependsOnEnd);
}

} // namespace FilterNodes

bool FilterExpression::matches(const FilterSubject &subject) const
{
    return !m_root || m_root->matches(subject);
}

bool FilterExpression::needsContent() const
{
    return m_root && m_root->needsContent();
}

bool FilterExpression::dependsOnEnd() const
{
    return m_root && m_root->dependsOnEnd();
}

} // namespace Sidewire
