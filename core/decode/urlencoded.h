// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace Sidewire::UrlEncoded {

/// Percent-encoded bytes (RFC 3986, 2.1) as they were; a plus sign stays one. The error names the offset of a percent sign
/// without two hex digits, and of a byte that must have been encoded (a control character, a space, beyond ASCII).
Result<QByteArray> decode(QByteArrayView text);

struct FormField
{
    QByteArray name;
    QByteArray value;
    bool hasValue = true; ///< False without an equals sign

    friend bool operator==(const FormField &, const FormField &) = default;
};

/// The fields of a form or a query, application/x-www-form-urlencoded: a plus sign is a space. Order and repeated names are
/// kept. More than 10,000 of them are refused.
Result<std::vector<FormField>> formFields(QByteArrayView text);

} // namespace Sidewire::UrlEncoded
