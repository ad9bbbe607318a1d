// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/capture/capturefile.h"
#include "core/capture/readwindow.h"

#include <QByteArrayView>

namespace Sidewire {

/// Reads the payloads of records that lie one behind the other with few large reads instead of one for each.
class PayloadWindow
{
public:
    explicit PayloadWindow(const CaptureFile &file)
        : m_window(file)
    {}

    /// Bytes [offset, offset + length) of the file; valid until the next call.
    Result<QByteArrayView> bytes(qint64 offset, qint64 length);

private:
    ReadWindow m_window;
};

} // namespace Sidewire
