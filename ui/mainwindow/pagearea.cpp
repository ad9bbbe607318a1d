// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "pagearea.h"

#include "ui/mainwindow/sessionpage.h"
#include "ui/models/sessionitem.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace Sidewire {

PageArea::PageArea(QWidget *parent)
    : QWidget(parent)
    , m_columns(new QSplitter(Qt::Horizontal, this))
    , m_stack(new QStackedWidget(this))
    , m_stackName(new QLabel(this))
    , m_holder(new QWidget(this))
    , m_besideName(new QLabel(this))
    , m_lock(new QToolButton(this))
{
    setObjectName(QStringLiteral("pageArea"));
    auto *left = new QWidget(this);
    auto *leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(0, 0, 0, 0);
    leftColumn->setSpacing(0);
    m_stackTitle = buildTitle(m_stackName);
    leftColumn->addWidget(m_stackTitle);
    leftColumn->addWidget(m_stack, 1);

    m_lock->setObjectName(QStringLiteral("timeLock"));
    m_lock->setText(tr("Lock time"));
    m_lock->setToolTip(tr("Scrolling one session scrolls the other to the same time"));
    m_lock->setCheckable(true);
    m_lock->setAutoRaise(true);
    auto *close = new QToolButton(this);
    close->setObjectName(QStringLiteral("endBeside"));
    close->setIcon(Theme::icon(Theme::Icon::Remove));
    close->setToolTip(tr("Show one session alone again"));
    close->setAutoRaise(true);
    QWidget *title = buildTitle(m_besideName);
    title->layout()->addWidget(m_lock);
    title->layout()->addWidget(close);
    m_stackTitle->setFixedHeight(title->sizeHint().height()); // Both on one line
    m_holder->setObjectName(QStringLiteral("besideHolder"));
    m_holderColumn = new QVBoxLayout(m_holder);
    m_holderColumn->setContentsMargins(0, 0, 0, 0);
    m_holderColumn->setSpacing(0);
    m_holderColumn->addWidget(title);

    m_columns->addWidget(left);
    m_columns->addWidget(m_holder);
    m_columns->setChildrenCollapsible(false);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_columns);
    m_stackTitle->hide();
    m_holder->hide();

    connect(m_lock, &QToolButton::toggled, this, &PageArea::timeLockChanged);
    connect(close, &QToolButton::clicked, this, &PageArea::endBeside);
    connect(m_stack, &QStackedWidget::currentChanged, this, &PageArea::updateTitles);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, const QWidget *now) { onFocus(now); });
}

QWidget *PageArea::buildTitle(QLabel *name)
{
    auto *title = new QWidget(this);
    auto *row = new QHBoxLayout(title);
    row->setContentsMargins(8, 1, 4, 1);
    name->setTextFormat(Qt::PlainText);
    name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    row->addWidget(name, 1);
    return title;
}

void PageArea::showBeside(SessionPage *page)
{
    endBeside();
    m_stack->removeWidget(page);
    m_beside = page;
    m_holderColumn->addWidget(page, 1);
    page->show();
    m_holder->show();
    m_stackTitle->show();
    m_columns->setSizes({width() / 2, width() - width() / 2});
    updateTitles();
    Q_EMIT besideChanged();
}

void PageArea::endBeside()
{
    if (!m_beside) {
        return;
    }
    SessionPage *page = std::exchange(m_beside, nullptr);
    m_holderColumn->removeWidget(page);
    m_stack->addWidget(page);
    m_holder->hide();
    m_stackTitle->hide();
    if (std::exchange(m_isBesideActive, false)) {
        m_stack->setCurrentWidget(page); // What the user was at stays
    }
    Q_EMIT besideChanged();
}

SessionPage *PageArea::active() const
{
    return m_isBesideActive ? m_beside : qobject_cast<SessionPage *>(m_stack->currentWidget());
}

void PageArea::activateBeside()
{
    setBesideActive(m_beside != nullptr);
}

void PageArea::activateStack()
{
    setBesideActive(false);
}

void PageArea::setBesideActive(bool isActive)
{
    m_isBesideActive = isActive;
    updateTitles();
}

void PageArea::onFocus(const QWidget *now)
{
    if (!m_beside || !now) {
        return;
    }
    const bool isBeside = m_holder->isAncestorOf(now);
    auto *stacked = qobject_cast<SessionPage *>(m_stack->currentWidget());
    const bool isStacked = stacked && stacked->isAncestorOf(now);
    if (isBeside ? m_isBesideActive : !isStacked || !m_isBesideActive) {
        return;
    }
    setBesideActive(isBeside);
    Q_EMIT activated(active());
}

void PageArea::updateTitles()
{
    if (!m_beside) {
        return;
    }
    const auto *page = qobject_cast<SessionPage *>(m_stack->currentWidget());
    m_stackName->setText(page ? page->item().name() : QString());
    m_besideName->setText(m_beside->item().name());
    QFont bold = font();
    bold.setBold(true);
    m_stackName->setFont(m_isBesideActive ? font() : bold);
    m_besideName->setFont(m_isBesideActive ? bold : font());
}

void PageArea::setTimeLocked(bool isLocked)
{
    m_lock->setChecked(isLocked);
}

bool PageArea::isTimeLocked() const
{
    return m_lock->isChecked();
}

void PageArea::follow(SessionPage &page)
{
    connect(&page.view(), &TrafficView::scrolledToTime, this, [this, &page](qint64 time) {
        auto *stacked = qobject_cast<SessionPage *>(m_stack->currentWidget());
        if (!m_beside || !stacked || !m_lock->isChecked()) {
            return;
        }
        (&page == m_beside ? stacked : m_beside)->view().showTime(time);
    });
}

} // namespace Sidewire
