// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "messagestages.h"

#include "core/decode/decoder.h"
#include "core/protocol/websocket/messageassembler.h"
#include "core/protocol/websocket/unmask.h"

#include <algorithm>

namespace Sidewire {

namespace {

class StagesWalk
{
public:
    StagesWalk(const SessionLog &log, const Message &message, qint64 limit, MessageReader::Wait wait)
        : m_reader(log)
        , m_message(message)
        , m_limit(limit)
        , m_wait(wait)
    {}

    std::optional<std::vector<Stage>> stages() &&
    {
        const std::optional<QByteArray> wire = m_reader.wire(m_message, m_limit, m_wait);
        const std::optional<QByteArray> content = m_reader.content(m_message, m_limit, m_wait);
        if (!wire || !content) {
            return {};
        }
        add(Stage::Kind::Wire, *wire, m_message.end - m_message.begin);
        if (m_message.has(MessageFlag::WebSocket)) {
            addWebSocket(*wire, *content);
        } else if (!content->startsWith(wire->mid(m_message.contentOffset, content->size()))) {
            add(Stage::Kind::Content, *content, m_message.contentLength);
        }
        addDecoded(*content);
        return std::move(m_stages);
    }

private:
    void add(Stage::Kind kind, const QByteArray &bytes, qint64 size, const QString &names = {})
    {
        m_stages.push_back({kind, bytes, size, names});
    }

    void addWebSocket(const QByteArray &wire, const QByteArray &content)
    {
        const bool isFragmented = m_message.has(MessageFlag::Fragmented);
        const bool isCompressed = m_message.has(MessageFlag::Compressed);
        if (isFragmented && m_message.has(MessageFlag::Masked)) {
            add(Stage::Kind::Unmasked, unmaskFrames(wire), m_message.end - m_message.begin);
        }
        const QByteArray payload = assembleMessage(wire, m_limit);
        const bool isWhole = wire.size() == m_message.end - m_message.begin;
        const qint64 size = !isCompressed ? m_message.contentLength : isWhole ? payload.size() : -1;
        add(isFragmented ? Stage::Kind::Joined : Stage::Kind::Payload, payload, size);
        if (isCompressed) {
            add(Stage::Kind::Inflated, content, m_message.contentLength);
        }
    }

    /// Where the content wears a wrapping that nothing else looks like.
    void addDecoded(const QByteArray &content)
    {
        const bool isWhole = content.size() == m_message.contentLength;
        const std::optional<Decoder> decoder = isWhole ? bestFit(content) : std::nullopt;
        if (!decoder) {
            return;
        }
        if (const Result<Unwrapped> unwrapped = unwrap(content, *decoder, m_limit)) {
            const QByteArray &bytes = unwrapped.value().bytes;
            add(Stage::Kind::Decoded, bytes, bytes.size() < m_limit ? bytes.size() : -1, unwrapped.value().names());
        }
    }

    MessageReader m_reader;
    const Message &m_message;
    qint64 m_limit;
    MessageReader::Wait m_wait;
    std::vector<Stage> m_stages;
};

} // namespace

std::optional<std::vector<Stage>> stagesOf(const SessionLog &log, const Message &message, qint64 limit,
                                           MessageReader::Wait wait)
{
    return StagesWalk(log, message, limit, wait).stages();
}

} // namespace Sidewire
