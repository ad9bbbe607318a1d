// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "jsonmodel.h"

#include "core/payload/text.h"
#include "ui/theme/theme.h"

namespace Sidewire {

namespace {

constexpr int MaxChars = 400; // Far more than a screen is wide

} // namespace

JsonModel::JsonModel(QObject *parent)
    : QAbstractItemModel(parent)
{}

void JsonModel::setTree(std::shared_ptr<const JsonTree> tree)
{
    beginResetModel();
    m_tree = std::move(tree);
    endResetModel();
}

int JsonModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<int>(index.internalId()) : -1;
}

QModelIndex JsonModel::indexOf(int node) const
{
    return createIndex(m_tree->row(node), KeyColumn, static_cast<quintptr>(node));
}

QModelIndex JsonModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || row >= rowCount(parent) || column < 0 || column >= ColumnCount) {
        return {};
    }
    const int node = parent.isValid() ? m_tree->child(nodeOf(parent), row) : 0;
    return createIndex(row, column, static_cast<quintptr>(node));
}

QModelIndex JsonModel::parent(const QModelIndex &index) const
{
    const int parent = index.isValid() ? m_tree->parent(nodeOf(index)) : -1;
    return parent < 0 ? QModelIndex() : indexOf(parent);
}

int JsonModel::rowCount(const QModelIndex &parent) const
{
    if (!m_tree || parent.column() > 0) {
        return 0;
    }
    return parent.isValid() ? m_tree->childCount(nodeOf(parent)) : 1;
}

int JsonModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QString JsonModel::keyText(int node) const
{
    const QByteArrayView key = m_tree->key(node);
    if (!key.isEmpty()) {
        return Text::preview(key.sliced(1, key.size() - 2), MaxChars);
    }
    return m_tree->parent(node) < 0 ? QStringLiteral("$") : QStringLiteral("[%1]").arg(m_tree->row(node));
}

QString JsonModel::valueText(int node) const
{
    switch (m_tree->kind(node)) {
    case JsonTree::Kind::Object:
        return QStringLiteral("{%1}").arg(m_tree->childCount(node));
    case JsonTree::Kind::Array:
        return QStringLiteral("[%1]").arg(m_tree->childCount(node));
    default:
        return Text::preview(m_tree->value(node), MaxChars);
    }
}

QVariant JsonModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const int node = nodeOf(index);
    const bool isKey = index.column() == KeyColumn;
    if (role == Qt::DisplayRole) {
        return isKey ? keyText(node) : valueText(node);
    }
    if (role == Qt::ForegroundRole) {
        const bool isMuted = isKey ? m_tree->key(node).isEmpty() : m_tree->isContainer(node);
        if (isMuted) {
            return Theme::color(Theme::Tone::Muted);
        }
        if (!isKey) {
            switch (m_tree->kind(node)) {
            case JsonTree::Kind::String:
                return Theme::color(Theme::Tone::Success);
            case JsonTree::Kind::Number:
                return Theme::color(Theme::Tone::In);
            default:
                return Theme::color(Theme::Tone::Out);
            }
        }
    }
    if (role == Qt::ToolTipRole) {
        return QStringLiteral("<p>%1</p>").arg(m_tree->path(node).left(MaxChars).toHtmlEscaped());
    }
    return {};
}

QVariant JsonModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    return section == KeyColumn ? tr("key") : tr("value");
}

} // namespace Sidewire
