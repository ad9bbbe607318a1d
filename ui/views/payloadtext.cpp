// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "payloadtext.h"

#include "ui/theme/theme.h"

#include <QEvent>

namespace Sidewire {

PayloadText::PayloadText(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setFrameShape(QFrame::NoFrame);
    setWordWrapMode(QTextOption::WrapAnywhere);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFont(Theme::fixedFont());
}

QString PayloadText::breakLongLines(const QString &text)
{
    QString broken;
    broken.reserve(text.size() + text.size() / MaxLine);
    qsizetype column = 0;
    for (const QChar character : text) {
        if (column >= MaxLine && character != u'\n' && !character.isLowSurrogate()) {
            broken += u'\n';
            column = 0;
        }
        broken += character;
        column = character == u'\n' ? 0 : column + 1;
    }
    return broken;
}

void PayloadText::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::ApplicationFontChange) {
        setFont(Theme::fixedFont());
    }
    QPlainTextEdit::changeEvent(event);
}

} // namespace Sidewire
