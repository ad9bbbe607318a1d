// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/payload/jsonwalker.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <vector>

namespace Sidewire {

/// JSON text as a tree that loses nothing: values and keys are spans of the text, so numbers and strings keep their
/// spelling, and equal keys stay what they are.
///
/// Nodes stand in the order of the text; 0 is the root. A text of more than MaxNodes values gives the tree of the first
/// ones, and isCut() says so.
class JsonTree
{
public:
    using Kind = Json::Visitor::Kind;

    static constexpr std::size_t MaxNodes = 200'000;

    /// The error is that of Json::reindent().
    static Result<JsonTree> parse(const QByteArray &text, std::size_t maxNodes = MaxNodes);

    int count() const { return static_cast<int>(m_nodes.size()); }
    bool isCut() const { return m_isCut; }

    int parent(int node) const { return at(node).parent; } ///< -1 for the root
    int row(int node) const { return at(node).row; } ///< Among its parent's children
    int childCount(int node) const { return at(node).childCount; }
    int child(int node, int row) const { return m_children[static_cast<std::size_t>(at(node).firstChild + row)]; }

    Kind kind(int node) const { return at(node).kind; }
    bool isContainer(int node) const { return kind(node) == Kind::Object || kind(node) == Kind::Array; }
    QByteArrayView key(int node) const; ///< As spelled, with its quotation marks; empty in an array and for the root
    QByteArrayView value(int node) const; ///< As spelled; of a container all its text

    /// Where it is from the root on, as JSONPath writes it (RFC 9535): $.items[3]["odd key"].
    QString path(int node) const;

private:
    struct Node
    {
        qsizetype keyBegin = 0;
        qsizetype keyEnd = 0;
        qsizetype begin = 0;
        qsizetype end = 0;
        int parent = -1;
        int row = 0;
        int firstChild = 0; ///< In m_children
        int childCount = 0;
        Kind kind = Kind::Literal;
    };
    class Builder;

    const Node &at(int node) const { return m_nodes[static_cast<std::size_t>(node)]; }
    void listChildren();

    QByteArray m_text;
    std::vector<Node> m_nodes;
    std::vector<int> m_children;
    bool m_isCut = false;
};

/// What a JSON string means, given as it is spelled, with its quotation marks. Half a surrogate pair becomes U+FFFD.
QString unescapedJson(QByteArrayView string);

} // namespace Sidewire
