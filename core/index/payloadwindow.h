// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/capture/capturefile.h"

#include <QByteArrayView>

#include <vector>

namespace Sidewire {

/// Reads the payloads of records that lie one behind the other with few large reads instead of one for each.
class PayloadWindow
{
public:
    explicit PayloadWindow(const CaptureFile &file)
        : m_file(file)
    {}

    /// Bytes [offset, offset + length) of the file; valid until the next call.
    Result<QByteArrayView> bytes(qint64 offset, qint64 length);

private:
    const CaptureFile &m_file;
    std::vector<char> m_buffer;
    qint64 m_begin = 0;
    qint64 m_end = 0;
};

} // namespace Sidewire
