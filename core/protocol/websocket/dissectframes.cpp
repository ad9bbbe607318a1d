// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "dissectframes.h"

#include "core/protocol/fieldparts.h"
#include "core/protocol/websocket/dissectheader.h"
#include "core/protocol/websocket/dissectpayload.h"
#include "core/protocol/websocket/violation.h"

#include <algorithm>

namespace Sidewire {

namespace {

constexpr quint8 CompressedBit = 4; // RSV1 (RFC 7692, 6)

/// Those that the bytes of the message cannot show: they lie in what came before it.
constexpr quint32 OfTheOrder = bit(Violation::DataInsideFragmented) | bit(Violation::DataAfterClose);

struct FoundFrames
{
    std::vector<Frame> frames; ///< Those to be shown; the last one may be cut off
    qint64 count = 0; ///< With those that are not
    qint64 headerBegin = 0; ///< Where a header is cut off; the end of the bytes when none is
};

FoundFrames findFrames(const FrameSource &source, qsizetype maxFrames)
{
    // Through a window, so that very many tiny frames need no long list.
    constexpr qsizetype Window = 64 * 1024;
    FrameDecoder decoder(source.sender, source.span.begin);
    FoundFrames found;
    std::vector<Frame> frames;
    for (qsizetype at = 0; at < source.wire.size(); at += Window) {
        frames.clear();
        decoder.feed(source.wire.sliced(at, std::min(Window, source.wire.size() - at)), frames);
        found.count += static_cast<qint64>(frames.size());
        const qsizetype room = maxFrames - static_cast<qsizetype>(found.frames.size());
        frames.resize(std::min(frames.size(), static_cast<std::size_t>(room)));
        found.frames.insert(found.frames.end(), frames.begin(), frames.end());
    }
    found.headerBegin = decoder.offset();
    if (const Frame *unfinished = decoder.unfinished()) {
        ++found.count;
        if (static_cast<qsizetype>(found.frames.size()) < maxFrames) {
            found.frames.push_back(*unfinished);
        }
    } else {
        found.headerBegin = decoder.unfinishedBegin();
    }
    return found;
}

class FramesWalk
{
public:
    FramesWalk(const FrameSource &source, FoundFrames found)
        : m_source(source)
        , m_found(std::move(found))
        , m_payloads(aboutPayloads())
    {}

    DissectedFrames fields() &&
    {
        for (std::size_t i = 0; i < m_found.frames.size(); ++i) {
            addFrame(m_found.frames[i], static_cast<qint64>(i));
        }
        addRest();
        m_result.shown |= m_payloads.shown();
        return std::move(m_result);
    }

private:
    PayloadDissector::About aboutPayloads() const
    {
        const bool isText = !m_found.frames.empty() && m_found.frames.front().opcode == Opcode::Text;
        return {isText, m_source.isCompressed, m_source.violations};
    }

    bool hasCutHeader() const { return m_found.headerBegin < wireEnd() && wireEnd() == m_source.span.end; }

    /// Whether the message shows that permessage-deflate was agreed on.
    bool hasDeflate() const
    {
        return m_source.isCompressed || (m_source.violations & bit(Violation::MisplacedCompressedBit)) != 0;
    }

    qint64 wireEnd() const { return m_source.span.begin + m_source.wire.size(); }

    QByteArrayView wireOf(qint64 begin, qint64 end) const
    {
        return m_source.wire.sliced(begin - m_source.span.begin, std::min(end, wireEnd()) - begin);
    }

    QString nameOf(qint64 index, qint64 begin, bool isAlone) const
    {
        return isAlone && begin == m_source.span.begin ? QStringLiteral("Frame")
            : wireEnd() < m_source.span.end
            ? QStringLiteral("Frame %1").arg(index + 1)
            : QStringLiteral("Frame %1 of %2").arg(index + 1).arg(m_found.count + hasCutHeader());
    }

    void addFrame(const Frame &frame, qint64 index)
    {
        const bool isFirst = frame.begin == m_source.span.begin;
        const bool isOther = frame.isControl() && !isFirst; // A message of its own, between two fragments
        const quint8 allowed = isFirst && m_source.isCompressed ? CompressedBit : 0;
        const quint32 own = hasDeflate() ? violationsWithDeflate(frame) : frame.violations;
        const quint32 violations = own | (isFirst ? m_source.violations & OfTheOrder : 0);
        const qint64 end = std::min(frame.end(), m_source.span.end);

        Field field;
        field.name = nameOf(index, frame.begin, m_found.count == 1 && end == m_source.span.end);
        field.value =
            QStringLiteral("%1, %2 B").arg(FieldParts::fromName(toString(frame.opcode))).arg(end - frame.begin);
        field.bits = BitSpan::ofBytes(frame.begin, end);
        field.children = dissectFrameHeader(wireOf(frame.begin, frame.payloadBegin), frame.begin, violations, allowed);
        const QByteArrayView payload = wireOf(frame.payloadBegin, end);
        if (isOther) {
            FieldParts::remark(field, QStringLiteral("a message of its own, inside the fragmented one"));
            field.children.push_back(PayloadDissector({}).dissect(frame, payload, end));
        } else {
            field.children.push_back(m_payloads.dissect(frame, payload, end));
            m_result.shown |= violations & headerViolations();
        }
        m_result.fields.push_back(field);
    }

    /// What is not listed: a header that is cut off, frames beyond the limit, bytes that are not there.
    void addRest()
    {
        const qint64 listed = m_found.frames.empty() ? m_source.span.begin : m_found.frames.back().end();
        const qint64 rest = std::min(listed, m_source.span.end);
        const qint64 more = m_found.count - static_cast<qint64>(m_found.frames.size());
        if (more > 0) {
            add(QStringLiteral("More frames"), QStringLiteral("%1, not listed").arg(more), rest);
        } else if (hasCutHeader()) {
            Field &field = add(nameOf(m_found.count, m_found.headerBegin, m_found.count == 0),
                               QStringLiteral("header not complete, %1 B").arg(wireEnd() - m_found.headerBegin),
                               m_found.headerBegin);
            field.children = dissectFrameHeader(wireOf(m_found.headerBegin, wireEnd()), m_found.headerBegin, 0, 0);
        } else if (rest < m_source.span.end) {
            add(QStringLiteral("More bytes"), QStringLiteral("%1 B, not looked at").arg(m_source.span.end - rest),
                rest);
        }
    }

    Field &add(const QString &name, const QString &value, qint64 begin)
    {
        m_result.fields.push_back({name, value, {}, false, BitSpan::ofBytes(begin, m_source.span.end), {}});
        return m_result.fields.back();
    }

    const FrameSource &m_source;
    FoundFrames m_found;
    PayloadDissector m_payloads;
    DissectedFrames m_result;
};

} // namespace

DissectedFrames dissectFrames(const FrameSource &source, qsizetype maxFrames)
{
    return FramesWalk(source, findFrames(source, maxFrames)).fields();
}

} // namespace Sidewire
