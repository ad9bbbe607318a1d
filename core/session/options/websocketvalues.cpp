// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "websocketvalues.h"

#include "core/session/options/optionvalues.h"

namespace Sidewire {

namespace {

constexpr QLatin1StringView Name("permessage-deflate");
constexpr QLatin1StringView Separator("; ");

DeflateParameters offerOfBrowsers()
{
    DeflateParameters offer;
    offer.isClientWindowOpen = true;
    return offer;
}

} // namespace

Result<std::optional<DeflateParameters>> WebSocketValues::deflate(const QString &text)
{
    if (text == u"off") {
        return std::optional<DeflateParameters>();
    }
    if (text == u"on") {
        return std::optional(offerOfBrowsers());
    }
    if (text.contains(u',') || OptionValues::hasControlCharacter(text)) {
        return OptionValues::mismatch(); // One offer, in one line
    }
    const QString element = text.startsWith(Name) ? text : Name + Separator + text;
    const Result<DeflateParameters> offer = DeflateParameters::parse(element.toUtf8(), DeflateParameters::Role::Offer);
    if (!offer) {
        return OptionValues::usage(
            QStringLiteral("deflate takes off, on or parameters of permessage-deflate: %1").arg(offer.error().detail));
    }
    return std::optional(*offer);
}

QString WebSocketValues::fromDeflate(const std::optional<DeflateParameters> &offer)
{
    if (!offer) {
        return QStringLiteral("off");
    }
    if (offer == offerOfBrowsers()) {
        return QStringLiteral("on");
    }
    const QString header = QString::fromLatin1(offer->toHeader());
    const QString prefix = Name + Separator;
    return header.startsWith(prefix) ? header.mid(prefix.size()) : header;
}

Result<AutoPong> WebSocketValues::autoPong(const QString &text)
{
    if (const Result<bool> isOn = OptionValues::onOff(text)) {
        return AutoPong{*isOn, {}};
    }
    const Result<std::chrono::milliseconds> delay = OptionValues::milliseconds(text);
    if (!delay) {
        return delay.error();
    }
    return AutoPong{true, *delay};
}

QString WebSocketValues::fromAutoPong(const AutoPong &autoPong)
{
    return autoPong.isOn && autoPong.delay.count() > 0 ? OptionValues::fromMilliseconds(autoPong.delay)
                                                       : OptionValues::fromOnOff(autoPong.isOn);
}

} // namespace Sidewire
