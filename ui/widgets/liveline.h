// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QLabel>

namespace Sidewire {

/// One line of plain text in as much room as there is. What does not fit is left out from a space on, with "…", so that
/// a byte in hex is shown whole or not at all. The label's own text is always complete.
class LiveLine final : public QLabel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LiveLine)

public:
    explicit LiveLine(QWidget *parent = nullptr);

    enum class Style : quint8 { Bytes, Sentence, Problem };
    void say(const QString &text, Style style);

    QSize minimumSizeHint() const override;

    /// `text` as it is painted in `width` pixels.
    static QString cut(const QString &text, const QFontMetrics &metrics, int width);

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace Sidewire
