// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "jsontree.h"

#include <algorithm>
#include <utility>

namespace Sidewire {

class JsonTree::Builder final : public Json::Visitor
{
public:
    Builder(JsonTree &tree, std::size_t maxNodes)
        : m_tree(tree)
        , m_maxNodes(maxNodes)
    {}

    bool wantsMore() const override { return !m_tree.m_isCut; }

    void open(Kind container, qsizetype at) override { m_parent = add(container, at, at + 1); }

    void close(Kind, qsizetype at) override
    {
        Node &node = m_tree.m_nodes[static_cast<std::size_t>(m_parent)];
        node.end = at + 1;
        m_parent = node.parent;
    }

    void separator(qsizetype) override {}
    void key(qsizetype begin, qsizetype end) override { m_key = {begin, end}; }
    void value(Kind kind, qsizetype begin, qsizetype end) override { add(kind, begin, end); }

    /// Containers that were still open where the tree was cut end there.
    void closeAll(qsizetype end)
    {
        for (; m_parent >= 0; m_parent = m_tree.m_nodes[static_cast<std::size_t>(m_parent)].parent) {
            m_tree.m_nodes[static_cast<std::size_t>(m_parent)].end = end;
        }
    }

private:
    int add(Kind kind, qsizetype begin, qsizetype end)
    {
        Node node;
        std::tie(node.keyBegin, node.keyEnd) = std::exchange(m_key, {0, 0});
        node.begin = begin;
        node.end = end;
        node.kind = kind;
        node.parent = m_parent;
        if (m_parent >= 0) {
            node.row = m_tree.m_nodes[static_cast<std::size_t>(m_parent)].childCount++;
        }
        m_tree.m_nodes.push_back(node);
        m_tree.m_isCut = m_tree.m_nodes.size() >= m_maxNodes;
        return m_tree.count() - 1;
    }

    JsonTree &m_tree;
    std::size_t m_maxNodes;
    int m_parent = -1;
    std::pair<qsizetype, qsizetype> m_key{0, 0};
};

Result<JsonTree> JsonTree::parse(const QByteArray &text, std::size_t maxNodes)
{
    JsonTree tree;
    tree.m_text = text;
    Builder builder(tree, maxNodes);
    if (const Result<void> result = Json::Walker(text, builder).run(); !result) {
        return result.error();
    }
    builder.closeAll(text.size());
    tree.listChildren();
    return tree;
}

void JsonTree::listChildren()
{
    int next = 0;
    for (Node &node : m_nodes) {
        node.firstChild = next;
        next += node.childCount;
    }
    m_children.resize(static_cast<std::size_t>(next));
    for (int node = 1; node < count(); ++node) {
        m_children[static_cast<std::size_t>(at(parent(node)).firstChild + row(node))] = node;
    }
}

QByteArrayView JsonTree::key(int node) const
{
    return QByteArrayView(m_text).sliced(at(node).keyBegin, at(node).keyEnd - at(node).keyBegin);
}

QByteArrayView JsonTree::value(int node) const
{
    return QByteArrayView(m_text).sliced(at(node).begin, at(node).end - at(node).begin);
}

QString JsonTree::path(int node) const
{
    const auto isName = [](QByteArrayView name) {
        const auto isLetter = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        };
        return !name.isEmpty() && isLetter(name.front())
            && std::all_of(name.begin(), name.end(), [&](char c) { return isLetter(c) || (c >= '0' && c <= '9'); });
    };
    std::vector<int> way;
    for (int at = node; parent(at) >= 0; at = parent(at)) {
        way.push_back(at);
    }
    QString path = QStringLiteral("$");
    for (auto step = way.rbegin(); step != way.rend(); ++step) {
        const QByteArrayView spelled = key(*step);
        if (spelled.isEmpty()) {
            path += QStringLiteral("[%1]").arg(row(*step));
        } else if (const QByteArrayView name = spelled.sliced(1, spelled.size() - 2); isName(name)) {
            path += u'.' + QString::fromLatin1(name);
        } else {
            path += u'[' + QString::fromUtf8(spelled) + u']';
        }
    }
    return path;
}

QString unescapedJson(QByteArrayView string)
{
    const QString inside = QString::fromUtf8(string.sliced(1, string.size() - 2));
    QString text;
    text.reserve(inside.size());
    for (qsizetype i = 0; i < inside.size(); ++i) {
        if (inside[i] != u'\\' || i + 1 == inside.size()) {
            text += inside[i];
            continue;
        }
        static constexpr QStringView Letters = u"bfnrt";
        static constexpr QStringView Meant = u"\b\f\n\r\t";
        const QChar letter = inside[++i];
        if (letter == u'u') {
            text += QChar(inside.sliced(i + 1, std::min<qsizetype>(4, inside.size() - i - 1)).toUShort(nullptr, 16));
            i += 4;
        } else {
            const qsizetype known = Letters.indexOf(letter);
            text += known < 0 ? letter : Meant[known];
        }
    }
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isPair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (isPair) {
            ++i;
        } else if (text[i].isSurrogate()) {
            text[i] = QChar::ReplacementCharacter;
        }
    }
    return text;
}

} // namespace Sidewire
