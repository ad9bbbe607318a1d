// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "textpane.h"

#include "core/decode/textencoding.h"
#include "core/payload/text.h"
#include "ui/views/messagepreview.h"
#include "ui/views/panebar.h"
#include "ui/views/payloadtext.h"

#include <QComboBox>

#include <algorithm>

namespace Sidewire {

namespace {

struct Shown
{
    QString text;
    QString encoding;
    qsizetype broken = 0;
    bool isCut = false;
};

/// `encoding` is empty for the one that the bytes suggest.
Shown textOf(const PaneContent &content, const QString &encoding)
{
    if (content.kind == MessageKind::Close) {
        return {MessagePreview::ofClose(content.bytes), {}, 0, false};
    }
    Shown shown;
    shown.encoding = encoding.isEmpty() ? TextEncoding::suggested(content.bytes) : encoding;
    if (shown.encoding.isEmpty()) {
        shown.encoding = QStringLiteral("UTF-8");
    }
    if (const auto decoded = TextEncoding::decode(content.bytes, shown.encoding)) {
        shown.broken = decoded->broken;
        shown.isCut = decoded->isCut && content.isWhole;
        // Of UTF-8 each broken byte is to be seen, and not only a sign for some of them.
        const bool isUtf8 = shown.encoding == u"UTF-8";
        const QString text = Text::display(isUtf8 ? content.bytes : decoded->text.toUtf8());
        shown.text = PayloadText::breakLongLines(text);
    }
    return shown;
}

} // namespace

TextPane::TextPane(QWidget *parent)
    : ContentPane(parent)
    , m_bar(new PaneBar(this))
    , m_encoding(new QComboBox(this))
    , m_text(new PayloadText(this))
{
    m_encoding->setObjectName(QStringLiteral("textEncoding"));
    m_encoding->setAccessibleName(tr("Encoding"));
    m_encoding->setToolTip(tr("The encoding in which the bytes are read"));
    m_encoding->addItem(tr("Automatic"));
    m_encoding->addItems(TextEncoding::names());
    m_text->setObjectName(QStringLiteral("detailText"));
    m_bar->add(m_encoding);
    layOut(m_bar, m_text);
    connect(m_encoding, &QComboBox::currentIndexChanged, this, &TextPane::showAgain);
}

void TextPane::showContent(const PaneContent &content)
{
    const QString encoding = m_encoding->currentIndex() == 0 ? QString() : m_encoding->currentText();
    compute([content, encoding] { return textOf(content, encoding); },
            [this](const Shown &shown) {
                m_text->showText(shown.text);
                QStringList remarks;
                if (!shown.encoding.isEmpty()) {
                    remarks += shown.encoding;
                }
                if (shown.broken > 0) {
                    const int count = static_cast<int>(std::min<qsizetype>(shown.broken, 1'999'999'999));
                    remarks += count == 1 ? tr("1 broken character") : tr("%n broken characters", nullptr, count);
                }
                if (shown.isCut) {
                    remarks += tr("the last character is not complete");
                }
                m_bar->setRemark(remarks.join(QStringLiteral(", ")));
            });
}

void TextPane::showNothing()
{
    m_text->showText({});
    m_bar->setRemark({});
}

} // namespace Sidewire
