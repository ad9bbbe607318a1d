// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArrayView>

#include <cstdio>
#include <cstdlib>

namespace Sidewire::Fuzz {

/// Ends the run as a finding unless `holds`; `rule` says what should have held.
inline void check(bool holds, const char *rule)
{
    if (!holds) {
        std::fprintf(stderr, "broken: %s\n", rule);
        std::abort();
    }
}

/// Where to cut the bytes of an input: always the same places for the same input, so that a finding can be run again.
class Splitter
{
public:
    void mix(QByteArrayView input)
    {
        for (const char byte : input) { // FNV-1a
            m_state = (m_state ^ static_cast<quint8>(byte)) * 0x100000001b3;
        }
    }

    /// The size of the next piece: mostly small, at least 1.
    qsizetype next()
    {
        m_state = m_state * 6364136223846793005 + 1442695040888963407;
        const quint64 random = m_state >> 33;
        return static_cast<qsizetype>(1 + ((random & 7) == 0 ? random % 300 : random % 9));
    }

private:
    quint64 m_state = 0xcbf29ce484222325;
};

} // namespace Sidewire::Fuzz
