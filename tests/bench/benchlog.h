// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "wakeup.h"

#include "core/capture/capturewriter.h"

#include <memory>

namespace Sidewire::Bench {

/// Writes a log as a session with one connection would have, as fast as the disk takes it.
class BenchLog
{
public:
    /// The reason on standard error and status 1 when the file cannot be made.
    BenchLog(const QString &path, Transport transport);

    /// A record that came in, a microsecond after the one before. Waits until there is room.
    void append(QByteArrayView payload);

private:
    WakeUp m_room; ///< Outlives the writer, whose thread rings it
    std::unique_ptr<CaptureWriter> m_writer;
    qint64 m_time;
};

} // namespace Sidewire::Bench
