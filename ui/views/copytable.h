// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QList>
#include <QStringList>
#include <QTableWidget>

namespace Sidewire {

/// A small table of facts whose cells can be copied: Ctrl+C copies what is selected, and nothing around it takes that key.
class CopyTable final : public QTableWidget
{
    Q_OBJECT

public:
    CopyTable(const QStringList &titles, QWidget *parent = nullptr);

    /// The selection stays where it is, also while the values change.
    void setRows(const QList<QStringList> &rows);

    QString selectedText() const; ///< A line a row, cells apart by tabs
    void copySelected() const;

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace Sidewire
