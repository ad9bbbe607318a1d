// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/sessionlog.h"
#include "ui/views/trafficselection.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <optional>

namespace Sidewire {

enum class CopyFormat { Text, Hex, HexDump, Base64, CArray };

/// What is to be copied: bytes as they crossed the socket, or the content of a message. Reads the disk: for a worker.
struct CopyJob
{
    std::shared_ptr<const SessionLog> log;
    TrafficSelection selection;
    std::optional<Message> message; ///< With it its content is copied
    CopyFormat format = CopyFormat::Text;

    /// More bytes than this are cut off, because a clipboard holds everything in memory, in several forms.
    qint64 limit() const;

    struct Result
    {
        QString text;
        qint64 bytes = 0;
        bool isCut = false;
    };
    Result run() const;
};

QString toText(QByteArrayView bytes, CopyFormat format, qint64 firstOffset);

/// The bytes of a selection as they crossed the socket, at most `limit` of them. Waits for the disk.
QByteArray readSelection(const SessionLog &log, const TrafficSelection &selection, qint64 limit);

} // namespace Sidewire
