// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/protocol/websocket/framespec.h"
#include "core/protocol/websocket/messagedeflate.h"

#include <QByteArray>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <deque>
#include <functional>
#include <optional>
#include <vector>

namespace Sidewire {

/// The way out of a WebSocket connection, behind its head: what a QWebSocket writes, and frames made by hand among it.
///
/// Frames made by hand leave in the order of their runs, on a boundary between frames of the QWebSocket, and after the
/// messages that it was given before them. While a run pauses, whatever the QWebSocket writes passes: control frames, if
/// it is given nothing else. Messages of the QWebSocket can be compressed on the way; what was made by hand never is.
class WebSocketOutbox final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WebSocketOutbox)

public:
    using Write = std::function<Result<void>(const QByteArray &)>;

    /// What one request made: its frames leave one after the other, fragment by fragment.
    struct Run
    {
        std::vector<FrameSpec> frames;
        std::chrono::milliseconds pause{0}; ///< After each fragment but the last
    };

    WebSocketOutbox(FrameDecoder::Sender sender, Write write, QObject *parent = nullptr);

    /// Before anything is forwarded: each message leaves as one compressed frame (RFC 7692, 7.2.1).
    void setDeflater(MessageDeflater deflater) { m_deflater = std::move(deflater); }

    /// What the QWebSocket wrote, cut anywhere.
    void forward(const QByteArray &bytes);

    /// The QWebSocket was given a message or a ping, which runs that come later wait for.
    void expect() { ++m_expected; }
    void expectNothing() { m_expected = 0; } ///< The QWebSocket is closed

    /// The next Close frame of the QWebSocket, which never leaves out the code, leaves without it.
    void emptyNextClose() { m_emptiesClose = true; }

    /// The frames have been checked.
    void enqueue(const Run &run);
    bool isBusy() const { return !m_runs.empty(); }

    /// What of the runs has not left, which it then never does.
    qint64 discard();
    qint64 queued() const { return m_queued + m_kept.size() + m_message.size(); }

    /// A Close frame made by hand has left. The QWebSocket, which does not know of it, is not heard any more.
    bool hasClosed() const { return m_hasClosed; }

    static qint64 wireSize(const std::vector<FrameSpec> &frames, FrameDecoder::Sender sender);

Q_SIGNALS:
    void idle(); ///< The last run has left
    void failed(const Sidewire::Error &error); ///< Something could not be written, perhaps the middle of a frame

private:
    void write(const QByteArray &bytes);
    QByteArray rewritten(const QByteArray &bytes);
    QByteArray rewritten(const Frame &frame, const QByteArray &wire);
    QByteArray compressed(const Frame &frame, const QByteArray &wire);
    void advance();
    void writeNext();

    FrameDecoder::Sender m_sender;
    Write m_write;
    FrameDecoder m_decoder; ///< Of what the QWebSocket wrote
    std::vector<Frame> m_frames;
    QByteArray m_kept; ///< The begin of a frame that is to be rewritten
    qint64 m_keptBegin = 0;
    std::optional<MessageDeflater> m_deflater;
    Opcode m_opcode = Opcode::Binary; ///< Of the message that is to be compressed
    QByteArray m_message; ///< What of it has come
    qint64 m_expected = 0;
    bool m_emptiesClose = false;
    bool m_hasClosed = false;

    std::deque<Run> m_runs;
    std::size_t m_frame = 0; ///< The next of the first run
    qint64 m_fragment = 0; ///< The next of that
    qint64 m_queued = 0;
    QTimer m_pause;
    bool m_isAdvancing = false;
};

} // namespace Sidewire
