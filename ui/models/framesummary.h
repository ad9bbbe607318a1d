// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/sessionlog.h"

#include <QCoreApplication>
#include <QString>

#include <optional>

namespace Sidewire {

/// What is worth saying of a WebSocket message's frames: how many there are, where there are several, and what compression
/// (RFC 7692) has saved.
class FrameSummary
{
    Q_DECLARE_TR_FUNCTIONS(Sidewire::FrameSummary)

public:
    static constexpr qint64 MaxBytes = 256 * 1024; ///< Of a message that are looked at

    /// Nothing while the bytes are not in memory. Never waits.
    static std::optional<FrameSummary> of(const SessionLog &log, const Message &message);

    QString frames() const; ///< "3 frames"; empty for one
    QString compression() const; ///< "31 B compressed, ratio 3.9"; empty without
    QString wire() const; ///< "45 B on the wire"

    /// Of frames() and compression() what there is, each after a comma: for a title.
    QString suffix() const;

    /// All that there is to say, a line each; empty for one frame that is not compressed.
    QString toolTip() const;

private:
    qint64 m_frames = 0;
    qint64 m_payload = 0;
    qint64 m_wire = 0;
    qint64 m_content = 0;
    bool m_isCompressed = false;
    bool m_isCut = false; ///< There is more than was looked at
};

} // namespace Sidewire
