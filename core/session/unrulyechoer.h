// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QRandomGenerator>

#include <optional>
#include <vector>

namespace Sidewire {

/// Decides what an unruly network does to datagrams: of ten about two are lost, two come twice and two are overtaken by
/// the next. The same seed gives the same fate.
class UnrulyEchoer
{
public:
    explicit UnrulyEchoer(quint32 seed)
        : m_random(seed)
    {}

    /// What to send now that `datagram` has come.
    std::vector<QByteArray> fate(const QByteArray &datagram);

private:
    QRandomGenerator m_random;
    std::optional<QByteArray> m_held; ///< Overtaken: it follows the next
};

} // namespace Sidewire
