// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "answer.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

namespace Sidewire {

namespace {

using Kind = AnswerOptions::Kind;

SendRequest bytes(const QByteArray &content)
{
    SendRequest request; // Over WebSocket these bytes are text if they are valid UTF-8
    request.bytes = content;
    return request;
}

Error unreadable(const QString &path, const QString &why)
{
    return {Error::Code::Io, QStringLiteral("%1 cannot be read: %2").arg(path, why)};
}

} // namespace

Answer::Answer(const AnswerOptions &options)
    : m_options(options)
    , m_content(std::make_shared<QByteArray>())
{
    if (options.kind == Kind::Unruly) {
        m_unruly.emplace(options.seed);
    }
}

bool Answer::isReply() const
{
    return m_options.kind == Kind::Echo || m_options.kind == Kind::Text || m_options.kind == Kind::Greet
        || m_options.kind == Kind::File;
}

bool Answer::isReplyToDatagrams() const
{
    return m_options.kind != Kind::None && m_options.kind != Kind::Discard;
}

std::vector<SendRequest> Answer::greeting() const
{
    return m_options.kind == Kind::Greet ? std::vector<SendRequest>{bytes(m_options.text)} : std::vector<SendRequest>{};
}

Result<std::vector<SendRequest>> Answer::replyTo(const SendRequest &received)
{
    std::vector<SendRequest> result;
    switch (m_options.kind) {
    case Kind::None:
    case Kind::Discard:
        break;
    case Kind::Echo:
    case Kind::Greet:
        result.push_back(received);
        break;
    case Kind::Text:
        result.push_back(bytes(m_options.text));
        break;
    case Kind::Clock:
        result.push_back(time(Form::Line)); // As the daytime service over UDP (RFC 867)
        break;
    case Kind::Unruly:
        for (const QByteArray &datagram : m_unruly->fate(received.bytes)) {
            result.push_back(bytes(datagram));
        }
        break;
    case Kind::File: {
        const Result<QByteArray> content = readFile();
        if (!content) {
            return content.error();
        }
        result.push_back(bytes(*content));
        break;
    }
    }
    return result;
}

SendRequest Answer::time(Form form)
{
    const QString now = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
    if (form == Form::Line) {
        return bytes(now.toLatin1() + '\n');
    }
    const QJsonObject message{{QStringLiteral("n"), m_ticks++}, {QStringLiteral("time"), now}};
    return bytes(QJsonDocument(message).toJson(QJsonDocument::Compact));
}

Result<QByteArray> Answer::readFile() const
{
    constexpr qint64 Piece = 256 * 1024;
    const QFileInfo info(m_options.file);
    if (!info.exists()) {
        return unreadable(m_options.file, QStringLiteral("there is no such file"));
    }
    if (!info.isFile()) {
        return unreadable(m_options.file,
                          QStringLiteral("not a regular file")); // A pipe would block, /dev/zero never end
    }
    QFile file(m_options.file);
    if (!file.open(QIODevice::ReadOnly)) {
        return unreadable(m_options.file, file.errorString());
    }
    QByteArray content;
    for (QByteArray piece = file.read(Piece); !piece.isEmpty(); piece = file.read(Piece)) {
        content += piece;
        if (content.size() > MaxFile) {
            return Error{
                Error::Code::TooLarge,
                QStringLiteral("%1 is longer than the %2 MiB of an answer").arg(m_options.file).arg(MaxFile >> 20)};
        }
    }
    if (file.error() != QFileDevice::NoError) {
        return unreadable(m_options.file, file.errorString());
    }
    if (content != *m_content) {
        *m_content = content;
    }
    return *m_content;
}

} // namespace Sidewire
