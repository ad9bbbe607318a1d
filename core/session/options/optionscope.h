// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/scheme.h"

#include <QLatin1String>

#include <initializer_list>

namespace Sidewire {

/// The kinds of session that an option means something to, and their name in a sentence.
class OptionScope final
{
public:
    constexpr OptionScope(const char *name, std::initializer_list<Scheme> clients,
                          std::initializer_list<Scheme> listeners)
        : m_name(name)
    {
        for (const Scheme scheme : clients) {
            m_clients |= bit(scheme);
        }
        for (const Scheme scheme : listeners) {
            m_listeners |= bit(scheme);
        }
    }

    constexpr QLatin1String name() const { return QLatin1String(m_name); }
    constexpr bool contains(Scheme scheme, Role role) const
    {
        return ((role == Role::Client ? m_clients : m_listeners) & bit(scheme)) != 0;
    }

private:
    static constexpr unsigned bit(Scheme scheme) { return 1U << static_cast<unsigned>(scheme); }

    const char *m_name;
    unsigned m_clients = 0;
    unsigned m_listeners = 0;
};

} // namespace Sidewire
