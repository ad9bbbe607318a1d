// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "copytable.h"

#include "ui/theme/theme.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>

#include <algorithm>

namespace Sidewire {

CopyTable::CopyTable(const QStringList &titles, QWidget *parent)
    : QTableWidget(0, static_cast<int>(titles.size()), parent)
{
    setHorizontalHeaderLabels(titles);
    setFont(Theme::fixedFont());
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setWordWrap(false);
    setTabKeyNavigation(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 1);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setStretchLastSection(true);
    auto *copy =
        new QAction(tr("&Copy") + u'\t' + QKeySequence(QKeySequence::Copy).toString(QKeySequence::NativeText), this);
    connect(copy, &QAction::triggered, this, &CopyTable::copySelected);
    addAction(copy);
    setContextMenuPolicy(Qt::ActionsContextMenu);
}

void CopyTable::setRows(const QList<QStringList> &rows)
{
    if (rows.isEmpty() && rowCount() == 0) {
        return;
    }
    setUpdatesEnabled(false);
    setRowCount(static_cast<int>(rows.size()));
    for (int row = 0; row < rowCount(); ++row) {
        for (int column = 0; column < columnCount(); ++column) {
            const QString text = rows[row].value(column);
            if (QTableWidgetItem *known = item(row, column)) {
                known->setText(text);
            } else {
                setItem(row, column, new QTableWidgetItem(text));
            }
            item(row, column)->setForeground(Theme::color(column == 0 ? Theme::Tone::Muted : Theme::Tone::Text));
        }
    }
    for (int column = 0; column + 1 < columnCount(); ++column) {
        setColumnWidth(column, std::max(sizeHintForColumn(column) + 12, horizontalHeader()->sectionSizeHint(column)));
    }
    setUpdatesEnabled(true);
}

QString CopyTable::selectedText() const
{
    QStringList lines;
    for (int row = 0; row < rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < columnCount(); ++column) {
            if (item(row, column) && item(row, column)->isSelected()) {
                cells += item(row, column)->text();
            }
        }
        if (!cells.isEmpty()) {
            lines += cells.join(u'\t');
        }
    }
    return lines.join(u'\n');
}

bool CopyTable::event(QEvent *event)
{
    // The views around it copy with the same key.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->matches(QKeySequence::Copy)) {
        event->accept();
        return true;
    }
    return QTableWidget::event(event);
}

void CopyTable::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copySelected();
    } else {
        QTableWidget::keyPressEvent(event);
    }
}

void CopyTable::copySelected() const
{
    if (const QString text = selectedText(); !text.isEmpty()) {
        QGuiApplication::clipboard()->setText(text);
    }
}

} // namespace Sidewire
