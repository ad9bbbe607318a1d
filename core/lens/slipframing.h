// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/framing.h"

namespace Sidewire {

/// SLIP (RFC 1055): frames between END bytes (0xc0). The content is as on the wire, ESC sequences included.
class SlipFraming final : public Framing
{
public:
    static constexpr qint64 MaxEnds = 1024 * 1024; ///< END bytes in a row that count as the beginning of one frame

    Step feed(QByteArrayView bytes) override;
    qint64 header() const override { return m_ends; }
    qint64 trailer() const override { return m_isComplete ? 1 : 0; }
    bool hasBegun() const override { return m_hasContent; }
    void restart() override;
    Result<QByteArray> wrap(QByteArrayView content) const override;

    /// The packet in the content of a frame: ESC ESC_END is END, ESC ESC_ESC is ESC, anything else stays as it is.
    static QByteArray unescaped(QByteArrayView content);

private:
    qint64 m_ends = 0; ///< Before the content
    bool m_hasContent = false;
    bool m_isComplete = false;
};

} // namespace Sidewire
