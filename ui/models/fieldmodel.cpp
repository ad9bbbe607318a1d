// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "fieldmodel.h"

#include "ui/models/fieldtext.h"
#include "ui/theme/theme.h"

#include <algorithm>

namespace Sidewire {

FieldModel::FieldModel(QObject *parent)
    : QAbstractItemModel(parent)
{}

void FieldModel::setField(std::optional<Field> root)
{
    beginResetModel();
    m_nodes.clear();
    m_root = std::move(root);
    if (m_root) {
        addNodes();
    }
    endResetModel();
}

void FieldModel::addNodes()
{
    m_nodes.push_back({&*m_root, 0, -1, 0, false});
    for (std::size_t at = 0; at < m_nodes.size(); ++at) {
        m_nodes[at].firstChild = static_cast<int>(m_nodes.size());
        const std::vector<Field> &children = m_nodes[at].field->children;
        for (std::size_t row = 0; row < children.size(); ++row) {
            m_nodes.push_back({&children[row], static_cast<int>(row), static_cast<int>(at), 0, false});
        }
    }
    for (auto node = m_nodes.rbegin(); node != m_nodes.rend(); ++node) { // Children stand behind their parents
        if (node->parent >= 0 && (node->field->isBroken || node->hasBrokenPart)) {
            m_nodes[static_cast<std::size_t>(node->parent)].hasBrokenPart = true;
        }
    }
}

const Field *FieldModel::field(const QModelIndex &index) const
{
    return index.isValid() ? node(index).field : nullptr;
}

std::vector<int> FieldModel::pathOf(const QModelIndex &index)
{
    std::vector<int> path;
    for (QModelIndex at = index; at.isValid(); at = at.parent()) {
        path.push_back(at.row());
    }
    std::reverse(path.begin(), path.end());
    return path;
}

QModelIndex FieldModel::find(const std::vector<int> &path) const
{
    QModelIndex found;
    for (const int row : path) {
        const QModelIndex next = index(row, NameColumn, found);
        if (!next.isValid()) {
            break;
        }
        found = next;
    }
    return found;
}

QModelIndex FieldModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent)) {
        return {};
    }
    const int at = parent.isValid() ? node(parent).firstChild + row : 0;
    return createIndex(row, column, static_cast<quintptr>(at));
}

QModelIndex FieldModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || node(index).parent < 0) {
        return {};
    }
    const int at = node(index).parent;
    return createIndex(m_nodes[static_cast<std::size_t>(at)].row, NameColumn, static_cast<quintptr>(at));
}

int FieldModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid()) {
        return m_root ? 1 : 0;
    }
    return parent.column() == NameColumn ? static_cast<int>(node(parent).field->children.size()) : 0;
}

int FieldModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QString FieldModel::text(const Field &field, int column)
{
    switch (column) {
    case NameColumn:
        return FieldText::name(field);
    case ValueColumn:
        return FieldText::value(field);
    case PlaceColumn:
        return FieldText::place(field.bits);
    default:
        return FieldText::remark(field);
    }
}

QVariant FieldModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const Node &at = node(index);
    switch (role) {
    case Qt::DisplayRole:
        return text(*at.field, index.column());
    case Qt::ToolTipRole: // What does not fit into the column
        return QStringLiteral("<p>%1</p>").arg(text(*at.field, index.column()).toHtmlEscaped());
    case Qt::DecorationRole:
        return index.column() == NameColumn && (at.field->isBroken || at.hasBrokenPart)
            ? QVariant(Theme::icon(Theme::Icon::Violation))
            : QVariant();
    case Qt::ForegroundRole:
        return Theme::color(at.field->isBroken                  ? Theme::Tone::Violation
                                : index.column() <= ValueColumn ? Theme::Tone::Text
                                                                : Theme::Tone::Muted);
    case Qt::AccessibleTextRole: // A row in one sentence
        return index.column() == NameColumn ? FieldText::facts(*at.field)
                + (at.field->remark.isEmpty() ? QString() : QStringLiteral(", ") + FieldText::remark(*at.field))
                                            : text(*at.field, index.column());
    default:
        return {};
    }
}

QVariant FieldModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case NameColumn:
        return tr("Field");
    case ValueColumn:
        return tr("Value");
    case PlaceColumn:
        return tr("Offset and bits");
    default:
        return tr("Remark");
    }
}

} // namespace Sidewire
