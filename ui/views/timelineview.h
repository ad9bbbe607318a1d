// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/sessionlog.h"
#include "ui/views/fixedtext.h"
#include "ui/views/logscrollarea.h"
#include "ui/views/timeformat.h"

#include <memory>

namespace Sidewire {

/// The events of a session, one row each: when, which connection, what happened. Stays at the newest while it is there.
class TimelineView final : public LogScrollArea
{
    Q_OBJECT

public:
    explicit TimelineView(QWidget *parent = nullptr);

    void setLog(std::shared_ptr<const SessionLog> log);
    void refresh();
    void setTimeStyle(TimeStyle style);

    qint64 lineCount() const override { return m_events; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void applyFont();
    void paintRow(QPainter &painter, qint64 row, int y);

    std::shared_ptr<const SessionLog> m_log;
    FixedText m_text;
    TimeFormat m_timeFormat;
    qint64 m_events = 0;
};

} // namespace Sidewire
