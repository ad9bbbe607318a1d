// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <condition_variable>
#include <mutex>

namespace Sidewire::Bench {

/// Lets one thread wait until another has something for it.
class WakeUp
{
public:
    void ring()
    {
        const std::lock_guard lock(m_mutex);
        m_hasRung = true;
        m_changed.notify_one();
    }

    /// Returns at once when it has been rung since the last wait().
    void wait()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_hasRung; });
        m_hasRung = false;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_hasRung = false;
};

} // namespace Sidewire::Bench
