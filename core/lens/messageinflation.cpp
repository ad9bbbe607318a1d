// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "messageinflation.h"

#include "core/protocol/websocket/violation.h"

namespace Sidewire {

void MessageInflation::begin(MessageKind kind)
{
    if (!m_inflater) {
        m_inflater.emplace(m_options.takeover, m_options.windowBits);
    }
    m_text = {};
    m_isText = kind == MessageKind::Text;
    m_isContextMissing = false;
    m_violations = 0;
    m_lastPiece = ContentStore::None;
    m_length = 0;
}

void MessageInflation::feed(QByteArrayView unmasked)
{
    judge(m_inflater->feed(unmasked, m_options.limit, [this](QByteArrayView piece) { keep(piece); }));
}

void MessageInflation::finish(Message &message)
{
    if (!message.has(MessageFlag::Gap)) {
        judge(m_inflater->finish(m_options.limit, [this](QByteArrayView piece) { keep(piece); }));
        const bool isWhole = m_violations == 0 && !m_isContextMissing && !message.has(MessageFlag::Unterminated);
        if (m_isText && !(isWhole ? m_text.isComplete() : m_text.isValid())) {
            m_violations |= bit(Violation::InvalidUtf8);
        }
    }
    show(message);
}

void MessageInflation::show(Message &message) const
{
    message.contentLength = m_length;
    message.contentOffset = m_lastPiece;
    message.violations |= m_violations;
    const bool isKept = !m_options.contents || m_length == 0 || m_lastPiece != ContentStore::None;
    if (m_isContextMissing || !isKept) {
        message.set(MessageFlag::Gap);
    }
}

void MessageInflation::keep(QByteArrayView piece)
{
    if (m_isText) {
        m_text.feed(piece);
    }
    // A store that is full stays so: what cannot be kept as a whole is not kept at all.
    const bool isFirst = m_length == 0;
    if (m_options.contents && (isFirst || m_lastPiece != ContentStore::None)) {
        m_lastPiece = m_options.contents->append(piece, m_lastPiece);
    }
    m_length += piece.size();
}

void MessageInflation::judge(MessageInflater::Status status)
{
    switch (status) {
    case MessageInflater::Status::Ok:
        break;
    case MessageInflater::Status::Corrupt:
        m_violations |= bit(Violation::CorruptDeflate);
        break;
    case MessageInflater::Status::TooLarge:
        m_violations |= bit(Violation::InflateLimit);
        break;
    case MessageInflater::Status::TooFarBack:
        m_violations |= bit(Violation::WindowTooLarge);
        break;
    case MessageInflater::Status::ContextMissing:
        m_isContextMissing = true;
        break;
    }
}

} // namespace Sidewire
