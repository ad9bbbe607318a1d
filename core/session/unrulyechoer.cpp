// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "unrulyechoer.h"

#include <utility>

namespace Sidewire {

std::vector<QByteArray> UnrulyEchoer::fate(const QByteArray &datagram)
{
    std::vector<QByteArray> result;
    switch (m_random.bounded(10)) {
    case 0:
    case 1:
        break;
    case 2:
    case 3:
        result = {datagram, datagram};
        break;
    case 4:
    case 5:
        if (!m_held) {
            m_held = datagram;
            return {};
        }
        [[fallthrough]];
    default:
        result = {datagram};
    }
    if (m_held && !result.empty()) {
        result.push_back(*std::exchange(m_held, std::nullopt));
    }
    return result;
}

} // namespace Sidewire
