// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "sessionlist.h"

#include "ui/models/sessionlistmodel.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyledItemDelegate>

namespace Sidewire {

namespace {

constexpr int IconSize = 16;
constexpr int Margin = 10;
constexpr int SelectionBar = 3;
constexpr int NarrowWidth = 64; // Below that a name is no use

Theme::Icon iconOf(SessionMark mark)
{
    switch (mark) {
    case SessionMark::Busy:
        return Theme::Icon::StateBusy;
    case SessionMark::Open:
        return Theme::Icon::StateOpen;
    case SessionMark::Paused:
        return Theme::Icon::Pause;
    case SessionMark::Listening:
        return Theme::Icon::StateListening;
    case SessionMark::Ended:
        return Theme::Icon::StateClosed;
    case SessionMark::Failed:
        return Theme::Icon::StateFailed;
    case SessionMark::OpenedLog:
        break;
    }
    return Theme::Icon::StateLog;
}

class SessionDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const bool isSelected = option.state.testFlag(QStyle::State_Selected);
        // The palette's highlight as a wash: the marks keep their colours and stay readable on it.
        const QColor highlight = option.palette.color(QPalette::Highlight);
        if (isSelected) {
            QColor wash = highlight;
            wash.setAlphaF(0.22F);
            painter->fillRect(option.rect, wash);
            painter->fillRect(QRect(option.rect.topLeft(), QSize(SelectionBar, option.rect.height())), highlight);
        }
        QRect rect = option.rect.adjusted(Margin, 0, -Margin, 0);
        const auto mark = static_cast<SessionMark>(index.data(SessionListModel::MarkRole).toInt());
        const QRect iconRect(rect.left(), rect.center().y() - IconSize / 2 + 1, IconSize, IconSize);
        Theme::icon(iconOf(mark)).paint(painter, iconRect);
        if (option.rect.width() < NarrowWidth) {
            return;
        }
        rect.setLeft(iconRect.right() + Margin);
        painter->setFont(option.font);
        const QString counter = index.data(SessionListModel::CounterRole).toString();
        if (!counter.isEmpty()) {
            painter->setPen(Theme::color(Theme::Tone::Muted));
            painter->drawText(rect, Qt::AlignRight | Qt::AlignVCenter, counter);
            rect.setRight(rect.right() - option.fontMetrics.horizontalAdvance(counter) - Margin);
        }
        painter->setPen(Theme::color(Theme::Tone::Text));
        const QString name = option.fontMetrics.elidedText(index.data().toString(), Qt::ElideMiddle, rect.width());
        painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter, name);
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {60, option.fontMetrics.height() + 12};
    }
};

} // namespace

SessionList::SessionList(QWidget *parent)
    : QListView(parent)
{
    setObjectName(QStringLiteral("sessionList"));
    setAccessibleName(tr("Sessions"));
    setItemDelegate(new SessionDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
}

} // namespace Sidewire
