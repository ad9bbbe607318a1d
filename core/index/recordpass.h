// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capturereader.h"
#include "core/index/logtables.h"

#include <memory>

namespace Sidewire {

/// The first pass of the indexer: what the reader finds in the file becomes rows of records, events and connections.
class RecordPass final : private CaptureVisitor
{
public:
    RecordPass(std::unique_ptr<CaptureReader> reader, LogTables &tables);

    const CaptureReader &reader() const { return *m_reader; }

    /// Reads one bounded batch and publishes it. A disk that is full or broken ends it for good, with nothing of that batch
    /// published.
    Result<CaptureReader::Status> step();

private:
    void onRecord(const CaptureRecord &record) override;
    void onEvent(const Event &event) override;
    Result<void> publish();

    std::unique_ptr<CaptureReader> m_reader;
    LogTables &m_tables;
    std::optional<Error> m_error;
};

} // namespace Sidewire
