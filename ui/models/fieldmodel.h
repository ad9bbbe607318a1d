// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/protocol/field.h"

#include <QAbstractItemModel>

#include <optional>
#include <vector>

namespace Sidewire {

/// The fields of one message as a tree of rows.
///
/// A field without parts stands for nothing else, so the tree is replaced as a whole: whoever shows it keeps the place by
/// pathOf() and find().
class FieldModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, ValueColumn, PlaceColumn, RemarkColumn, ColumnCount };

    explicit FieldModel(QObject *parent = nullptr);

    void setField(std::optional<Field> root); ///< Nothing: no rows

    /// Null for an index of no row.
    const Field *field(const QModelIndex &index) const;

    /// Row numbers from the top, by which the same field of a message that has grown is found again.
    static std::vector<int> pathOf(const QModelIndex &index);
    QModelIndex find(const std::vector<int> &path) const; ///< As far as there is one

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Node
    {
        const Field *field = nullptr;
        int row = 0;
        int parent = -1;
        int firstChild = 0; ///< Children stand side by side
        bool hasBrokenPart = false;
    };

    void addNodes();
    const Node &node(const QModelIndex &index) const { return m_nodes[index.internalId()]; }
    static QString text(const Field &field, int column);

    std::optional<Field> m_root;
    std::vector<Node> m_nodes; ///< The root first; level by level
};

} // namespace Sidewire
