// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "wakeup.h"

#include "core/index/sessionlog.h"

#include <cstdio>
#include <cstdlib>
#include <memory>

namespace Sidewire::Bench {

[[noreturn]] inline void fail(const QString &text)
{
    std::fprintf(stderr, "%s\n", qPrintable(text));
    std::exit(1);
}

/// A log opened as the window does, for a loop that looks whenever it rings. Ends the program where something is wrong.
class WatchedLog
{
public:
    explicit WatchedLog(const QString &path, const LensSpec &lens = {})
    {
        auto opened = SessionLog::open(path, lens);
        if (!opened) {
            fail(opened.error().detail);
        }
        m_log = std::move(opened).value();
        m_log->setDoorbell([this] { m_bell.ring(); });
        m_log->answerDoorbell(); // It may have rung before
    }
    ~WatchedLog() { m_log->setDoorbell({}); }
    Q_DISABLE_COPY_MOVE(WatchedLog)

    const std::shared_ptr<SessionLog> &get() const { return m_log; }
    SessionLog *operator->() const { return m_log.get(); }

    void waitForRing()
    {
        if (const QString error = m_log->indexError(); !error.isEmpty()) {
            fail(error);
        }
        m_bell.wait();
        m_log->answerDoorbell();
    }

private:
    WakeUp m_bell; ///< Outlives the log, whose threads ring it
    std::shared_ptr<SessionLog> m_log;
};

} // namespace Sidewire::Bench
