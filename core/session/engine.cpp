// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "engine.h"

#include "core/capture/capturewriter.h"
#include "core/net/tlscontext.h"
#include "core/session/session.h"

#include <QCoreApplication>
#include <QThread>

#include <atomic>
#include <map>

namespace Sidewire {

/// Everything but `thread` and `nextId` is touched on the I/O thread only.
class Engine::Private
{
public:
    explicit Private(Engine *engine)
        : q(engine)
    {}

    void open(SessionId id, const SessionSpec &spec, const LogOptions &options);
    Result<std::unique_ptr<Session>> create(const SessionSpec &spec, const LogOptions &options);
    void onEnded(SessionId id);
    void shutDown();

    /// Runs `command` on the I/O thread with the session, if there still is one.
    template<typename Command>
    void post(SessionId id, Command command)
    {
        QMetaObject::invokeMethod(
            &context,
            [this, id, command = std::move(command)] {
                const auto found = sessions.find(id);
                if (found != sessions.end()) {
                    command(*found->second);
                }
            },
            Qt::QueuedConnection);
    }

    Engine *q;
    QThread thread;
    QObject context; ///< Lives on the I/O thread
    std::atomic<quint32> nextId = 0;
    std::map<SessionId, std::unique_ptr<Session>> sessions;
    bool isShuttingDown = false;
};

Result<std::unique_ptr<Session>> Engine::Private::create(const SessionSpec &spec, const LogOptions &options)
{
    if (spec.options.proxy.kind != ProxySettings::Kind::None && (spec.isUdp() || spec.role == Role::Listener)) {
        return Error{Error::Code::Usage,
                     QStringLiteral("a proxy can be used by tcp, tls, ws and wss clients, not by %1")
                         .arg(toString(spec.scheme, spec.role))};
    }
    CaptureHeader header;
    header.application =
        QStringLiteral("%1 %2").arg(QStringLiteral("Sidewire"), QCoreApplication::applicationVersion()).trimmed();
    header.target = spec.target();
    header.options = spec.options.toJson(SessionOptions::Secrets::LeaveOut);
    header.isPlaintextOfTls = spec.isTls();
    Result<std::unique_ptr<CaptureWriter>> writer = CaptureWriter::create(options.path, header);
    if (!writer) {
        return writer.error();
    }
    std::unique_ptr<CaptureWriter> owned = std::move(writer).value();
    const Result<std::shared_ptr<SessionLog>> log = SessionLog::create(owned->file(), options.lens);
    if (!log) {
        return log.error();
    }
    (*log)->setLive(std::make_shared<LiveStatus>());
    return Session::create(spec, std::move(owned), *log);
}

void Engine::Private::open(SessionId id, const SessionSpec &spec, const LogOptions &options)
{
    if (isShuttingDown) {
        return;
    }
    Result<std::unique_ptr<Session>> created = create(spec, options);
    if (!created) {
        Q_EMIT q->openFailed(id, created.error());
        return;
    }
    Session *session = sessions.emplace(id, std::move(created).value()).first->second.get();
    QObject::connect(session, &Session::sendRejected, &context,
                     [this, id](const Error &error) { Q_EMIT q->sendRejected(id, error); });
    QObject::connect(session, &Session::ended, &context, [this, id] { onEnded(id); });
    Q_EMIT q->opened(id, session->log());
    session->start();
}

void Engine::Private::onEnded(SessionId id)
{
    const auto found = sessions.find(id);
    if (found == sessions.end()) {
        return;
    }
    found->second.release()->deleteLater(); // We are inside its signal.
    sessions.erase(found);
    Q_EMIT q->ended(id);
    if (isShuttingDown && sessions.empty()) {
        thread.quit();
    }
}

void Engine::Private::shutDown()
{
    isShuttingDown = true;
    if (sessions.empty()) {
        thread.quit();
        return;
    }
    std::vector<Session *> all;
    for (const auto &[id, session] : sessions) {
        all.push_back(session.get());
    }
    for (Session *session : all) {
        session->end();
    }
}

Engine::Engine(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
    qRegisterMetaType<SessionId>();
    qRegisterMetaType<Error>();
    qRegisterMetaType<std::shared_ptr<SessionLog>>("std::shared_ptr<SessionLog>");
    d->thread.setObjectName(QStringLiteral("sidewire-io"));
    d->context.moveToThread(&d->thread);
    // GLib's loop goes through all sockets several times a turn: with 9,000 clients that takes three times as long.
    qputenv("QT_NO_THREADED_GLIB", "1");
    // OpenSSL would do it when the thread is gone, but QThread::wait() returns a moment before that.
    connect(&d->thread, &QThread::finished, &d->context, &TlsContext::leaveThread, Qt::DirectConnection);
    d->thread.start();
}

Engine::~Engine()
{
    QMetaObject::invokeMethod(
        &d->context, [this] { d->shutDown(); }, Qt::QueuedConnection);
    d->thread.wait();
}

SessionId Engine::open(const SessionSpec &spec, const LogOptions &options)
{
    const SessionId id{d->nextId++};
    QMetaObject::invokeMethod(
        &d->context, [this, id, spec, options] { d->open(id, spec, options); }, Qt::QueuedConnection);
    return id;
}

void Engine::send(SessionId session, const SendRequest &request)
{
    d->post(session, [request](Session &s) { s.trySend(request); });
}

void Engine::repeat(SessionId session, const SendRequest &request, std::chrono::milliseconds interval, qint64 count)
{
    d->post(session, [=](Session &s) { s.repeat(request, interval, count); });
}

void Engine::stopRepeat(SessionId session)
{
    d->post(session, [](Session &s) { s.stopRepeat(); });
}

void Engine::close(SessionId session, const std::vector<ConnectionId> &connections)
{
    d->post(session, [connections](Session &s) { s.close(connections); });
}

void Engine::reset(SessionId session, const std::vector<ConnectionId> &connections)
{
    d->post(session, [connections](Session &s) { s.reset(connections); });
}

void Engine::finishSending(SessionId session, const std::vector<ConnectionId> &connections)
{
    d->post(session, [connections](Session &s) { s.finishSending(connections); });
}

void Engine::pauseReading(SessionId session, const std::vector<ConnectionId> &connections)
{
    d->post(session, [connections](Session &s) { s.pauseReading(connections); });
}

void Engine::resumeReading(SessionId session, const std::vector<ConnectionId> &connections)
{
    d->post(session, [connections](Session &s) { s.resumeReading(connections); });
}

void Engine::stopListening(SessionId session)
{
    d->post(session, [](Session &s) { s.stopListening(); });
}

void Engine::pauseAccepting(SessionId session)
{
    d->post(session, [](Session &s) { s.pauseAccepting(); });
}

void Engine::resumeAccepting(SessionId session)
{
    d->post(session, [](Session &s) { s.resumeAccepting(); });
}

void Engine::setOptions(SessionId session, const SessionOptions &options)
{
    d->post(session, [options](Session &s) { s.setOptions(options); });
}

void Engine::startTls(SessionId session, const std::vector<ConnectionId> &connections)
{
    d->post(session, [connections](Session &s) { s.attempt(s.startTls(connections)); });
}

void Engine::answerUpgrade(SessionId session, ConnectionId connection, int status)
{
    d->post(session, [=](Session &s) { s.attempt(s.answerUpgrade(connection, status)); });
}

void Engine::joinGroup(SessionId session, const MulticastGroup &group)
{
    d->post(session, [group](Session &s) { s.attempt(s.joinGroup(group)); });
}

void Engine::leaveGroup(SessionId session, const MulticastGroup &group)
{
    d->post(session, [group](Session &s) { s.attempt(s.leaveGroup(group)); });
}

void Engine::reconnect(SessionId session)
{
    d->post(session, [](Session &s) { s.reconnect(); });
}

void Engine::end(SessionId session)
{
    d->post(session, [](Session &s) { s.end(); });
}

void Engine::bookmark(SessionId session, const Event &event)
{
    d->post(session, [event](Session &s) { s.bookmark(event); });
}

void Engine::note(SessionId session, const QString &text)
{
    d->post(session, [text](Session &s) { s.note(text); });
}

void Engine::noteLens(SessionId session, const LensSpec &lens)
{
    d->post(session, [name = lens.toString()](Session &s) { s.noteLens(name); });
}

} // namespace Sidewire
