// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/options/optiontable.h"
#include "core/session/options/optionvalues.h"

#include <optional>
#include <type_traits>

namespace Sidewire {

/// Makes the OptionAccess of a field out of two functions: text into a value, and the value into text.
namespace OptionAccesses {

/// A field of SessionOptions, however deep: field(&SessionOptions::socket, &SocketSettings::backlog).
template<typename... Members>
auto field(Members... members)
{
    return [members...](auto &options) -> auto &
    {
        return (options.*....*members);
    };
}

inline const SessionOptions &defaults()
{
    static const SessionOptions options;
    return options;
}

template<typename Field, typename Parse, typename Format>
OptionAccess single(Field field, Parse parse, Format format)
{
    return {[field, parse](SessionOptions &options, const QString &text) -> Result<void> {
                auto value = parse(text);
                if (!value) {
                    return value.error();
                }
                field(options) = *std::move(value);
                return {};
            },
            [field, format](const SessionOptions &options) {
                return field(options) == field(defaults()) ? QStringList() : QStringList{format(field(options))};
            },
            [field](SessionOptions &options) {
                field(options) = field(defaults());
            }};
}

/// Each value is one more element of a list.
template<typename Field, typename Parse, typename Format>
OptionAccess repeated(Field field, Parse parse, Format format)
{
    return {[field, parse](SessionOptions &options, const QString &text) -> Result<void> {
                auto value = parse(text);
                if (!value) {
                    return value.error();
                }
                field(options).push_back(*std::move(value));
                return {};
            },
            [field, format](const SessionOptions &options) {
                QStringList values;
                for (const auto &value : field(options)) {
                    values << format(value);
                }
                return values;
            },
            [field](SessionOptions &options) {
                field(options) = {};
            }};
}

template<typename Field>
OptionAccess number(Field field, int least, int most)
{
    return single(
        field, [least, most](const QString &text) { return OptionValues::number(text, least, most); },
        [](std::optional<int> value) { return QString::number(*value); });
}

template<typename Field>
OptionAccess onOff(Field field)
{
    return single(field, OptionValues::onOff,
                  [](std::optional<bool> value) { return OptionValues::fromOnOff(*value); });
}

template<typename Field>
OptionAccess line(Field field)
{
    return single(field, OptionValues::line, [](const QString &value) { return value; });
}

} // namespace OptionAccesses

} // namespace Sidewire
