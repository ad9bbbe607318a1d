// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>

#include <optional>

namespace Sidewire {

/// When the first frame of the window, and the first one that shows messages, were handed to the display: milliseconds
/// since the process started (on Linux, to 10 ms; elsewhere since this object was made). For `--measure-ui`.
class FirstFrames final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FirstFrames)

public:
    /// Looks at the events of the application until it has seen both.
    explicit FirstFrames(QObject *parent = nullptr);

    std::optional<qint64> frame() const { return m_frame; }
    std::optional<qint64> rows() const { return m_rows; }

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void shown(); ///< The first frame

private:
    void onFrame();
    void onRows();

    qint64 m_start;
    std::optional<qint64> m_frame;
    std::optional<qint64> m_rows;
};

} // namespace Sidewire
