// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "decodedpane.h"

#include "core/payload/hex.h"
#include "core/payload/json.h"
#include "core/payload/text.h"
#include "ui/views/panebar.h"
#include "ui/views/payloadtext.h"

#include <QComboBox>

#include <algorithm>

namespace Sidewire {

namespace {

struct Shown
{
    QString text;
    QString names; ///< "base64 → gzip"; empty when nothing was decoded
    QString remarks;
    QString problem; ///< Why nothing was decoded, if a decoder was chosen
    qsizetype size = 0;
    bool isCut = false; ///< More was decoded than is shown
    bool isLimited = false; ///< Something may have been left out
};

QString readable(QByteArrayView bytes)
{
    switch (shapeOf(bytes)) {
    case Shape::Json:
        if (const Result<QByteArray> text = Json::reindent(bytes)) {
            return Text::display(*text);
        }
        return Text::display(bytes);
    case Shape::Empty:
    case Shape::Text:
        return Text::display(bytes);
    case Shape::Binary:
        break;
    }
    return Hex::dump(bytes);
}

Shown decodedText(const QByteArray &bytes, std::optional<Decoder> chosen, qsizetype limit)
{
    if (!chosen) {
        chosen = bestFit(bytes);
    }
    if (!chosen) {
        return {};
    }
    Shown shown;
    const Result<Unwrapped> unwrapped = unwrap(bytes, *chosen, limit);
    if (!unwrapped) {
        shown.problem = unwrapped.error().detail;
        return shown;
    }
    shown.names = unwrapped->names();
    shown.remarks = unwrapped->remarks();
    shown.size = unwrapped->bytes.size();
    shown.isCut = shown.size > DecodedPane::MaxShown;
    shown.isLimited = shown.size >= limit || !shown.remarks.isEmpty();
    shown.text =
        PayloadText::breakLongLines(readable(unwrapped->bytes.first(std::min(shown.size, DecodedPane::MaxShown))));
    return shown;
}

} // namespace

DecodedPane::DecodedPane(QWidget *parent)
    : ContentPane(parent)
    , m_bar(new PaneBar(this))
    , m_decoder(new QComboBox(this))
    , m_text(new PayloadText(this))
{
    m_decoder->setObjectName(QStringLiteral("decoderChooser"));
    m_decoder->setAccessibleName(tr("Decoder"));
    m_decoder->setToolTip(tr("What is taken off first; what is below it is found by itself"));
    m_decoder->addItem(tr("What fits best"));
    for (const Decoder decoder : Decoders) {
        m_decoder->addItem(nameOf(decoder));
    }
    m_text->setObjectName(QStringLiteral("detailDecoded"));
    m_bar->add(m_decoder);
    layOut(m_bar, m_text);
    connect(m_decoder, &QComboBox::currentIndexChanged, this, &DecodedPane::showAgain);
}

std::optional<Decoder> DecodedPane::chosen() const
{
    const int index = m_decoder->currentIndex() - 1;
    return index < 0 ? std::nullopt : std::optional(Decoders[static_cast<std::size_t>(index)]);
}

void DecodedPane::showContent(const PaneContent &content)
{
    m_bar->setRemark(tr("Decoding\u2026"));
    const auto show = [this](const Shown &shown) {
        m_text->showText(shown.text);
        if (shown.names.isEmpty()) {
            m_bar->setRemark(shown.problem.isEmpty() ? tr("No decoder fits: nothing seems to be wrapped in anything")
                                                     : shown.problem);
            return;
        }
        //: What was taken off, and the sizes before and after
        QStringList remarks{
            tr("%1: %2 B \u2192 %3 B").arg(shown.names).arg(this->content().bytes.size()).arg(shown.size)};
        if (!shown.remarks.isEmpty()) {
            remarks += shown.remarks;
        }
        if (!this->content().isWhole) {
            remarks += tr("only the beginning of the message was looked at");
        }
        if (shown.isCut) {
            remarks += tr("the first %1 bytes are shown").arg(MaxShown);
        }
        m_bar->setRemark(remarks.join(QStringLiteral(", ")));
    };
    const std::optional<Decoder> decoder = chosen();
    if (content.bytes.size() <= InlineBytes) {
        const Shown few = decodedText(content.bytes, decoder, InlineBytes);
        if (!few.isLimited) {
            compute([few] { return few; }, show);
            return;
        }
    }
    computeAside([bytes = content.bytes, decoder] { return decodedText(bytes, decoder, MaxOutput); }, show);
}

void DecodedPane::showNothing()
{
    m_text->showText({});
    m_bar->setRemark({});
}

} // namespace Sidewire
