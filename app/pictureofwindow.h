// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QStringList>
#include <QTimer>

namespace Sidewire {

class MainWindow;

/// Saves a picture of the window once nothing in it changes any more, then ends the program. Before that it sends each of
/// the texts, as if they had been typed, and selects the last message. For `--screenshot`.
class PictureOfWindow final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PictureOfWindow)

public:
    PictureOfWindow(MainWindow &window, QStringList sends, QString path, QObject *parent = nullptr);

private:
    void look();
    void selectLastMessage();
    void save();

    MainWindow &m_window;
    QStringList m_sends;
    QString m_path;
    QString m_lastState;
    QElapsedTimer m_sinceStart;
    QElapsedTimer m_sinceChange;
    QTimer m_timer;
    bool m_hasSelected = false;
};

} // namespace Sidewire
