// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "doorbell.h"

namespace Sidewire {

void Doorbell::setListener(std::function<void()> listener)
{
    const std::lock_guard lock(m_mutex);
    m_listener = std::move(listener);
    if (m_listener && m_hasRung) {
        m_listener();
    }
}

void Doorbell::ring()
{
    if (!m_hasRung.exchange(true)) {
        const std::lock_guard lock(m_mutex);
        if (m_listener) {
            m_listener();
        }
    }
}

} // namespace Sidewire
