// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace Sidewire {

class SessionLog;

/// The line below a session: what is recorded, whether the views follow, what was lost, what broke a rule.
class StatusLine final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StatusLine)

public:
    explicit StatusLine(QWidget *parent = nullptr);

    /// `filterError`: what ended the work of a filter, so that rows may be missing; empty when all is well.
    void setLog(const SessionLog &log, const QString &filterError = {});
    void setFollowing(bool isFollowing, qint64 newMessages);
    void setSelection(const QString &facts);
    void setUnsaved(std::size_t bookmarks) { m_unsaved = bookmarks; } ///< Said with the next setLog()

Q_SIGNALS:
    void followRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void setRecording(const SessionLog &log, const QString &filterError);
    void updateColors();

    QLabel *m_recording;
    QLabel *m_selection;
    QToolButton *m_following;
    QLabel *m_dropped;
    QLabel *m_violations;
    std::size_t m_unsaved = 0;
    bool m_hasTrouble = false;
    bool m_hasDropped = false;
    bool m_hasViolations = false;
};

} // namespace Sidewire
