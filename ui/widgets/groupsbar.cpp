// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "groupsbar.h"

#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace Sidewire {

namespace {

QString nameOf(const GroupMembership &group)
{
    return group.interface.isEmpty() ? group.group : QStringLiteral("%1 %2").arg(group.group, group.interface);
}

} // namespace

GroupsBar::GroupsBar(QWidget *parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
    , m_join(new QToolButton(this))
{
    setObjectName(QStringLiteral("groupsBar"));
    m_join->setObjectName(QStringLiteral("joinGroup"));
    m_join->setText(tr("Join a group…"));
    m_join->setIcon(Theme::icon(Theme::Icon::Add));
    m_join->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_join->setAutoRaise(true);
    m_row->setContentsMargins(8, 0, 6, 2);
    m_row->addStretch();
    m_row->addWidget(m_join);
    connect(m_join, &QToolButton::clicked, this, &GroupsBar::joinRequested);
    rebuild();
}

void GroupsBar::setGroups(const std::vector<GroupMembership> &groups)
{
    if (groups != m_groups) {
        m_groups = groups;
        rebuild();
    }
}

void GroupsBar::setChangeable(bool isChangeable)
{
    if (isChangeable != m_isChangeable) {
        m_isChangeable = isChangeable;
        rebuild();
    }
}

void GroupsBar::rebuild()
{
    if (m_shown) {
        m_shown->hide();
        m_shown->deleteLater(); // One of its buttons may be the reason
    }
    m_shown = new QWidget(this);
    auto *row = new QHBoxLayout(m_shown);
    row->setContentsMargins(0, 0, 0, 0);
    auto *title = new QLabel(m_groups.empty() ? tr("No multicast groups joined") : tr("Multicast groups:"), m_shown);
    title->setObjectName(QStringLiteral("groupsTitle"));
    row->addWidget(title);
    for (const GroupMembership &group : m_groups) {
        auto *leave = new QToolButton(m_shown);
        leave->setObjectName(QStringLiteral("leaveGroup"));
        leave->setText(nameOf(group));
        leave->setIcon(m_isChangeable ? Theme::icon(Theme::Icon::Remove) : QIcon());
        leave->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        leave->setLayoutDirection(Qt::RightToLeft); // The cross comes after the name
        leave->setAutoRaise(true);
        leave->setEnabled(m_isChangeable);
        leave->setToolTip(tr("Leave %1").arg(nameOf(group)));
        leave->setAccessibleName(leave->toolTip());
        connect(leave, &QToolButton::clicked, this, [this, group] { Q_EMIT leaveRequested(group); });
        row->addWidget(leave);
    }
    m_row->insertWidget(0, m_shown);
    m_shown->show();
    m_join->setVisible(m_isChangeable);
}

} // namespace Sidewire
