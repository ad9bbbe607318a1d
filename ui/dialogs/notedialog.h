// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QDialog>

class QPlainTextEdit;

namespace Sidewire {

/// The note of a bookmark, to write or to change. Ctrl+Enter keeps it, like the composer sends.
class NoteDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NoteDialog)

public:
    /// `place` names what the note is on.
    NoteDialog(const QString &place, const QString &text, QWidget *parent = nullptr);

    QString text() const;

private:
    QPlainTextEdit *m_text;
};

} // namespace Sidewire
