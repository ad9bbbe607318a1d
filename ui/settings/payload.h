// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "ui/settings/framesettings.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QSettings>
#include <QString>

namespace Sidewire {

/// What stands after the text that is sent.
enum class LineEnding : quint8 { None, Lf, CrLf, Cr, Nul };
constexpr int LineEndingCount = 5;

QByteArray toBytes(LineEnding ending);

/// What a person composed, before it is bytes.
struct Payload
{
    enum class Mode : quint8 { Text, Hex, File };
    enum class As : quint8 { Text, Binary, Ping, Close, Frames };

    Mode mode = Mode::Text;
    QString text; ///< The text, the hex digits or the path of the file
    bool hasEscapes = false; ///< Text: \n, \x00 and the like stand for bytes
    LineEnding inner = LineEnding::Lf; ///< Text: how its own line ends leave
    LineEnding ending = LineEnding::None; ///< Text: what is added at the end
    As as = As::Text; ///< WebSocket only
    quint16 closeCode = 1000; ///< As::Close only; the bytes are the reason
    FrameSettings frames = {}; ///< As::Frames only

    /// The bytes that will leave. A file is read as a whole; more than MaxFileSize is refused.
    Result<QByteArray> toBytes() const;
    static constexpr qint64 MaxFileSize = 64 * 1024 * 1024;

    QJsonObject toJson() const;
    static Payload fromJson(const QJsonObject &object);

    friend bool operator==(const Payload &, const Payload &) = default;
};

/// A payload that was given a name.
struct SavedPayload
{
    QString name;
    Payload payload;

    friend bool operator==(const SavedPayload &, const SavedPayload &) = default;
};

QList<SavedPayload> readPayloads(const QSettings &settings);
void writePayloads(QSettings &settings, const QList<SavedPayload> &payloads);

} // namespace Sidewire
