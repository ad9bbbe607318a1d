// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "inflatedcontents.h"

#include <algorithm>
#include <vector>

namespace Sidewire {

namespace {

constexpr quint32 LargestPiece = 1 << 20;

} // namespace

quint32 InflatedContents::append(QByteArrayView piece, quint32 previous)
{
    const bool isContinued = m_open && previous == m_pieces.written() && m_open->length < LargestPiece;
    if (m_error || (!isContinued && !closePiece())) {
        return None;
    }
    const Result<qint64> offset = m_bytes.append(piece);
    if (!offset) {
        m_error = offset.error();
        return None;
    }
    if (isContinued) {
        m_open->length += static_cast<quint32>(piece.size());
    } else {
        m_open = Piece{*offset, static_cast<quint32>(piece.size()), previous};
    }
    return static_cast<quint32>(m_pieces.written());
}

bool InflatedContents::closePiece()
{
    if (m_open) {
        if (auto added = m_pieces.append(*m_open); !added) {
            m_error = added.error();
        }
        m_open.reset();
    }
    if (!m_error && m_pieces.written() >= None) {
        m_error = Error{Error::Code::TooLarge, QStringLiteral("This log holds too many compressed messages")};
    }
    return !m_error;
}

Result<void> InflatedContents::publish()
{
    closePiece();
    if (auto published = m_bytes.publish(); !published) {
        return published;
    }
    return m_pieces.publish();
}

QByteArray InflatedContents::read(quint32 last, qint64 limit) const
{
    // From the last piece to the first; a piece is always behind its previous one.
    std::vector<Piece> pieces;
    const qint64 count = m_pieces.count();
    for (quint32 piece = last; piece < count; piece = pieces.back().previous) {
        pieces.push_back(m_pieces.at(piece));
    }
    QByteArray content;
    for (auto piece = pieces.rbegin(); piece != pieces.rend() && content.size() < limit; ++piece) {
        content += m_bytes.read(piece->offset, std::min<qint64>(piece->length, limit - content.size()));
    }
    return content;
}

} // namespace Sidewire
