// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/settings/highlightrule.h"

#include <QDialog>

QT_BEGIN_NAMESPACE
class QLabel;
class QPushButton;
class QVBoxLayout;
QT_END_NAMESPACE

namespace Sidewire {

class HighlightRow;

/// The highlight rules: add, edit, reorder, switch off, remove. Nothing holds before OK, which waits until each rule has
/// a filter.
class HighlightDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HighlightDialog)

public:
    explicit HighlightDialog(const QList<HighlightRule> &rules, QWidget *parent = nullptr);

    QList<HighlightRule> rules() const;

private:
    HighlightRow *addRow(const HighlightRule &rule);
    void move(HighlightRow *row, int by);
    void remove(HighlightRow *row);
    void updateState();

    QList<HighlightRow *> m_rows; ///< In their order
    QVBoxLayout *m_list;
    QLabel *m_empty;
    QPushButton *m_add;
    QPushButton *m_ok;
};

} // namespace Sidewire
