// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/presets.h"

#include <QTreeWidget>

namespace Sidewire {

/// The saved sessions, each with its target and an Open button. Everything is asked for by signals: who listens changes
/// the presets and shows them anew.
class PresetTree final : public QTreeWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PresetTree)

public:
    explicit PresetTree(QWidget *parent = nullptr);

    /// The preset that was current stays so, or the one in its place becomes it.
    void setPresets(const std::vector<Preset> &presets);

    QSize sizeHint() const override; ///< All rows up to a handful

Q_SIGNALS:
    void openRequested(const QString &name);
    void optionsRequested(const QString &name);
    void renameRequested(const QString &from, const QString &to);
    void duplicateRequested(const QString &name);
    void removeRequested(const QString &name);
    void moveRequested(const QString &name, int to);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QString currentName() const;
    void rename();
    void updateColors();
    void move(int by);
};

} // namespace Sidewire
