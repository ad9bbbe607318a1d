// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "websocketoutbox.h"

#include "core/protocol/websocket/frameencoder.h"

#include <QRandomGenerator>

#include <algorithm>
#include <bit>
#include <numeric>
#include <utility>

namespace Sidewire {

namespace {

FrameSpec::Key randomKey()
{
    return std::bit_cast<FrameSpec::Key>(QRandomGenerator::system()->generate());
}

/// What a QWebSocket only writes when it was asked to.
bool isAskedFor(const Frame &frame)
{
    return frame.isControl() ? frame.opcode == Opcode::Ping : frame.isFinal;
}

} // namespace

WebSocketOutbox::WebSocketOutbox(FrameDecoder::Sender sender, Write write, QObject *parent)
    : QObject(parent)
    , m_sender(sender)
    , m_write(std::move(write))
    , m_decoder(sender)
{
    m_pause.setSingleShot(true);
    m_pause.setTimerType(Qt::PreciseTimer); // Others may be early
    connect(&m_pause, &QTimer::timeout, this, &WebSocketOutbox::advance);
}

void WebSocketOutbox::forward(const QByteArray &bytes)
{
    if (m_hasClosed) {
        return;
    }
    if (m_kept.isEmpty()) {
        m_keptBegin = m_decoder.offset();
    }
    m_frames.clear();
    m_decoder.feed(bytes, m_frames);
    m_expected = std::max<qint64>(0, m_expected - std::ranges::count_if(m_frames, isAskedFor));
    write(m_emptiesClose || m_deflater ? rewritten(bytes) : bytes);
    advance();
}

void WebSocketOutbox::write(const QByteArray &bytes)
{
    if (const Result<void> written = m_write(bytes); !written) {
        Q_EMIT failed(written.error());
    }
}

/// What has begun to leave goes on as it is; of the rest each frame waits until it is whole.
QByteArray WebSocketOutbox::rewritten(const QByteArray &bytes)
{
    m_kept += bytes;
    QByteArray result;
    qint64 at = m_keptBegin;
    for (const Frame &frame : m_frames) {
        const QByteArray wire = m_kept.mid(at - m_keptBegin, frame.end() - at);
        result += frame.begin < at ? wire : rewritten(frame, wire);
        at = frame.end();
    }
    if (m_decoder.unfinishedBegin() < at) {
        result += m_kept.mid(at - m_keptBegin);
        at = m_decoder.offset();
    }
    m_kept.remove(0, at - m_keptBegin);
    m_keptBegin = at;
    return result;
}

QByteArray WebSocketOutbox::rewritten(const Frame &frame, const QByteArray &wire)
{
    if (frame.opcode == Opcode::Close && m_emptiesClose) {
        return encodeFrame(Opcode::Close, {}, frame.isMasked ? std::optional(frame.maskingKey) : std::nullopt);
    }
    return m_deflater && !frame.isControl() ? compressed(frame, wire) : wire;
}

/// Of a message in several frames the last gives all of it.
QByteArray WebSocketOutbox::compressed(const Frame &frame, const QByteArray &wire)
{
    const qsizetype begin = m_message.size();
    m_message += wire.last(frame.payloadLength);
    if (frame.isMasked) {
        applyMask(m_message.data() + begin, frame.payloadLength, frame.maskingKey);
    }
    if (frame.opcode != Opcode::Continuation) {
        m_opcode = frame.opcode;
    }
    if (!frame.isFinal) {
        return {};
    }
    FrameSpec spec;
    spec.opcode = static_cast<quint8>(m_opcode);
    spec.reserved = 4; // RSV1: RFC 7692, 6
    spec.masking = frame.isMasked ? FrameSpec::Masking::Chosen : FrameSpec::Masking::Off;
    spec.key = frame.maskingKey;
    spec.payload = m_deflater->deflate(std::exchange(m_message, {}));
    return spec.fragment(0, m_sender, {});
}

void WebSocketOutbox::enqueue(const Run &run)
{
    m_queued += wireSize(run.frames, m_sender);
    m_runs.push_back(run);
    advance();
}

void WebSocketOutbox::advance()
{
    if (m_isAdvancing || m_runs.empty()) {
        return; // Writing may come back here
    }
    m_isAdvancing = true;
    const auto isBetweenFrames = [this] {
        return m_decoder.unfinishedBegin() == m_decoder.offset();
    };
    while (!m_runs.empty() && m_expected == 0 && !m_pause.isActive() && isBetweenFrames()) {
        writeNext();
    }
    m_isAdvancing = false;
    if (m_runs.empty()) {
        Q_EMIT idle();
    }
}

void WebSocketOutbox::writeNext()
{
    Run &run = m_runs.front();
    const FrameSpec &frame = run.frames.at(m_frame);
    const QByteArray wire = frame.fragment(m_fragment, m_sender, randomKey());
    m_hasClosed = m_hasClosed || frame.isClose();
    m_queued -= wire.size();
    if (++m_fragment == frame.fragmentCount()) {
        m_fragment = 0;
        ++m_frame;
    }
    if (m_frame == run.frames.size()) {
        m_frame = 0;
        m_runs.pop_front();
    } else if (run.pause.count() > 0) {
        m_pause.start(run.pause);
    }
    write(wire);
}

qint64 WebSocketOutbox::discard()
{
    m_runs.clear();
    m_frame = 0;
    m_fragment = 0;
    m_pause.stop();
    return std::exchange(m_queued, 0);
}

qint64 WebSocketOutbox::wireSize(const std::vector<FrameSpec> &frames, FrameDecoder::Sender sender)
{
    return std::accumulate(frames.begin(), frames.end(), qint64(0),
                           [sender](qint64 sum, const FrameSpec &frame) { return sum + frame.wireSize(sender); });
}

} // namespace Sidewire
