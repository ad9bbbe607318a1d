// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/decode/jsontree.h"

#include <QAbstractItemModel>

#include <memory>

namespace Sidewire {

/// A JSON text for a tree view: keys and values as they are spelled.
class JsonModel final : public QAbstractItemModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(JsonModel)

public:
    enum Column { KeyColumn, ValueColumn, ColumnCount };

    explicit JsonModel(QObject *parent = nullptr);

    void setTree(std::shared_ptr<const JsonTree> tree); ///< Null: empty
    const JsonTree *tree() const { return m_tree.get(); }

    int nodeOf(const QModelIndex &index) const; ///< -1 for an invalid one
    QModelIndex indexOf(int node) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString keyText(int node) const;
    QString valueText(int node) const;

    std::shared_ptr<const JsonTree> m_tree;
};

} // namespace Sidewire
