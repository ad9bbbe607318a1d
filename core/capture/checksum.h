// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

#include <span>

namespace Sidewire {

/// The checksum of IP, TCP and UDP (RFC 1071), eight bytes at a time.
///
/// Sums in the byte order of the machine, which gives the same bytes (RFC 1071, 2 B), so result() is stored as it is.
class Checksum
{
public:
    /// Adds `bytes`. Only the last piece may have an odd length.
    void add(std::span<const char> bytes);

    /// The sixteen bits to store, by memcpy.
    quint16 result() const;

private:
    quint64 m_sum = 0; // Folded after each piece, so that the next cannot overflow it
};

} // namespace Sidewire
