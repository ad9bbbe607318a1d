// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "mergedpage.h"

#include "core/base/clock.h"
#include "ui/models/sessionitem.h"
#include "ui/theme/theme.h"
#include "ui/views/detailview.h"
#include "ui/views/mergedview.h"
#include "ui/views/selectionpane.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace Sidewire {

namespace {

constexpr int FrameMilliseconds = 16;
constexpr int WaitMilliseconds = 50;
constexpr int MaxNameWidth = 220;

/// Not the first two hues: they would look like the directions.
quint32 colorOf(std::size_t part)
{
    return static_cast<quint32>(part) + 2;
}

QIcon swatch(const QColor &color)
{
    QPixmap picture(12, 12);
    picture.fill(color);
    return picture;
}

} // namespace

MergedPage::MergedPage(const std::vector<SessionItem *> &items, QWidget *parent)
    : QWidget(parent)
    , m_view(new MergedView(this))
    , m_detail(new DetailView(this))
    , m_count(new QLabel(this))
{
    setObjectName(QStringLiteral("mergedPage"));
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(8, 4, 8, 4);
    bar->setSpacing(6);
    bar->addWidget(new QLabel(tr("Merged by time:"), this));
    for (SessionItem *item : items) {
        addPart(*item, *bar);
    }
    paintSwatches();
    m_count->setObjectName(QStringLiteral("mergedCount"));
    m_count->setForegroundRole(QPalette::PlaceholderText);
    bar->addWidget(m_count, 1);
    auto *close = new QToolButton(this);
    close->setObjectName(QStringLiteral("closeMerged"));
    close->setText(tr("End merging"));
    close->setAutoRaise(true);
    connect(close, &QToolButton::clicked, this, &MergedPage::closeRequested);
    bar->addWidget(close);

    auto *rows = new QSplitter(Qt::Vertical, this);
    rows->addWidget(m_view);
    rows->addWidget(m_detail);
    rows->setStretchFactor(0, 2);
    rows->setStretchFactor(1, 1);
    rows->setChildrenCollapsible(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(rows, 1);
    setFocusProxy(m_view);

    connect(m_view, &MergedView::currentRequested, this, &MergedPage::select);
    connect(m_view, &LogScrollArea::scrolledByUser, this, [this] { m_isFollowing = m_view->isAtEnd(); });
    m_frame.setSingleShot(true);
    connect(&m_frame, &QTimer::timeout, this, &MergedPage::refresh);
    makeMerged();
}

void MergedPage::addPart(SessionItem &item, QHBoxLayout &row)
{
    auto *button = new QToolButton(this);
    button->setObjectName(QStringLiteral("mergedSession"));
    // A target may be long and hold "&", which would underline a letter and take its key.
    QString name = button->fontMetrics().elidedText(item.name(), Qt::ElideMiddle, MaxNameWidth);
    button->setText(name.replace(u'&', QLatin1String("&&")));
    button->setAccessibleName(item.name());
    button->setToolTip(tr("Show or hide the messages of this session"));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setCheckable(true);
    button->setChecked(true);
    row.addWidget(button);
    m_parts.push_back({item.name(), item.log(), button});
    connect(button, &QToolButton::toggled, this, &MergedPage::makeMerged);
    connect(&item, &SessionItem::changed, this, [this] {
        if (isVisible() && !m_frame.isActive()) {
            m_frame.start(0);
        }
    });
}

void MergedPage::paintSwatches()
{
    for (std::size_t i = 0; i < m_parts.size(); ++i) {
        m_parts[i].button->setIcon(swatch(Theme::connectionColor(colorOf(i))));
    }
}

void MergedPage::setTimeStyle(TimeStyle style)
{
    m_view->setTimeStyle(style);
    m_detail->setTimeStyle(style);
}

void MergedPage::focusPlace()
{
    m_view->setFocus(Qt::OtherFocusReason);
}

void MergedPage::makeMerged()
{
    if (m_merged && !m_isFollowing && m_view->topLine() < m_merged->count()) {
        m_topTime = m_merged->at(m_view->topLine()).time;
    }
    std::vector<MergedMessages::Source> sources;
    std::vector<MergedView::Label> labels;
    m_shown.clear();
    for (std::size_t i = 0; i < m_parts.size(); ++i) {
        if (m_parts[i].button->isChecked()) {
            sources.push_back({m_parts[i].log, m_parts[i].log->messages()});
            labels.push_back({m_parts[i].name, colorOf(i)});
            m_shown.push_back(i);
        }
    }
    // By way of the application, which waits for the workers before it goes: the page may be gone at any moment.
    const auto ring = [app = QCoreApplication::instance(), guard = QPointer<MergedPage>(this)] {
        QMetaObject::invokeMethod(
            app,
            [guard] {
                if (guard && !guard->m_frame.isActive()) {
                    guard->m_frame.start(FrameMilliseconds);
                }
            },
            Qt::QueuedConnection);
    };
    m_merged = std::make_shared<MergedMessages>(std::move(sources), ring);
    m_view->setMerged(m_merged, std::move(labels));
    m_merged->update(Clock::now());
    refresh();
}

bool MergedPage::hasOtherTables() const
{
    return std::ranges::any_of(m_merged->sources(), [](const MergedMessages::Source &source) {
        return source.log->messages() != source.table;
    });
}

void MergedPage::refresh()
{
    if (hasOtherTables()) {
        const bool isOfDetail = std::ranges::any_of(m_merged->sources(), [this](const MergedMessages::Source &source) {
            return source.log == m_detailLog && source.log->messages() != source.table;
        });
        if (isOfDetail) {
            select(-1); // Another lens has other messages and other numbers
        }
        makeMerged();
        return;
    }
    const qint64 before = m_merged->count();
    qint64 all = 0;
    for (const MergedMessages::Source &source : m_merged->sources()) {
        all += source.table->count();
    }
    if (before < all) {
        m_merged->update(Clock::now());
    }
    m_view->refresh();
    comeBack();
    if (m_isFollowing) {
        m_view->scrollToEnd();
    }
    const QString error = m_merged->error();
    const qint64 shown = m_view->lineCount();
    m_count->setText(!error.isEmpty() ? error
                         : shown == 1
                         ? tr("1 message")
                         : tr("%n messages", nullptr, static_cast<int>(std::min<qint64>(shown, 1'999'999'999))));
    m_detail->refresh();
    if (m_merged->isWaiting() && !m_frame.isActive() && isVisible()) {
        m_frame.start(WaitMilliseconds);
    }
}

void MergedPage::comeBack()
{
    if (m_topTime >= 0) {
        if (const qint64 row = m_merged->rowAtOrAfter(m_topTime); row < m_merged->count()) {
            m_view->scrollTo(row);
            m_topTime = -1;
        }
    }
    if (m_currentNumber >= 0 && m_view->current() < 0) {
        for (std::size_t i = 0; i < m_shown.size(); ++i) {
            const auto source = static_cast<quint32>(i);
            const qint64 row = m_merged->sources()[i].log == m_detailLog ? m_merged->rowOf(source, m_currentNumber)
                                                                         : m_merged->count();
            if (row < m_merged->count()) {
                m_view->setCurrent(row);
            }
        }
    }
}

void MergedPage::select(qint64 row)
{
    if (row < 0 || row >= m_merged->count()) {
        m_view->setCurrent(-1);
        m_currentNumber = -1;
        m_detail->setMessage({}, {});
        m_detail->selection().setSelection(nullptr, {});
        return;
    }
    m_isFollowing = false;
    const MergedMessages::Row &merged = m_merged->at(row);
    const Message &message = m_merged->messageAt(row);
    const std::shared_ptr<const SessionLog> log = m_merged->sources()[merged.source].log;
    if (log != m_detailLog) {
        m_detailLog = log;
        m_detail->setLog(log);
    }
    m_currentNumber = merged.number;
    m_view->setCurrent(row);
    //: Title of the detail: session, number and length of a message
    m_detail->setMessage(
        message,
        tr("%1, no. %2, %3 B").arg(m_parts[m_shown[merged.source]].name).arg(merged.number).arg(message.contentLength));
    m_detail->selection().setSelection(
        log,
        TrafficSelection{
            message.connection, message.direction, {message.span()}, message.firstRecord, message.lastRecord});
    m_detail->refresh();
}

void MergedPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

void MergedPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) {
        paintSwatches();
    }
    QWidget::changeEvent(event);
}

} // namespace Sidewire
