// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "session.h"

#include "core/session/clientsession.h"
#include "core/session/listenersession.h"
#include "core/session/udpsession.h"

namespace Sidewire {

namespace {

constexpr std::chrono::milliseconds EndTimeout{1000};

} // namespace

std::unique_ptr<Session> Session::create(const SessionSpec &spec, std::unique_ptr<CaptureWriter> writer,
                                         std::shared_ptr<SessionLog> log)
{
    if (spec.isUdp()) {
        return std::make_unique<UdpSession>(spec, std::move(writer), std::move(log));
    }
    if (spec.role == Role::Listener) {
        return std::make_unique<ListenerSession>(spec, std::move(writer), std::move(log));
    }
    return std::make_unique<ClientSession>(spec, std::move(writer), std::move(log));
}

Session::Session(SessionSpec spec, std::unique_ptr<CaptureWriter> writer, std::shared_ptr<SessionLog> log)
    : m_spec(std::move(spec))
    , m_recorder(std::move(writer), std::move(log))
{
    connect(&m_recorder, &SessionRecorder::turnEnded, this, &Session::publish);
    connect(&m_repeatTimer, &QTimer::timeout, this, &Session::onRepeat);
    m_repeatTimer.setTimerType(Qt::PreciseTimer);
    m_recorder.setSizeLimit(m_spec.options.logLimit);
}

Session::~Session() = default;

void Session::trySend(const SendRequest &request)
{
    const Result<void> result =
        m_isEnding ? Error{Error::Code::Closed, QStringLiteral("the session has ended")} : send(request);
    if (!result) {
        reject(result.error());
    }
    m_recorder.touch();
}

/// The log tells of it too, for whoever reads it later; not the payload, which never left.
void Session::reject(const Error &error)
{
    if (!m_hasEnded) {
        m_recorder.append(EventType::Note, QStringLiteral("Not sent: %1").arg(error.detail), {},
                          Event::Severity::Warning);
    }
    Q_EMIT sendRejected(error);
}

void Session::repeat(const SendRequest &request, std::chrono::milliseconds interval, qint64 count)
{
    m_repeated = request;
    m_repeatsLeft = count > 0 ? count : -1;
    m_repeatTimer.start(interval);
    onRepeat();
}

void Session::onRepeat()
{
    const Result<void> result = send(m_repeated);
    if (!result) {
        stopRepeat();
        reject(result.error());
        return;
    }
    if (m_repeatsLeft > 0 && --m_repeatsLeft == 0) {
        m_repeatTimer.stop();
    }
    m_recorder.touch();
}

void Session::stopRepeat()
{
    m_repeatTimer.stop();
    m_repeatsLeft = 0;
    m_recorder.touch();
}

void Session::bookmark(const Event &event)
{
    m_recorder.append(event.type, event.message, event.data, event.severity, event.connection);
}

void Session::note(const QString &text)
{
    m_recorder.note(text);
}

void Session::noteLens(const QString &lens)
{
    m_recorder.append(EventType::Lens, QStringLiteral("Messages are cut by the lens %1").arg(lens),
                      {{QStringLiteral("lens"), lens}, {QStringLiteral("guessed"), false}});
}

Result<void> Session::startTls(const Connections &)
{
    return Error{Error::Code::Unsupported, QStringLiteral("TLS cannot be started on this session")};
}

Result<void> Session::answerUpgrade(ConnectionId, int)
{
    return Error{Error::Code::Unsupported, QStringLiteral("this session has no upgrades to answer")};
}

Result<void> Session::joinGroup(const MulticastGroup &)
{
    return Error{Error::Code::Unsupported, QStringLiteral("only UDP sessions have multicast groups")};
}

Result<void> Session::leaveGroup(const MulticastGroup &)
{
    return Error{Error::Code::Unsupported, QStringLiteral("only UDP sessions have multicast groups")};
}

void Session::setOptions(const SessionOptions &options)
{
    if (options == m_spec.options) {
        return;
    }
    m_spec.options = options;
    m_recorder.append(EventType::OptionsChanged, QStringLiteral("Other options for the next connection"),
                      {{QStringLiteral("options"), options.toJson(SessionOptions::Secrets::LeaveOut)}});
    m_recorder.setSizeLimit(options.logLimit);
}

void Session::attempt(const Result<void> &result)
{
    if (!result) {
        if (!m_hasEnded) {
            m_recorder.append(EventType::Note, QStringLiteral("Not done: %1").arg(result.error().detail), {},
                              Event::Severity::Warning);
        }
        Q_EMIT sendRejected(result.error());
    }
    m_recorder.touch();
}

void Session::end()
{
    if (m_isEnding) {
        return;
    }
    m_isEnding = true;
    stopRepeat();
    // A little longer than the connections have, so that they end by themselves and say why.
    QTimer::singleShot(EndTimeout + std::chrono::milliseconds(200), this, [this] {
        reset({});
        finish();
    });
    stop(EndTimeout);
    checkStopped();
}

void Session::checkStopped()
{
    if (m_isEnding && isStopped()) {
        // Not from inside of a connection that has just ended.
        QMetaObject::invokeMethod(this, &Session::finish, Qt::QueuedConnection);
    }
}

void Session::finish()
{
    if (m_hasEnded) {
        return;
    }
    m_hasEnded = true;
    m_recorder.finish();
    m_recorder.live().queued = 0;
    m_recorder.live().isRunning = false;
    m_recorder.ring();
    Q_EMIT ended();
}

void Session::publish()
{
    LiveStatus &live = m_recorder.live();
    const qint64 waiting = queued();
    if (live.queued != waiting || live.repeatsLeft != m_repeatsLeft) {
        live.queued = waiting;
        live.repeatsLeft = m_repeatsLeft;
        m_recorder.ring();
    }
}

} // namespace Sidewire
