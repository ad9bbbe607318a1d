// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/mergedmessages.h"
#include "ui/views/timeformat.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <memory>
#include <vector>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace Sidewire {

class DetailView;
class MergedView;
class SessionItem;

/// Several sessions on one time axis: one list of their messages, and the selected one in detail.
///
/// It reads their logs, so it goes on showing a session that was removed. Sessions can be hidden one by one. While the
/// end of the list is to be seen, it follows.
class MergedPage final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MergedPage)

public:
    explicit MergedPage(const std::vector<SessionItem *> &items, QWidget *parent = nullptr);

    void setTimeStyle(TimeStyle style);
    void focusPlace();

Q_SIGNALS:
    void closeRequested();

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Part
    {
        QString name;
        std::shared_ptr<SessionLog> log;
        QToolButton *button = nullptr; ///< Checked while it is shown
    };

    void addPart(SessionItem &item, QHBoxLayout &row);
    void paintSwatches();
    void makeMerged(); ///< Anew: other sessions are to be shown, or one has another lens
    bool hasOtherTables() const;
    void refresh();
    void select(qint64 row);
    void comeBack();

    std::vector<Part> m_parts;
    std::vector<std::size_t> m_shown; ///< Which part each source is
    std::shared_ptr<MergedMessages> m_merged;
    MergedView *m_view;
    DetailView *m_detail;
    QLabel *m_count;
    QTimer m_frame; ///< At most one refresh a frame; longer while messages wait for their time
    bool m_isFollowing = true;

    // What to come back to in a merge that was made anew
    qint64 m_topTime = -1;
    std::shared_ptr<const SessionLog> m_detailLog;
    qint64 m_currentNumber = -1; ///< Of the selected message, in the log of the detail
};

} // namespace Sidewire
