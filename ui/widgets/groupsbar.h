// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/sessioninfo.h"

#include <QWidget>

#include <vector>

class QHBoxLayout;
class QToolButton;

namespace Sidewire {

/// The multicast groups that a UDP port has joined: each can be left, others joined.
class GroupsBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GroupsBar)

public:
    explicit GroupsBar(QWidget *parent = nullptr);

    void setGroups(const std::vector<GroupMembership> &groups);
    void setChangeable(bool isChangeable); ///< False once the port is closed

Q_SIGNALS:
    void joinRequested();
    void leaveRequested(const Sidewire::GroupMembership &group);

private:
    void rebuild();

    std::vector<GroupMembership> m_groups;
    bool m_isChangeable = true;
    QHBoxLayout *m_row;
    QWidget *m_shown = nullptr; ///< Made anew when the groups change
    QToolButton *m_join;
};

} // namespace Sidewire
