// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"

#include <QtGlobal>

#include <cstddef>
#include <map>
#include <mutex>
#include <utility>

namespace Sidewire {

/// Takes the results of workers that finish in any order, one at a time in the order of their numbers, which begin at 0.
template<typename T>
class InOrder
{
public:
    /// Calls `take` with this result, when it is its turn, and with those that waited for it. False when so many wait for
    /// another worker's that this worker shall not add to them.
    template<typename Take>
    Result<bool> add(qint64 number, T result, Take take)
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.emplace(number, std::move(result));
        for (auto next = m_waiting.find(m_next); next != m_waiting.end(); next = m_waiting.find(m_next)) {
            if (Result<void> taken = take(next->second); !taken) {
                return taken.error();
            }
            m_waiting.erase(next);
            ++m_next;
        }
        return m_waiting.size() < MaxWaiting;
    }

private:
    static constexpr std::size_t MaxWaiting = 16;

    std::mutex m_mutex;
    std::map<qint64, T> m_waiting;
    qint64 m_next = 0;
};

} // namespace Sidewire
