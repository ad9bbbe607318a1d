// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capturereader.h"

#include <QByteArray>
#include <QStringList>

#include <vector>

namespace Sidewire::TestSupport {

/// All that a log holds, with the payloads, for comparing.
class CaptureLog final : public CaptureVisitor
{
public:
    std::vector<CaptureRecord> records;
    std::vector<Event> events;
    QStringList rows; ///< One line for each in the order they came: "0 out @5 hello", "retransmitted 3 @0"

    void onRecord(const CaptureRecord &record) override;
    void onEvent(const Event &event) override;

    /// Reads everything there is; the rows hold payloads when `file` is given.
    CaptureReader::Status readAll(CaptureReader &reader, const CaptureFile *file = nullptr);

    /// The bytes of one direction, gaps left out.
    QByteArray stream(const CaptureFile &file, ConnectionId connection, Direction direction) const;

    QStringList messages() const; ///< Of the events

private:
    const CaptureFile *m_file = nullptr;
};

QByteArray payload(const CaptureFile &file, const CaptureRecord &record);

} // namespace Sidewire::TestSupport
