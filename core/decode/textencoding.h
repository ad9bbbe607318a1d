// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"

#include <QByteArrayView>
#include <QString>
#include <QStringList>

namespace Sidewire::TextEncoding {

/// What can be chosen, the usual ones first: UTF-8, UTF-16 and UTF-32 in both byte orders, ISO-8859-1, that of the system, and
/// whatever else this Qt was built with.
QStringList names();

struct DecodedText
{
    QString text;
    qsizetype broken = 0; ///< Characters U+FFFD that stand for bytes that are none of the encoding
    bool isCut = false; ///< The last character is not complete

    friend bool operator==(const DecodedText &, const DecodedText &) = default;
};

/// The bytes as text, control characters and all. A byte order mark at the beginning is left out. An error only for a name
/// that is not in names().
Result<DecodedText> decode(QByteArrayView bytes, const QString &name);

/// What the byte order mark at the beginning says, otherwise UTF-16 where every second byte is zero; empty when there is no
/// reason to think of anything but UTF-8.
QString suggested(QByteArrayView bytes);

} // namespace Sidewire::TextEncoding
