// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

#include <atomic>
#include <functional>
#include <mutex>

namespace Sidewire {

/// Tells one listener that there is something new, once until it answers: however often it rings, a busy window has one
/// call to come. Thread-safe.
class Doorbell
{
public:
    Doorbell() = default;
    Q_DISABLE_COPY_MOVE(Doorbell)

    /// Called at once if it rang while nobody listened. Once this has returned the old listener is not running any more.
    void setListener(std::function<void()> listener);

    void ring();
    void answer() { m_hasRung.store(false, std::memory_order_seq_cst); }

private:
    std::atomic<bool> m_hasRung = false;
    std::mutex m_mutex;
    std::function<void()> m_listener;
};

} // namespace Sidewire
