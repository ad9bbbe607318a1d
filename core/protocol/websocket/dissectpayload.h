// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/utf8.h"
#include "core/protocol/field.h"
#include "core/protocol/websocket/frame.h"
#include "core/protocol/websocket/violation.h"

#include <QByteArrayView>

namespace Sidewire {

/// The payloads of one message's frames as fields, in order: each with its length, its first bytes, and of a Close frame
/// its code and its reason.
///
/// It follows the text over the fragments, so that the byte at which it stops being UTF-8 is found wherever it lies.
class PayloadDissector
{
public:
    struct About
    {
        bool isText = false; ///< As opposed to binary
        bool isCompressed = false;
        quint32 violations = 0; ///< Of the message, shown where they are broken
    };

    explicit PayloadDissector(const About &about)
        : m_about(about)
    {}

    /// `bytes` are what is known of the frame's payload, from its first byte on, masked if it is; `end` is where the frame
    /// ends in its message, which may be before the declared end.
    Field dissect(const Frame &frame, QByteArrayView bytes, qint64 end);

    quint32 shown() const { return m_shown; } ///< Violations that a field shows by now

private:
    void dissectClose(Field &field, QByteArrayView payload, qint64 begin);
    void judgeCompressed(Field &field);
    void followText(Field &field, QByteArrayView payload, const Frame &frame);
    bool isBroken(Violation violation) const { return (m_about.violations & bit(violation)) != 0; }
    void breakRule(Field &field, Violation violation);

    About m_about;
    Utf8Checker m_text;
    qint64 m_contentBytes = 0; ///< In the frames before
    quint32 m_shown = 0;
};

} // namespace Sidewire
