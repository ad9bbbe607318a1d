// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QWidget>

#include <chrono>

class QLabel;
class QPushButton;
class QSpinBox;

namespace Sidewire {

/// "every [1000 ms] × [10] (Repeat)": how often and how many times. While a repetition runs, the one button stops it and
/// says how many are left.
class RepeatBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RepeatBar)

public:
    explicit RepeatBar(QWidget *parent = nullptr);

    std::chrono::milliseconds interval() const;
    qint64 count() const; ///< 0: until stopped

    void setLeft(qint64 left); ///< 0: none; -1: without end

Q_SIGNALS:
    void repeatRequested();
    void stopRequested();

private:
    QSpinBox *m_interval;
    QSpinBox *m_count;
    QPushButton *m_repeat;
    QPushButton *m_stop;
};

} // namespace Sidewire
