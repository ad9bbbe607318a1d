// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "journalentry.h"

#include <QtEndian>

namespace Sidewire::JournalEntry {

namespace {

constexpr qsizetype MaxMessage = 4096; // Characters
constexpr qsizetype MaxShortened = 1024;

/// The message in one line: a line break would end its field, and a terminal would obey other control characters.
QByteArray oneLine(QString message)
{
    message.truncate(MaxMessage);
    for (QChar &character : message) {
        if (character.unicode() < 0x20 || (character.unicode() >= 0x7f && character.unicode() < 0xa0)) {
            character = u' ';
        }
    }
    return message.toUtf8();
}

QByteArray boundedJson(const Event &event)
{
    QByteArray json = event.toJson();
    if (json.size() <= MaxSize) {
        return json;
    }
    Event shortened = event;
    for (auto it = shortened.data.begin(); it != shortened.data.end(); ++it) {
        if (it->isString()) {
            *it = it->toString().left(MaxShortened);
        }
    }
    json = shortened.toJson();
    if (json.size() > MaxSize) {
        shortened.data = {};
        json = shortened.toJson();
    }
    return json;
}

char priority(Event::Severity severity)
{
    switch (severity) {
    case Event::Severity::Warning:
        return '4';
    case Event::Severity::Error:
        return '3';
    case Event::Severity::Info:
        break;
    }
    return '6';
}

Event::Severity severity(QByteArrayView priority)
{
    bool isNumber = false;
    const int level = priority.toByteArray().toInt(&isNumber);
    if (!isNumber || level > 4) {
        return Event::Severity::Info;
    }
    return level == 4 ? Event::Severity::Warning : Event::Severity::Error;
}

struct Field
{
    QByteArrayView name;
    QByteArrayView value;
};

/// Takes the next field off `entry`; nothing at the end and where the rest breaks the format.
std::optional<Field> takeField(QByteArrayView &entry)
{
    const qsizetype end = entry.indexOf('\n');
    if (end <= 0) {
        return std::nullopt; // Padding, or the empty line that ends an entry
    }
    const QByteArrayView line = entry.first(end);
    entry = entry.sliced(end + 1);
    const qsizetype equals = line.indexOf('=');
    if (equals >= 0) {
        return Field{line.first(equals), line.sliced(equals + 1)};
    }
    // The binary form, for values with line breaks: name, line feed, 64 bits of size, value, line feed.
    constexpr qsizetype SizeSize = 8;
    if (entry.size() < SizeSize) {
        return std::nullopt;
    }
    const auto size = qFromLittleEndian<quint64>(entry.data());
    entry = entry.sliced(SizeSize);
    if (size >= static_cast<quint64>(entry.size())) {
        return std::nullopt;
    }
    const Field field{line, entry.first(static_cast<qsizetype>(size))};
    entry = entry.sliced(static_cast<qsizetype>(size) + 1);
    return field;
}

} // namespace

QByteArray fromEvent(const Event &event)
{
    QByteArray entry;
    entry += "__REALTIME_TIMESTAMP=" + QByteArray::number(event.time / 1000);
    entry += "\nSYSLOG_IDENTIFIER=sidewire\nPRIORITY=";
    entry += priority(event.severity);
    entry += "\nMESSAGE=" + oneLine(event.message);
    entry += "\nSIDEWIRE_EVENT=" + boundedJson(event); // Compact JSON has no line breaks
    entry += '\n';
    return entry;
}

std::optional<Event> toEvent(QByteArrayView entry)
{
    QByteArrayView message;
    QByteArrayView level;
    QByteArrayView json;
    while (const std::optional<Field> field = takeField(entry)) {
        if (field->name == "MESSAGE") {
            message = field->value;
        } else if (field->name == "PRIORITY") {
            level = field->value;
        } else if (field->name == "SIDEWIRE_EVENT") {
            json = field->value;
        }
    }
    if (json.isEmpty()) {
        return std::nullopt;
    }
    Result<Event> event = Event::fromJson(json, QString::fromUtf8(message), severity(level));
    if (!event) {
        return std::nullopt;
    }
    return std::move(event).value();
}

} // namespace Sidewire::JournalEntry
