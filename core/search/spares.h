// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace Sidewire {

/// What each worker needs one of, as long as it works: kept for the next one. Thread-safe.
template<typename T>
class Spares
{
public:
    /// One that nobody has just now, or a new one from `make`.
    template<typename Make>
    T take(Make make)
    {
        std::optional<T> spare;
        {
            const std::lock_guard lock(m_mutex);
            if (!m_spares.empty()) {
                spare = std::move(m_spares.back());
                m_spares.pop_back();
            }
        }
        return spare ? std::move(*spare) : make();
    }

    void giveBack(T spare)
    {
        const std::lock_guard lock(m_mutex);
        m_spares.push_back(std::move(spare));
    }

private:
    std::mutex m_mutex;
    std::vector<T> m_spares;
};

} // namespace Sidewire
