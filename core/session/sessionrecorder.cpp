// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "sessionrecorder.h"

#include "core/base/clock.h"
#include "core/session/options/optionvalues.h"

#include <QJsonArray>

#include <cstdlib>
#include <utility>

namespace Sidewire {

namespace {

constexpr qint64 Second = 1'000'000'000;

QString placeTrouble(CaptureFile::Place place)
{
    switch (place) {
    case CaptureFile::Place::Here:
        return {};
    case CaptureFile::Place::Elsewhere:
        return QStringLiteral("the log was renamed or moved, and recording goes on in the same file");
    case CaptureFile::Place::Nowhere:
        return QStringLiteral("the log was removed: it is lost with the session unless a copy is saved");
    }
    return {};
}

} // namespace

QString toString(Error::Code code)
{
    switch (code) {
    case Error::Code::Usage:
        return QStringLiteral("usage");
    case Error::Code::Malformed:
        return QStringLiteral("malformed");
    case Error::Code::Unsupported:
        return QStringLiteral("unsupported");
    case Error::Code::TooLarge:
        return QStringLiteral("too-large");
    case Error::Code::Io:
        return QStringLiteral("io");
    case Error::Code::NoSpace:
        return QStringLiteral("no-space");
    case Error::Code::NotFound:
        return QStringLiteral("not-found");
    case Error::Code::Refused:
        return QStringLiteral("refused");
    case Error::Code::Timeout:
        return QStringLiteral("timeout");
    case Error::Code::Network:
        return QStringLiteral("network");
    case Error::Code::AddressInUse:
        return QStringLiteral("address-in-use");
    case Error::Code::AddressNotAvailable:
        return QStringLiteral("address-not-available");
    case Error::Code::PermissionDenied:
        return QStringLiteral("permission-denied");
    case Error::Code::Protocol:
        return QStringLiteral("protocol");
    case Error::Code::Closed:
        return QStringLiteral("closed");
    }
    return {};
}

SessionRecorder::SessionRecorder(std::unique_ptr<CaptureWriter> writer, std::shared_ptr<SessionLog> log,
                                 QObject *parent)
    : QObject(parent)
    , m_writer(std::move(writer))
    , m_log(std::move(log))
    , m_live(m_log->live())
    , m_clockStep(Clock::wallClockStep())
{
    m_lostTimer.setSingleShot(true);
    m_lostTimer.setInterval(std::chrono::seconds(1));
    connect(&m_lostTimer, &QTimer::timeout, this, &SessionRecorder::tellAllLost);
    // All come on the writing thread, which ends with the writer and so before this object.
    m_writer->setRoomAgainCallback(
        [this] { QMetaObject::invokeMethod(this, &SessionRecorder::roomAgain, Qt::QueuedConnection); });
    m_writer->setStatusCallback([this](const std::optional<Error> &error) {
        QMetaObject::invokeMethod(
            this, [this, error] { onStatus(error); }, Qt::QueuedConnection);
    });
    m_writer->setPlaceCallback([this](CaptureFile::Place place) {
        QMetaObject::invokeMethod(
            this, [this, place] { onPlace(place); }, Qt::QueuedConnection);
    });
}

SessionRecorder::~SessionRecorder()
{
    m_writer.reset();
}

void SessionRecorder::append(EventType type, const QString &message, const QJsonObject &data, Event::Severity severity,
                             std::optional<ConnectionId> connection)
{
    Event event;
    event.time = Clock::now();
    event.type = type;
    event.severity = severity;
    event.connection = connection;
    event.message = message;
    event.data = data;
    m_writer->appendEvent(event);
    touch();
}

void SessionRecorder::listening(const Endpoint &local, int backlog)
{
    append(EventType::Listening, QStringLiteral("Listening on %1").arg(local.toString()),
           {{QStringLiteral("local"), local.toString()}, {QStringLiteral("backlog"), backlog}});
}

void SessionRecorder::socketOptions(const std::vector<SocketOption> &options, std::optional<ConnectionId> connection)
{
    if (options.empty()) {
        return; // A platform that does not tell
    }
    QJsonArray list;
    QStringList words;
    for (const SocketOption &option : options) {
        QJsonObject object{{QStringLiteral("name"), option.name}, {QStringLiteral("actual"), option.actual}};
        QString word = option.name + u' ' + option.actual;
        if (!option.asked.isEmpty()) {
            object.insert(QStringLiteral("asked"), option.asked);
        }
        if (!option.asked.isEmpty() && option.asked != option.actual) {
            word += QStringLiteral(" (asked %1)").arg(option.asked);
        }
        list.append(object);
        words.append(word);
    }
    append(EventType::SocketOptions, QStringLiteral("The kernel has: %1").arg(words.join(QStringLiteral(", "))),
           {{QStringLiteral("options"), list}}, Event::Severity::Info, connection);
}

void SessionRecorder::listenFailed(const Endpoint &local, const Error &error)
{
    append(EventType::ListenFailed, QStringLiteral("Could not listen: %1").arg(error.detail),
           {{QStringLiteral("local"), local.toString()},
            {QStringLiteral("code"), toString(error.code)},
            {QStringLiteral("error"), error.detail}},
           Event::Severity::Error);
}

void SessionRecorder::dropped(const QString &where, qint64 count, std::optional<ConnectionId> connection)
{
    const QString message = where == QLatin1String("kernel")
        ? QStringLiteral("The kernel dropped %1 datagrams: the receive buffer was full")
        : m_isAtLimit ? QStringLiteral("%1 datagrams were not recorded: the log has reached its limit")
                      : QStringLiteral("%1 datagrams were not recorded: the log could not be written fast enough");
    append(EventType::Dropped, message.arg(count), {{QStringLiteral("where"), where}, {QStringLiteral("count"), count}},
           Event::Severity::Warning, connection);
}

void SessionRecorder::countLost(ConnectionId connection)
{
    ++m_lost[connection];
    if (!m_lostTimer.isActive()) {
        m_lostTimer.start();
    }
}

void SessionRecorder::tellLost(ConnectionId connection)
{
    if (m_lost.empty()) {
        return;
    }
    if (const auto found = m_lost.find(connection); found != m_lost.end()) {
        const qint64 count = found->second;
        m_lost.erase(found);
        dropped(QStringLiteral("capture"), count, connection);
    }
}

void SessionRecorder::tellAllLost()
{
    for (const auto &[connection, count] : std::exchange(m_lost, {})) {
        dropped(QStringLiteral("capture"), count, connection);
    }
}

void SessionRecorder::touch()
{
    if (m_isTurnPending) {
        return;
    }
    m_isTurnPending = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_isTurnPending = false;
            if (m_writer) {
                checkWallClock();
                m_writer->flush();
                Q_EMIT turnEnded();
            }
        },
        Qt::QueuedConnection);
}

void SessionRecorder::ring()
{
    m_log->ringDoorbell();
}

void SessionRecorder::finish()
{
    tellAllLost();
    append(EventType::Ended, QStringLiteral("The session was ended"));
    m_live->unwritten = m_writer->finish();
    const CaptureFile::Place place = m_writer->file()->place();
    m_writer.reset();
    onPlace(place);
}

void SessionRecorder::checkWallClock()
{
    const qint64 now = Clock::now();
    if (now - m_clockLookedAt < Second) {
        return;
    }
    m_clockLookedAt = now;
    const qint64 step = Clock::wallClockStep() - m_clockStep;
    if (std::abs(step) < Second) {
        return;
    }
    m_clockStep += step;
    const double seconds = static_cast<double>(step) / double(Second);
    append(EventType::ClockStep,
           QStringLiteral("The wall clock was set by %1 s; times in this log go on as before").arg(seconds, 0, 'f', 3),
           {{QStringLiteral("seconds"), seconds}}, Event::Severity::Warning);
}

void SessionRecorder::onStatus(const std::optional<Error> &error)
{
    m_diskError = error ? error->detail : QString();
    publishTrouble();
}

void SessionRecorder::onPlace(CaptureFile::Place place)
{
    if (std::exchange(m_place, place) == place) {
        return;
    }
    if (m_writer) {
        const bool isBack = place == CaptureFile::Place::Here;
        QString text = isBack ? QStringLiteral("the log is in its place again") : placeTrouble(place);
        text[0] = text[0].toUpper();
        append(EventType::Note, text, {}, isBack ? Event::Severity::Info : Event::Severity::Warning);
    }
    publishTrouble();
}

void SessionRecorder::setSizeLimit(qint64 bytes)
{
    if (bytes == m_sizeLimit || !m_writer) {
        return;
    }
    m_sizeLimit = bytes;
    m_writer->setSizeLimit(bytes, [this] {
        // Not at once: the writer is in the middle of something.
        QMetaObject::invokeMethod(this, &SessionRecorder::onLimitReached, Qt::QueuedConnection);
    });
    if (m_isAtLimit) {
        m_isAtLimit = false;
        publishTrouble();
        Q_EMIT roomAgain();
    }
}

void SessionRecorder::onLimitReached()
{
    if (m_isAtLimit || !m_writer) {
        return;
    }
    m_isAtLimit = true;
    append(EventType::Note,
           QStringLiteral("The log has reached its limit of %1: nothing more is recorded, and streams are not read")
               .arg(OptionValues::fromSize(m_sizeLimit)),
           {}, Event::Severity::Warning);
    publishTrouble();
}

/// The worst first.
QString SessionRecorder::trouble() const
{
    if (!m_diskError.isEmpty()) {
        return m_diskError;
    }
    if (m_isAtLimit) {
        return QStringLiteral("the log has reached its limit of %1 (option log-limit)")
            .arg(OptionValues::fromSize(m_sizeLimit));
    }
    return placeTrouble(m_place);
}

void SessionRecorder::publishTrouble()
{
    m_live->setRecordingError(trouble());
    m_live->isRemoved = m_place == CaptureFile::Place::Nowhere;
    m_live->isRecordingStalled = m_isAtLimit || !m_diskError.isEmpty();
    m_live->isAtSizeLimit = m_isAtLimit;
    ring();
}

} // namespace Sidewire
