// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>

#include <memory>
#include <optional>

namespace Sidewire {

class SessionLog;

/// When the first frame of the window, and the first one that shows messages with their text, were handed to the display,
/// and when the log of these was indexed to its end: milliseconds since the process started (on Linux, to 10 ms; elsewhere
/// since this object was made). For `--measure-ui`.
class FirstFrames final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FirstFrames)

public:
    /// Looks at the events of the application until it has seen all.
    explicit FirstFrames(QObject *parent = nullptr);

    std::optional<qint64> frame() const { return m_frame; }
    std::optional<qint64> rows() const { return m_rows; }
    std::optional<qint64> indexed() const { return m_indexed; } ///< As of the first frame that could show it all

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void shown(); ///< The first frame

private:
    void onFrame();
    qint64 sinceStart() const;

    qint64 m_start;
    std::optional<qint64> m_frame;
    std::optional<qint64> m_rows;
    std::optional<qint64> m_indexed;
    std::shared_ptr<const SessionLog> m_log; ///< Whose rows were shown first, until it is indexed
};

} // namespace Sidewire
