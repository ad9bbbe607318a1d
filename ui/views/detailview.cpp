// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "detailview.h"

#include "core/index/messagereader.h"
#include "core/payload/hex.h"
#include "core/payload/json.h"
#include "core/payload/text.h"
#include "ui/theme/theme.h"
#include "ui/views/connectionview.h"
#include "ui/views/messagefields.h"
#include "ui/views/messagepreview.h"
#include "ui/views/timelineview.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScopedValueRollback>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace Sidewire {

DetailView::DetailView(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_limit(new QLabel(this))
    , m_tabs(new QTabWidget(this))
    , m_timeline(new TimelineView(this))
    , m_connection(new ConnectionView(this))
{
    setObjectName(QStringLiteral("detailView"));
    m_title->setObjectName(QStringLiteral("detailTitle"));
    m_title->setTextFormat(Qt::PlainText);
    m_limit->setObjectName(QStringLiteral("detailLimit"));
    m_limit->setTextFormat(Qt::PlainText);
    m_limit->hide();

    m_tabs->setDocumentMode(true);
    m_texts[TextTab] = addTextTab(tr("Text"), "detailText");
    m_texts[JsonTab] = addTextTab(tr("JSON"), "detailJson");
    m_texts[HexTab] = addTextTab(tr("Hex"), "detailHex");
    m_texts[FieldsTab] = addTextTab(tr("Fields"), "detailFields");
    m_tabs->addTab(m_timeline, tr("Timeline"));
    m_tabs->addTab(m_connection, tr("Connection"));
    m_texts[HexTab]->setLineWrapMode(QPlainTextEdit::NoWrap);
    applyFont();

    auto *corner = new QWidget(this);
    auto *labels = new QHBoxLayout(corner);
    labels->setContentsMargins(8, 0, 8, 0);
    labels->addWidget(m_title);
    m_tabs->setCornerWidget(corner);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_tabs);
    m_limit->setContentsMargins(8, 2, 8, 2);
    column->addWidget(m_limit);
    connect(m_tabs, &QTabWidget::currentChanged, this, &DetailView::onTabChanged);
    clear();
}

QPlainTextEdit *DetailView::addTextTab(const QString &title, const char *name)
{
    auto *text = new QPlainTextEdit(m_tabs);
    text->setObjectName(QLatin1String(name));
    text->setReadOnly(true);
    text->setUndoRedoEnabled(false);
    text->setFrameShape(QFrame::NoFrame);
    text->setWordWrapMode(QTextOption::WrapAnywhere);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_tabs->addTab(text, title);
    return text;
}

void DetailView::applyFont()
{
    for (QPlainTextEdit *text : m_texts) {
        text->setFont(Theme::fixedFont());
    }
}

void DetailView::setLog(std::shared_ptr<const SessionLog> log)
{
    m_log = std::move(log);
    m_timeline->setLog(m_log);
    m_connection->setLog(m_log);
    setMessage({}, {});
}

void DetailView::setTimeStyle(TimeStyle style)
{
    m_timeline->setTimeStyle(style);
}

void DetailView::setMessage(const std::optional<Message> &message, const QString &title)
{
    m_title->setText(message ? title : tr("no message selected"));
    m_connection->setConnection(message ? std::optional(message->connection) : std::nullopt);
    if (message == m_message && message) {
        return;
    }
    m_message = message;
    clear();
    fetch();
}

void DetailView::clear()
{
    m_content.reset();
    m_wire.reset();
    m_isFilled.fill(false);
    m_limit->hide();
    for (QPlainTextEdit *text : m_texts) {
        text->clear();
    }
}

void DetailView::refresh()
{
    m_timeline->refresh();
    m_connection->refresh();
    fetch();
}

void DetailView::fetch()
{
    if (!m_log || !m_message || m_content) {
        return;
    }
    const MessageReader reader(*m_log);
    std::optional<QByteArray> content = reader.content(*m_message, MaxBytes, MessageReader::Wait::No);
    std::optional<QByteArray> wire = reader.wire(*m_message, MaxBytes, MessageReader::Wait::No);
    if (!content || !wire) {
        return; // The log is asked for them: they are there at a later refresh
    }
    m_content = std::move(content);
    m_wire = std::move(wire);
    const bool isCut = m_message->contentLength > MaxBytes;
    const bool hasLongLine =
        std::ranges::any_of(m_content->split('\n'), [](const QByteArray &line) { return line.size() > MaxLine; });
    QStringList remarks;
    if (isCut) {
        remarks += tr("The first %1 of %2 bytes are shown; copying and exporting take all.")
                       .arg(m_content->size())
                       .arg(m_message->contentLength);
    }
    if (hasLongLine) {
        remarks += tr("Lines are broken after %1 characters here.").arg(MaxLine);
    }
    m_limit->setText(remarks.join(u' '));
    m_limit->setVisible(!remarks.isEmpty());
    showFittingTab();
    fillCurrentTab();
}

void DetailView::showFittingTab()
{
    const QScopedValueRollback guard(m_isChoosing, true);
    const bool isCut = m_message->contentLength > MaxBytes;
    const QString reason = jsonOf(*m_content, !isCut).reason;
    m_tabs->setTabEnabled(JsonTab, reason.isEmpty());
    m_tabs->setTabToolTip(JsonTab, reason);

    const bool isText = m_message->kind == MessageKind::Close
        || (Text::isValidUtf8(*m_content, Text::Ending::AllowCut) && !m_content->contains('\0'));
    int tab = m_chosenTab;
    if (tab == JsonTab && !reason.isEmpty()) {
        tab = TextTab;
    }
    if (tab == TextTab && !isText) {
        tab = HexTab;
    }
    m_tabs->setCurrentIndex(tab);
}

void DetailView::onTabChanged(int tab)
{
    m_title->setVisible(tab < TimelineTab); // The other tabs are not about the message
    if (!m_isChoosing) {
        m_chosenTab = tab;
        fillCurrentTab();
    }
}

DetailView::JsonText DetailView::jsonOf(QByteArrayView content, bool isWhole)
{
    if (!isWhole) {
        return {{}, tr("too long to be shown as JSON")};
    }
    const Result<QByteArray> text = Json::reindent(content);
    return text ? JsonText{Text::display(*text), {}} : JsonText{{}, tr("Not JSON: %1").arg(text.error().detail)};
}

void DetailView::fillCurrentTab()
{
    const int tab = m_tabs->currentIndex();
    if (tab < 0 || tab >= TimelineTab || !m_content || m_isFilled[static_cast<std::size_t>(tab)]) {
        return;
    }
    m_isFilled[static_cast<std::size_t>(tab)] = true;
    QString text;
    switch (tab) {
    case TextTab:
        text = m_message->kind == MessageKind::Close ? MessagePreview::ofClose(*m_content) : Text::display(*m_content);
        break;
    case JsonTab:
        text = jsonOf(*m_content, m_message->contentLength <= MaxBytes).text;
        break;
    case HexTab:
        text = Hex::dump(*m_content);
        break;
    default: {
        const bool isServerSide = m_log->connection(m_message->connection).isServerSide;
        const bool isFromClient = (m_message->direction == Direction::In) == isServerSide;
        text = describeFields(*m_message, *m_wire,
                              isFromClient ? FrameDecoder::Sender::Client : FrameDecoder::Sender::Server);
    }
    }
    m_texts[static_cast<std::size_t>(tab)]->setPlainText(breakLongLines(text));
}

QString DetailView::breakLongLines(const QString &text)
{
    QString broken;
    qsizetype column = 0;
    for (const QChar character : text) {
        if (column >= MaxLine && character != u'\n' && !character.isLowSurrogate()) {
            broken += u'\n';
            column = 0;
        }
        broken += character;
        column = character == u'\n' ? 0 : column + 1;
    }
    return broken;
}

void DetailView::focusCurrentTab()
{
    m_tabs->currentWidget()->setFocus(Qt::ShortcutFocusReason);
}

void DetailView::setCurrentTab(int tab)
{
    if (tab >= 0 && tab < TabCount) {
        m_tabs->setCurrentIndex(tab);
        m_chosenTab = tab; // Also when it cannot be shown now
    }
}

} // namespace Sidewire
