// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "detailview.h"

#include "core/decode/decoder.h"
#include "core/decode/textencoding.h"
#include "core/index/messagereader.h"
#include "core/payload/json.h"
#include "core/payload/text.h"
#include "ui/models/backgroundtask.h"
#include "ui/views/connectionview.h"
#include "ui/views/decodedpane.h"
#include "ui/views/fieldview.h"
#include "ui/views/hexpane.h"
#include "ui/views/jsonpane.h"
#include "ui/views/messagespans.h"
#include "ui/views/payloadtext.h"
#include "ui/views/selectionpane.h"
#include "ui/views/stagesview.h"
#include "ui/views/textpane.h"
#include "ui/views/timelineview.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QScopedValueRollback>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace Sidewire {

namespace {

int bestTab(const PaneContent &content, Shape shape)
{
    if (content.kind == MessageKind::Close || shape == Shape::Empty) {
        return DetailView::TextTab;
    }
    if (shape == Shape::Json && content.isWhole) {
        return DetailView::JsonTab;
    }
    if (bestFit(content.bytes)) {
        return DetailView::DecodedTab;
    }
    const bool isReadable = shape != Shape::Binary || !TextEncoding::suggested(content.bytes).isEmpty();
    return isReadable ? DetailView::TextTab : DetailView::HexTab;
}

bool hasLineOver(QByteArrayView bytes, qsizetype size)
{
    for (qsizetype begin = 0; begin <= bytes.size() - size;) {
        const qsizetype end = bytes.indexOf('\n', begin);
        if ((end < 0 ? bytes.size() : end) - begin > size) {
            return true;
        }
        if (end < 0) {
            break;
        }
        begin = end + 1;
    }
    return false;
}

/// Whether reading it and looking at it takes no noticeable time in the window's thread.
bool isShort(const Message &message)
{
    return message.contentLength <= ContentPane::InlineBytes && message.span().size() <= ContentPane::InlineBytes;
}

DetailFitting fittingOf(const PaneContent &content)
{
    const Shape shape = shapeOf(content.bytes);
    DetailFitting fitting;
    fitting.best = bestTab(content, shape);
    fitting.isText = content.kind == MessageKind::Close || shape != Shape::Binary
        || !TextEncoding::suggested(content.bytes).isEmpty();
    if (!content.isWhole) {
        fitting.jsonProblem = DetailView::tr("too long to be shown as JSON");
    } else if (const Result<QByteArray> text = Json::reindent(content.bytes); !text) {
        fitting.jsonProblem = DetailView::tr("Not JSON: %1").arg(text.error().detail);
    }
    return fitting;
}

} // namespace

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
    buildTabs();
    buildTabMenu();

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
    connect(&m_pause, &PauseTimer::paused, this, &DetailView::onPaused);
    clear();
}

void DetailView::buildTabs()
{
    m_tabs->setDocumentMode(true);
    m_panes = {new TextPane(m_tabs), new JsonPane(m_tabs), new HexPane(m_tabs), new DecodedPane(m_tabs)};
    m_tabs->addTab(m_panes[TextTab], tr("Text"));
    m_tabs->addTab(m_panes[JsonTab], tr("JSON"));
    m_tabs->addTab(m_panes[HexTab], tr("Hex"));
    m_tabs->addTab(m_panes[DecodedTab], tr("Decoded"));
    m_fields = new FieldView(m_tabs);
    m_tabs->addTab(m_fields, tr("Frame"));
    connect(m_fields, &FieldView::markRequested, this, &DetailView::markRequested);
    connect(m_fields, &FieldView::bytesRequested, this, &DetailView::bytesRequested);
    m_stages = new StagesView(m_tabs);
    m_tabs->addTab(m_stages, tr("Stages"));
    m_selection = new SelectionPane(m_tabs);
    m_tabs->addTab(m_selection, tr("Selection"));
    m_tabs->addTab(m_timeline, tr("Timeline"));
    m_tabs->addTab(m_connection, tr("Connection"));
}

void DetailView::buildTabMenu()
{
    auto *best = new QAction(tr("Show what fits &best"), m_tabs->tabBar());
    connect(best, &QAction::triggered, this, [this] { setCurrentTab(WhatFitsBest); });
    m_tabs->tabBar()->addAction(best);
    m_tabs->tabBar()->setContextMenuPolicy(Qt::ActionsContextMenu);
}

void DetailView::setLog(std::shared_ptr<const SessionLog> log)
{
    m_log = std::move(log);
    m_fields->setLog(m_log);
    m_stages->setLog(m_log);
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
    if (!isSameMessage(m_message, message)) {
        clear();
    }
    m_message = message;
    m_isDue = message.has_value();
    ++m_generation;
    if (message) {
        m_pause.start();
    } else {
        m_pause.stop();
    }
}

void DetailView::clear()
{
    m_fields->setMessage({});
    m_stages->setMessage({});
    m_hasContent = false;
    m_isFilled.fill(false);
    m_limit->hide();
    for (ContentPane *pane : m_panes) {
        pane->clear();
    }
}

void DetailView::onPaused()
{
    m_fields->setMessage(m_message);
    m_stages->setMessage(m_message);
    fetch();
}

void DetailView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    fetch();
}

void DetailView::refresh()
{
    m_timeline->refresh();
    m_connection->refresh();
    fetch();
}

void DetailView::fetch()
{
    if (!m_isDue || m_pause.isActive() || !isVisible() || !m_log || !m_message) {
        return;
    }
    m_isDue = false;
    if (isShort(*m_message)) {
        if (const auto content = MessageReader(*m_log).content(*m_message, MaxBytes, MessageReader::Wait::No)) {
            onFetched(look(*m_message, *content));
            return;
        }
    }
    const auto work = [log = m_log, message = *m_message] {
        const MessageReader reader(*log);
        return look(message, reader.content(message, MaxBytes, MessageReader::Wait::Yes).value_or(QByteArray()));
    };
    runInBackground(this, work, [this, generation = m_generation](const Fetched &fetched) {
        if (generation == m_generation) {
            onFetched(fetched);
        }
    });
}

DetailView::Fetched DetailView::look(const Message &message, const QByteArray &content)
{
    return {content, fittingOf({content, message.kind, message.contentLength <= MaxBytes}),
            hasLineOver(content, PayloadText::MaxLine)};
}

void DetailView::onFetched(const Fetched &fetched)
{
    const bool isWhole = m_message->contentLength <= MaxBytes;
    QStringList remarks;
    if (!isWhole) {
        remarks += tr("The first %1 of %2 bytes are shown; copying and exporting take all.")
                       .arg(fetched.content.size())
                       .arg(m_message->contentLength);
    }
    if (fetched.hasLongLine) {
        remarks += tr("Lines are broken after %1 characters here.").arg(PayloadText::MaxLine);
    }
    m_limit->setText(remarks.join(u' '));
    m_limit->setVisible(!remarks.isEmpty());
    m_paneContent = {fetched.content, m_message->kind, isWhole};
    m_hasContent = true;
    m_isFilled.fill(false);
    onFitting(fetched.fitting);
}

void DetailView::onFitting(const DetailFitting &fitting)
{
    m_fitting = fitting;
    const QScopedValueRollback guard(m_isChoosing, true);
    m_tabs->setTabEnabled(JsonTab, fitting.jsonProblem.isEmpty());
    m_tabs->setTabToolTip(JsonTab, fitting.jsonProblem);
    m_tabs->setCurrentIndex(fittingTab());
    fillCurrentTab();
}

int DetailView::fittingTab() const
{
    int tab = m_chosenTab == WhatFitsBest ? m_fitting.best : m_chosenTab;
    if (tab == JsonTab && !m_fitting.jsonProblem.isEmpty()) {
        tab = TextTab;
    }
    return tab == TextTab && !m_fitting.isText ? HexTab : tab;
}

void DetailView::onTabChanged(int tab)
{
    m_title->setVisible(tab < TimelineTab); // The other tabs are not about the message
    if (!m_isChoosing) {
        m_chosenTab = tab;
        fillCurrentTab();
    }
}

void DetailView::fillCurrentTab()
{
    const int tab = m_tabs->currentIndex();
    if (tab < 0 || tab >= FrameTab || !m_hasContent || m_isFilled[static_cast<std::size_t>(tab)]) {
        return;
    }
    m_isFilled[static_cast<std::size_t>(tab)] = true;
    m_panes[static_cast<std::size_t>(tab)]->setContent(m_paneContent);
}

void DetailView::focusCurrentTab()
{
    m_tabs->currentWidget()->setFocus(Qt::ShortcutFocusReason);
}

void DetailView::setCurrentTab(int tab)
{
    if (tab == WhatFitsBest) {
        m_chosenTab = tab;
        if (m_hasContent) {
            onFitting(m_fitting);
        }
    } else if (tab >= 0 && tab < TabCount) {
        m_tabs->setCurrentIndex(tab);
        m_chosenTab = tab; // Also when it cannot be shown now
    }
}

} // namespace Sidewire
