// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QPlainTextEdit>
#include <QTimer>

namespace Sidewire {

/// Text of a payload in the fixed font, to be read and copied. A line end is put after each MaxLine characters of a longer
/// line: an editor lays out whole lines at once, and one of a megabyte would stop the window for half a second.
class PayloadText final : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit PayloadText(QWidget *parent = nullptr);

    static constexpr qsizetype MaxLine = 4096;

    /// Shows it instead of the text before: its beginning at once, the rest in later turns, for an editor takes long to
    /// take over a megabyte. What the two begin with stays as it is, and so do place and selection in it.
    void showText(const QString &text);

    /// The text as showText() takes it; for a worker.
    static QString breakLongLines(const QString &text);

protected:
    void changeEvent(QEvent *event) override;

private:
    qsizetype keepCommon(const QString &text);
    qsizetype endOfPiece() const;
    void append();

    QString m_text;
    qsizetype m_appended = 0; ///< Characters of it that the editor has
    QTimer m_nextTurn;
};

} // namespace Sidewire
