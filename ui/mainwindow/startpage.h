// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/presets.h"
#include "ui/models/logstore.h"

#include <QStringList>
#include <QWidget>

class QLabel;
class QListWidget;
class QVBoxLayout;

namespace Sidewire {

class PresetTree;

/// What the window shows while no session is selected: the ways to begin.
class StartPage final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StartPage)

public:
    explicit StartPage(QWidget *parent = nullptr);

    PresetTree &presets() { return *m_presets; }
    void setPresets(const std::vector<Preset> &presets); ///< None: the list is not shown

    void setRecentTargets(const QStringList &targets);

    /// Logs that were left by a program that was interrupted are marked, and a sentence offers them.
    void setLogs(const QList<StoredLog> &logs);

Q_SIGNALS:
    void echoRequested(const QString &peerId); ///< Start the peer and connect to it
    void peerRequested(const QString &peerId); ///< Start it only
    void listenRequested();
    void openLogRequested();
    void targetRequested(const QString &target);
    void logRequested(const QString &path);

private:
    QWidget *buildEchoes();
    QWidget *buildPeers();
    QWidget *buildOthers();
    QWidget *buildPresets();
    QWidget *buildLists();
    QListWidget *buildList(const char *name, const QString &title, QVBoxLayout *column);

    void showList(QListWidget *list); ///< An empty list is not shown

    PresetTree *m_presets = nullptr;
    QWidget *m_presetPart = nullptr;
    QLabel *m_leftovers = nullptr;
    QListWidget *m_targets = nullptr;
    QListWidget *m_logs = nullptr;
};

} // namespace Sidewire
