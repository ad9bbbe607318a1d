// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/settings/payload.h"

#include <QPlainTextEdit>

namespace Sidewire {

/// The composer's field: grows with its lines up to a limit, sends on Enter from one line.
///
/// Text leaves as it came: the line ends of what is pasted are remembered (Qt would make them all LF).
class ComposerEdit final : public QPlainTextEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ComposerEdit)

public:
    explicit ComposerEdit(QWidget *parent = nullptr);

    QString text() const; ///< With \n, and nothing else changed (a no-break space stays one)
    LineEnding innerEnding() const { return m_innerEnding; }
    void setText(const QString &text, LineEnding innerEnding = LineEnding::Lf);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void submitted();
    void olderRequested(); ///< Up on the first line
    void newerRequested(); ///< Down on the last line

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    void insertFromMimeData(const QMimeData *source) override;

private:
    bool takeEnter(const QKeyEvent &event);
    bool takeHistory(const QKeyEvent &event);

    LineEnding m_innerEnding = LineEnding::Lf;
    bool m_isComposing = false; ///< An input method has a text that is not confirmed yet
};

} // namespace Sidewire
