// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "stagesview.h"

#include "core/payload/hex.h"
#include "ui/models/backgroundtask.h"
#include "ui/theme/theme.h"
#include "ui/views/messagespans.h"
#include "ui/views/payloadtext.h"

#include <QEvent>
#include <QFontMetricsF>
#include <QLabel>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QSplitter>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr int OffsetDigits = 5;
constexpr int MinBytesPerLine = 4;
constexpr int MaxBytesPerLine = 16;

/// "00010  68 65 6c 6c 6f           hello"
QString hexLines(QByteArrayView bytes, int bytesPerLine)
{
    QStringList lines;
    lines.reserve(bytes.size() / bytesPerLine + 1);
    for (qsizetype at = 0; at < bytes.size(); at += bytesPerLine) {
        const QByteArrayView part = bytes.sliced(at, std::min<qsizetype>(bytesPerLine, bytes.size() - at));
        QString text;
        for (const char byte : part) {
            text += byte >= 0x20 && byte < 0x7f ? QChar::fromLatin1(byte) : QChar(u'\u00b7');
        }
        lines += QStringLiteral("%1  ").arg(at, OffsetDigits, 16, QLatin1Char('0'))
            + Hex::fromBytes(part).leftJustified(3 * bytesPerLine + 1) + text;
    }
    return lines.join(u'\n');
}

/// How many characters wide that is.
int hexColumns(int bytesPerLine)
{
    return OffsetDigits + 2 + 3 * bytesPerLine + 1 + bytesPerLine;
}

QString nameOf(const Stage &stage)
{
    switch (stage.kind) {
    case Stage::Kind::Wire:
        return StagesView::tr("On the wire");
    case Stage::Kind::Unmasked:
        return StagesView::tr("Unmasked");
    case Stage::Kind::Payload:
        return StagesView::tr("Payload");
    case Stage::Kind::Joined:
        return StagesView::tr("Put together");
    case Stage::Kind::Content:
        return StagesView::tr("Content");
    case Stage::Kind::Inflated:
        return StagesView::tr("Inflated");
    case Stage::Kind::Decoded:
        //: What was taken off a payload: "Decoded from base64"
        return StagesView::tr("Decoded from %1").arg(stage.names);
    }
    return {};
}

} // namespace

StagesView::StagesView(QWidget *parent)
    : QWidget(parent)
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_note(new QLabel(this))
{
    setObjectName(QStringLiteral("stagesView"));
    m_note->setObjectName(QStringLiteral("stagesNote"));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setContentsMargins(8, 2, 8, 2);
    m_note->setWordWrap(true);
    m_note->hide();
    m_splitter->setChildrenCollapsible(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_splitter, 1);
    column->addWidget(m_note);
}

void StagesView::addColumn()
{
    Column column{new QWidget(m_splitter), nullptr, nullptr};
    column.title = new QLabel(column.pane);
    column.title->setTextFormat(Qt::PlainText);
    column.title->setContentsMargins(8, 2, 8, 2);
    column.text = new PayloadText(column.pane);
    column.text->setLineWrapMode(QPlainTextEdit::NoWrap);
    column.text->setObjectName(QStringLiteral("stage%1").arg(m_columns.size()));
    column.title->setBuddy(column.text);
    auto *rows = new QVBoxLayout(column.pane);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(column.title);
    rows->addWidget(column.text);
    connect(column.text->verticalScrollBar(), &QScrollBar::valueChanged, this,
            [this, text = column.text] { scrollTogether(text); });
    m_splitter->addWidget(column.pane);
    if (m_columns.empty()) {
        setFocusProxy(column.text);
    }
    m_columns.push_back(column);
}

void StagesView::setLog(std::shared_ptr<const SessionLog> log)
{
    m_log = std::move(log);
    setMessage({});
}

void StagesView::setMessage(const std::optional<Message> &message)
{
    const bool isSame = isSameMessage(m_message, message);
    m_message = message;
    m_isDue = message.has_value();
    ++m_generation;
    if (!isSame && !m_stages.empty()) {
        show({});
    }
    fetch();
}

void StagesView::fetch()
{
    if (!m_isDue || !isVisible() || !m_log || !m_message) {
        return;
    }
    m_isDue = false;
    const auto work = [log = m_log, message = *m_message] {
        return stagesOf(*log, message, MaxBytes, MessageReader::Wait::Yes).value_or(std::vector<Stage>());
    };
    runInBackground(this, work, [this, generation = m_generation](std::vector<Stage> stages) {
        if (generation == m_generation) {
            show(std::move(stages));
        }
    });
}

QString StagesView::title(const Stage &stage, const Stage *before)
{
    const QString size = stage.size >= 0 ? tr("%1 B").arg(stage.size) : tr("more than %1 B").arg(stage.bytes.size());
    QString text = nameOf(stage) + u' ' + size;
    if (stage.kind == Stage::Kind::Inflated && before && before->size > 0) {
        //: How many bytes came out of one: "Inflated 120 B, ratio 3.9"
        text += tr(", ratio %1").arg(static_cast<double>(stage.size) / static_cast<double>(before->size), 0, 'f', 1);
    }
    return text;
}

void StagesView::show(std::vector<Stage> stages)
{
    m_stages = std::move(stages);
    while (m_columns.size() < m_stages.size()) {
        addColumn();
    }
    bool isCut = false;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        const bool isUsed = i < m_stages.size();
        m_columns[i].pane->setVisible(isUsed);
        if (isUsed) {
            const QString text = title(m_stages[i], i > 0 ? &m_stages[i - 1] : nullptr);
            m_columns[i].title->setText(text);
            m_columns[i].text->setAccessibleName(text);
            isCut = isCut || m_stages[i].size < 0 || m_stages[i].size > m_stages[i].bytes.size();
        }
    }
    QStringList notes;
    if (m_stages.size() == 1) {
        notes += tr("One stage: the bytes are meant as they crossed the socket, not masked, compressed or encoded.");
    }
    if (isCut) {
        notes += tr("The first %1 KiB of each stage are shown; copying and exporting take all.").arg(MaxBytes / 1024);
    }
    m_note->setText(notes.join(u' '));
    m_note->setVisible(!notes.isEmpty());
    fill();
}

int StagesView::bytesPerLine() const
{
    const qreal cell = QFontMetricsF(Theme::fixedFont()).horizontalAdvance(u'0');
    const int room = width() / std::max<int>(1, static_cast<int>(m_stages.size())) - 2 * 8
        - style()->pixelMetric(QStyle::PM_ScrollBarExtent, nullptr, this);
    int bytes = MaxBytesPerLine;
    while (bytes > MinBytesPerLine && hexColumns(bytes) * cell > room) {
        bytes /= 2;
    }
    return bytes;
}

void StagesView::fill()
{
    m_filledWith = bytesPerLine();
    const QScopedValueRollback guard(m_isScrolling, true);
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        m_columns[i].text->showText(i < m_stages.size() ? hexLines(m_stages[i].bytes, m_filledWith) : QString());
    }
}

void StagesView::scrollTogether(const PayloadText *leader)
{
    if (m_isScrolling) {
        return;
    }
    const QScopedValueRollback guard(m_isScrolling, true);
    const QScrollBar *bar = leader->verticalScrollBar();
    const double share = bar->maximum() > 0 ? static_cast<double>(bar->value()) / bar->maximum() : 0;
    for (const Column &column : m_columns) {
        if (column.text != leader) {
            QScrollBar *other = column.text->verticalScrollBar();
            other->setValue(qRound(share * other->maximum()));
        }
    }
}

void StagesView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    fetch();
}

void StagesView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (!m_stages.empty() && bytesPerLine() != m_filledWith) {
        fill();
    }
}

void StagesView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange) {
        fill();
    }
    QWidget::changeEvent(event);
}

} // namespace Sidewire
