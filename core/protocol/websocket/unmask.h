// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace Sidewire {

/// The bytes of one message's span with every masked payload unmasked where it stands; headers and keys stay as they are,
/// so that each byte keeps its offset. The span may be cut off.
QByteArray unmaskFrames(QByteArrayView span);

/// The data frames of a message (of a control message: the one frame), one that is cut off included.
struct FrameSums
{
    qint64 frames = 0;
    qint64 payload = 0; ///< Bytes declared for them; no more than a stream can hold

    friend bool operator==(const FrameSums &, const FrameSums &) = default;
};
FrameSums sumFrames(QByteArrayView span);

} // namespace Sidewire
