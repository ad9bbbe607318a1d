// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/decode/checksums.h"
#include "core/index/sessionlog.h"
#include "ui/views/trafficselection.h"

#include <atomic>
#include <memory>

namespace Sidewire {

/// What can be said of selected bytes.
struct SelectionFacts
{
    qint64 records = 0; ///< Reads, writes or datagrams that hold some of them
    qint64 elapsed = 0; ///< Nanoseconds from the first of those to the last
    qint64 summed = 0; ///< Bytes that the checksums are of; fewer than selected past SelectionFactsJob::MaxBytes
    Checksums checksums;
    QByteArray start; ///< The first bytes, for the numbers that they may be

    friend bool operator==(const SelectionFacts &, const SelectionFacts &) = default;
};

/// Finds them. Reads the disk: for a worker.
struct SelectionFactsJob
{
    static constexpr qint64 MaxBytes = qint64(1) << 30; ///< Some seconds

    std::shared_ptr<const SessionLog> log;
    TrafficSelection selection;
    std::shared_ptr<std::atomic<bool>> isCancelled = std::make_shared<std::atomic<bool>>(false);

    /// What was found until it was cancelled.
    SelectionFacts run() const;
};

} // namespace Sidewire
