// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QPlainTextEdit>

namespace Sidewire {

/// Text of a payload in the fixed font, to be read and copied. A line end is put after each MaxLine characters of a longer
/// line: an editor lays out whole lines at once, and one of a megabyte would stop the window for half a second.
class PayloadText final : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit PayloadText(QWidget *parent = nullptr);

    static constexpr qsizetype MaxLine = 4096;

    /// The text as setPlainText() takes it; for a worker.
    static QString breakLongLines(const QString &text);

protected:
    void changeEvent(QEvent *event) override;
};

} // namespace Sidewire
