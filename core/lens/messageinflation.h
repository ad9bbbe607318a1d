// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/utf8.h"
#include "core/lens/contentstore.h"
#include "core/lens/message.h"
#include "core/protocol/websocket/messagedeflate.h"

#include <optional>

namespace Sidewire {

/// Inflates the compressed messages of one direction (RFC 7692), puts what comes out into a store and judges it.
class MessageInflation
{
public:
    struct Options
    {
        ContextTakeover takeover = ContextTakeover::On;
        int windowBits = 15;
        ContentStore *contents = nullptr; ///< Null: nothing is kept
        qint64 limit = 0; ///< Bytes a message may inflate to
    };

    explicit MessageInflation(const Options &options)
        : m_options(options)
    {}

    void begin(MessageKind kind);
    void feed(QByteArrayView unmasked);

    /// The message ends: its content and what is wrong with it.
    void finish(Message &message);

    /// Its content as far as it has come.
    void show(Message &message) const;

    /// Bytes of the message are missing: nothing more is fed before the next begins.
    void loseContext() { m_inflater->loseContext(); }

private:
    void keep(QByteArrayView piece);
    void judge(MessageInflater::Status status);

    Options m_options;
    std::optional<MessageInflater> m_inflater; ///< From the first message on: it takes some 40 KiB

    // Of the message
    Utf8Checker m_text;
    bool m_isText = false;
    bool m_isContextMissing = false;
    quint32 m_violations = 0;
    quint32 m_lastPiece = ContentStore::None;
    qint64 m_length = 0;
};

} // namespace Sidewire
