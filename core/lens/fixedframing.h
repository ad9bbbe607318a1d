// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/framing.h"

namespace Sidewire {

/// Messages of one size.
class FixedFraming final : public Framing
{
public:
    explicit FixedFraming(qint64 size)
        : m_size(size)
    {}

    Step feed(QByteArrayView bytes) override;
    void restart() override { m_seen = 0; }
    Result<QByteArray> wrap(QByteArrayView content) const override;

private:
    qint64 m_size;
    qint64 m_seen = 0;
};

} // namespace Sidewire
