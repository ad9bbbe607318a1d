// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/engine.h"
#include "core/session/sessionoptions.h"
#include "core/session/unrulyechoer.h"

#include <memory>
#include <optional>
#include <vector>

namespace Sidewire {

/// What a listener sends by itself, the same over TCP, UDP and WebSocket: what came goes in, what to send comes out.
///
/// Make one for a listener and a copy of it for each peer: the copies share the content of the file, so that a thousand
/// clients which take it slowly do not hold it a thousand times.
class Answer final
{
public:
    static constexpr qint64 MaxFile = 64 * 1024 * 1024; ///< Longer files are not sent

    Answer()
        : Answer(AnswerOptions())
    {}
    explicit Answer(const AnswerOptions &options);

    const AnswerOptions &options() const { return m_options; }

    /// Whether what comes over a stream is replied to.
    bool isReply() const;

    /// Whether datagrams are.
    bool isReplyToDatagrams() const;
    bool isClock() const { return m_options.kind == AnswerOptions::Kind::Clock; }

    /// Whoever answers by itself also ends by itself; a person decides otherwise.
    bool endsWithPeer() const { return m_options.kind != AnswerOptions::Kind::None; }

    /// For a peer that has just come.
    std::vector<SendRequest> greeting() const;

    /// `received` as it would be sent back. An Error when the file cannot be read.
    Result<std::vector<SendRequest>> replyTo(const SendRequest &received);

    enum class Form { Line, Json };
    SendRequest time(Form form);

private:
    Result<QByteArray> readFile() const;

    AnswerOptions m_options;
    std::optional<UnrulyEchoer> m_unruly;
    std::shared_ptr<QByteArray> m_content; ///< Of the file when it was read last
    qint64 m_ticks = 0;
};

} // namespace Sidewire
