// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/models/statustext.h"

#include <QWidget>

namespace Sidewire {

/// The layers of a session side by side: name, state, time. Painted, so that a text from a peer is only ever text.
class StripCells final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StripCells)

public:
    explicit StripCells(QWidget *parent = nullptr);

    void setCells(const QList<StripCell> &cells);
    QString text() const; ///< "TCP ESTABLISHED 0.2 ms | WebSocket OPEN 3:12"

    QSize sizeHint() const override;

Q_SIGNALS:
    void clicked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    QList<StripCell> m_cells;
};

} // namespace Sidewire
