// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QDialog>
#include <QStringList>

#include <vector>

class QListWidget;
class QPushButton;

namespace Sidewire {

/// Asks which sessions to merge: at least two of them.
class MergeDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MergeDialog)

public:
    /// `names` of all sessions that have a log; those of `checked` are chosen to begin with.
    MergeDialog(const QStringList &names, const std::vector<int> &checked, QWidget *parent = nullptr);

    std::vector<int> chosen() const; ///< Places in `names`

private:
    void updateButton();

    QListWidget *m_list;
    QPushButton *m_merge = nullptr;
};

} // namespace Sidewire
