// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "payloadwindow.h"

namespace Sidewire {

Result<QByteArrayView> PayloadWindow::bytes(qint64 offset, qint64 length)
{
    if (const char *bytes = m_window.at(offset, length)) {
        return QByteArrayView(bytes, length);
    }
    return Error{Error::Code::Io, QStringLiteral("The log could not be read at byte %1").arg(offset)};
}

} // namespace Sidewire
