// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/firstframes.h"
#include "core/base/result.h"

#include <QObject>

#include <array>
#include <atomic>
#include <thread>

namespace Sidewire {

/// Measures how late the event loop of its thread answers, from the first frame on: a thread of its own posts a call every
/// 5 ms and looks when it runs. While one is waiting no other is posted, but those that would have waited behind it are
/// counted, so that a long stop does not pass for a single late answer. For `--measure-ui`.
class UiMeter final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(UiMeter)

public:
    explicit UiMeter(QObject *parent = nullptr);
    ~UiMeter() override;

    /// Stops, and writes one JSON object: samples; p50, p99, p999 and worst in milliseconds; and firstFrame, firstRows and
    /// indexed, milliseconds since the process started, or null.
    Result<void> finish(const QString &path);

private:
    void measure();
    void count(qint64 late);
    double percentile(double fraction) const;

    static constexpr int BucketCount = 100'000; ///< Of 10 microseconds each: up to one second, the last one is "longer"
    std::array<quint32, BucketCount> m_buckets{};
    qint64 m_samples = 0;
    qint64 m_worst = 0; ///< Nanoseconds
    std::atomic<qint64> m_asked = 0; ///< When the pending call was posted; 0 when it was answered
    std::atomic<bool> m_isStopping = false;
    FirstFrames m_firstFrames;
    std::thread m_thread; ///< From the first frame on
};

} // namespace Sidewire
