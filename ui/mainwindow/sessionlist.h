// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QListView>

namespace Sidewire {

/// The sessions at the left: mark, name, and a listener's clients. Narrow, it shows the marks alone.
class SessionList final : public QListView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SessionList)

public:
    explicit SessionList(QWidget *parent = nullptr);

    QSize sizeHint() const override { return {200, 200}; }
    QSize minimumSizeHint() const override { return {36, 60}; }
};

} // namespace Sidewire
