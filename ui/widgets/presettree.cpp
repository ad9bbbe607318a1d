// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "presettree.h"

#include "ui/theme/theme.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>

namespace Sidewire {

namespace {

enum Column { NameColumn, TargetColumn, OpenColumn, ColumnCount };

constexpr int NameRole = Qt::UserRole; // as it is in the file, while another one is typed
constexpr int RowsShown = 5;

} // namespace

PresetTree::PresetTree(QWidget *parent)
    : QTreeWidget(parent)
{
    setObjectName(QStringLiteral("presets"));
    setAccessibleName(tr("Presets"));
    setColumnCount(ColumnCount);
    setHeaderHidden(true);
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setTextElideMode(Qt::ElideMiddle);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(NameColumn, QHeaderView::Stretch);
    header()->setSectionResizeMode(TargetColumn, QHeaderView::Stretch);
    header()->setSectionResizeMode(OpenColumn, QHeaderView::ResizeToContents);
    connect(this, &QTreeWidget::itemActivated, this,
            [this](const QTreeWidgetItem *item) { Q_EMIT openRequested(item->data(NameColumn, NameRole).toString()); });
    connect(this, &QTreeWidget::currentItemChanged, this, &PresetTree::updateColors);
    connect(this, &QTreeWidget::itemChanged, this, [this](const QTreeWidgetItem *item) {
        Q_EMIT renameRequested(item->data(NameColumn, NameRole).toString(), item->text(NameColumn).trimmed());
    });
}

void PresetTree::setPresets(const std::vector<Preset> &presets)
{
    const QSignalBlocker blocker(this);
    const QString current = currentName();
    const int row = indexOfTopLevelItem(currentItem());
    clear();
    for (const Preset &preset : presets) {
        auto *item = new QTreeWidgetItem(this, {preset.name, preset.spec.target()});
        item->setFlags(item->flags() | Qt::ItemIsEditable);
        item->setData(NameColumn, NameRole, preset.name);
        const QStringList options = preset.spec.options.toJson(SessionOptions::Secrets::LeaveOut).keys();
        if (!options.isEmpty()) {
            item->setToolTip(TargetColumn, options.join(QStringLiteral(", ")).toHtmlEscaped());
        }
        auto *open = new QToolButton(this);
        open->setText(tr("Open"));
        open->setAutoRaise(true);
        open->setFocusPolicy(Qt::NoFocus); // Enter on the row does the same
        open->setAccessibleName(tr("Open %1").arg(preset.name));
        connect(open, &QToolButton::clicked, this, [this, name = preset.name] { Q_EMIT openRequested(name); });
        setItemWidget(item, OpenColumn, open);
        if (preset.name == current) {
            setCurrentItem(item);
        }
    }
    if (!currentItem() && topLevelItemCount() > 0) {
        setCurrentItem(topLevelItem(qBound(0, row, topLevelItemCount() - 1)));
    }
    updateColors();
    updateGeometry();
}

void PresetTree::updateColors()
{
    const QSignalBlocker blocker(this); // No item is renamed
    for (int row = 0; row < topLevelItemCount(); ++row) {
        QTreeWidgetItem *item = topLevelItem(row);
        item->setForeground(TargetColumn, Theme::color(Theme::Tone::Muted));
        if (QWidget *button = itemWidget(item, OpenColumn)) {
            QPalette colors; // A button does not know that it stands on the highlight.
            if (item == currentItem()) {
                colors.setColor(QPalette::ButtonText, palette().color(QPalette::HighlightedText));
            }
            button->setPalette(colors);
        }
    }
}

void PresetTree::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) {
        updateColors();
    }
    QTreeWidget::changeEvent(event);
}

QSize PresetTree::sizeHint() const
{
    const int rows = qBound(1, topLevelItemCount(), RowsShown);
    const int height = topLevelItemCount() > 0 ? sizeHintForRow(0) : fontMetrics().height();
    return {400, rows * height + 2 * frameWidth()};
}

QString PresetTree::currentName() const
{
    return currentItem() ? currentItem()->data(NameColumn, NameRole).toString() : QString();
}

void PresetTree::rename()
{
    if (currentItem()) {
        editItem(currentItem(), NameColumn);
    }
}

void PresetTree::move(int by)
{
    const int to = indexOfTopLevelItem(currentItem()) + by;
    if (currentItem() && to >= 0 && to < topLevelItemCount()) {
        Q_EMIT moveRequested(currentName(), to);
    }
}

void PresetTree::keyPressEvent(QKeyEvent *event)
{
    const bool isControl = event->modifiers() == Qt::ControlModifier;
    if (event->key() == Qt::Key_F2) {
        rename();
    } else if (event->key() == Qt::Key_Delete && currentItem()) {
        Q_EMIT removeRequested(currentName());
    } else if (isControl && event->key() == Qt::Key_Up) {
        move(-1);
    } else if (isControl && event->key() == Qt::Key_Down) {
        move(1);
    } else {
        QTreeWidget::keyPressEvent(event);
    }
}

void PresetTree::contextMenuEvent(QContextMenuEvent *event)
{
    if (!currentItem()) {
        return;
    }
    const QString name = currentName();
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("presetMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Open (Enter)"), this, [this, name] { Q_EMIT openRequested(name); });
    menu->addAction(tr("Options…"), this, [this, name] { Q_EMIT optionsRequested(name); });
    menu->addSeparator();
    menu->addAction(tr("Rename (F2)"), this, &PresetTree::rename);
    menu->addAction(tr("Duplicate"), this, [this, name] { Q_EMIT duplicateRequested(name); });
    menu->addAction(tr("Move up (Ctrl+Up)"), this, [this] { move(-1); });
    menu->addAction(tr("Move down (Ctrl+Down)"), this, [this] { move(1); });
    menu->addSeparator();
    menu->addAction(tr("Remove… (Delete)"), this, [this, name] { Q_EMIT removeRequested(name); });
    menu->popup(event->globalPos());
}

} // namespace Sidewire
