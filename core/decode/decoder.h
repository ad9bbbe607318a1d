// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/decode/urlencoded.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <array>
#include <optional>
#include <vector>

namespace Sidewire {

/// What takes a wrapping off a payload: bytes into other bytes.
enum class Decoder { Base64, Percent, Form, Inflate };
inline constexpr std::array Decoders{Decoder::Base64, Decoder::Percent, Decoder::Form, Decoder::Inflate};

QString nameOf(Decoder decoder); ///< "base64"

/// What the bytes of a payload are, as far as they tell by themselves.
enum class Shape {
    Empty,
    Json, ///< An object or an array
    Text, ///< UTF-8 without zero bytes
    Binary,
};
Shape shapeOf(QByteArrayView bytes);

/// How well `decoder` fits, from 0 (it does not apply) to 100. At GoodFit and above it says more than the bytes
/// themselves: what comes out is something known, which does not happen by chance.
int fit(Decoder decoder, QByteArrayView bytes);
constexpr int GoodFit = 60;
std::optional<Decoder> bestFit(QByteArrayView bytes); ///< With a good fit; nothing when there is none

/// A payload with its wrappings taken off, one in another: base64, then gzip, then what is JSON.
struct Unwrapped
{
    struct Layer
    {
        Decoder decoder{};
        QString name; ///< "gzip"; says more than the decoder's
        QString remark; ///< "cut after 16777216 bytes"; empty when all is well
    };
    std::vector<Layer> layers; ///< The outermost first
    QByteArray bytes;

    QString names() const; ///< "base64 → gzip"
    QString remarks() const;
};

/// Takes off `first`, then whatever has a good fit, at most 4 layers, each to at most `limit` bytes. The error says why
/// `first` does not apply.
Result<Unwrapped> unwrap(QByteArrayView bytes, Decoder first, qsizetype limit);

/// A form's fields, one a line: "name = value"; what is not text there as escapes.
QByteArray formText(const std::vector<UrlEncoded::FormField> &fields);

} // namespace Sidewire
