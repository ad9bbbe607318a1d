// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QStringView>

namespace Sidewire {

/// Writes JSON in the order of the calls, without keeping more than what was not taken yet (a QJsonObject sorts its keys and
/// holds all of it). Safe on a terminal: whatever could act on one is written as \uXXXX.
class JsonWriter
{
public:
    JsonWriter &beginObject() { return open('{'); }
    JsonWriter &endObject() { return close('}'); }
    JsonWriter &beginArray() { return open('['); }
    JsonWriter &endArray() { return close(']'); }

    JsonWriter &key(const char *name);

    JsonWriter &text(QByteArrayView utf8); ///< Must be valid UTF-8
    JsonWriter &text(QStringView text) { return this->text(text.toUtf8()); }
    JsonWriter &number(qint64 number) { return raw(QByteArray::number(number)); }
    JsonWriter &milliseconds(double number) { return raw(QByteArray::number(number, 'f', 3)); }
    JsonWriter &raw(QByteArrayView json); ///< A value that is JSON already
    JsonWriter &null() { return raw("null"); }

    /// What was written since the last call.
    QByteArray take();

private:
    JsonWriter &open(char bracket);
    JsonWriter &close(char bracket);
    void separate();

    QByteArray m_out;
    bool m_needsComma = false;
};

} // namespace Sidewire
