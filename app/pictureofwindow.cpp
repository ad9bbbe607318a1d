// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "pictureofwindow.h"

#include "app/console.h"
#include "ui/mainwindow/mainwindow.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPixmap>

namespace Sidewire {

namespace {

constexpr qint64 Quiet = 600; // ms without a change; an open session's clock moves once a second
constexpr qint64 Longest = 20'000; // ms until the picture is taken anyway
constexpr int LookInterval = 50; // ms

} // namespace

PictureOfWindow::PictureOfWindow(MainWindow &window, QStringList sends, QString path, QObject *parent)
    : QObject(parent)
    , m_window(window)
    , m_sends(std::move(sends))
    , m_path(std::move(path))
{
    m_sinceStart.start();
    m_sinceChange.start();
    connect(&m_timer, &QTimer::timeout, this, &PictureOfWindow::look);
    m_timer.start(LookInterval);
}

void PictureOfWindow::look()
{
    const QString state = m_window.stateText();
    if (state != m_lastState) {
        m_lastState = state;
        m_sinceChange.restart();
    }
    if (m_sinceChange.elapsed() < Quiet && m_sinceStart.elapsed() < Longest) {
        return;
    }
    if (!m_sends.isEmpty()) {
        m_window.sendText(m_sends.takeFirst());
        m_sinceChange.restart();
        return;
    }
    if (!m_hasSelected) {
        selectLastMessage();
        m_sinceChange.restart();
        return;
    }
    m_timer.stop();
    save();
}

void PictureOfWindow::selectLastMessage()
{
    m_hasSelected = true;
    for (auto *const view : m_window.findChildren<QWidget *>(QStringLiteral("messageView"))) {
        if (view->isVisible()) {
            QKeyEvent press(QEvent::KeyPress, Qt::Key_PageDown, Qt::NoModifier);
            QCoreApplication::sendEvent(view, &press);
        }
    }
}

void PictureOfWindow::save()
{
    const bool isSaved = m_window.grab().save(m_path, "PNG");
    if (!isSaved) {
        Console::printError(QStringLiteral("cannot write %1").arg(m_path));
    }
    QApplication::exit(isSaved ? ExitDone : ExitUsage);
}

} // namespace Sidewire
