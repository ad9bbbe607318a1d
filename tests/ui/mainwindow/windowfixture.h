// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/engine.h"
#include "ui/mainwindow/mainwindow.h"

#include <QStackedWidget>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace Sidewire::TestSupport {

/// A main window of the usual size with an engine and a folder of its own, new for each test.
class WindowFixture
{
protected:
    void openWindow()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_engine = std::make_unique<Engine>();
        m_window = std::make_unique<MainWindow>(*m_engine,
                                                WindowPlaces{m_folder->filePath(QStringLiteral("settings.ini")),
                                                             m_folder->filePath(QStringLiteral("logs"))});
        m_window->resize(1366, 768);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    void closeWindow()
    {
        m_window.reset();
        m_engine.reset();
    }

    /// A widget of the page that is shown.
    template<typename T>
    T *onPage(const char *name) const
    {
        return m_window->findChild<QStackedWidget *>()->currentWidget()->findChild<T *>(QString::fromLatin1(name));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace Sidewire::TestSupport
