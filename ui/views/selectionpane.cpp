// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "selectionpane.h"

#include "ui/models/backgroundtask.h"
#include "ui/models/units.h"
#include "ui/views/copytable.h"
#include "ui/views/numbertable.h"
#include "ui/views/timeformat.h"

#include <QLabel>
#include <QSplitter>
#include <QStackedLayout>

#include <utility>

namespace Sidewire {

namespace {

QString hex(quint64 value, int digits)
{
    return QStringLiteral("%1").arg(value, digits, 16, QLatin1Char('0'));
}

QString rangeText(const TrafficSelection &selection)
{
    const auto one = [](qint64 offset) {
        return QStringLiteral("0x%1 (%2)").arg(offset, 0, 16).arg(offset);
    };
    return selection.size() > 1 ? one(selection.begin()) + QStringLiteral(" .. ") + one(selection.end() - 1)
                                : one(selection.begin());
}

} // namespace

SelectionPane::SelectionPane(QWidget *parent)
    : QWidget(parent)
    , m_table(new CopyTable({tr("selected bytes"), {}}, this))
    , m_numbers(newNumberTable(this))
    , m_nothing(new QLabel(tr("Select bytes or a message to see what can be said of them"), this))
    , m_stack(new QStackedLayout(this))
{
    m_table->setObjectName(QStringLiteral("selectionFacts"));
    m_table->setAccessibleName(tr("Facts of the selected bytes"));
    m_numbers->setObjectName(QStringLiteral("selectionNumbers"));
    m_numbers->horizontalHeaderItem(0)->setText(tr("begins with"));
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setForegroundRole(QPalette::PlaceholderText);
    auto *columns = new QSplitter(this);
    columns->addWidget(m_table);
    columns->addWidget(m_numbers);
    columns->setStretchFactor(0, 0);
    columns->setStretchFactor(1, 1);
    columns->setSizes({660, 490});
    m_stack->addWidget(m_nothing);
    m_stack->addWidget(columns);
    setFocusProxy(m_table);
    connect(&m_pause, &PauseTimer::paused, this, &SelectionPane::onPaused);
}

SelectionPane::~SelectionPane()
{
    if (m_isCancelled) {
        *m_isCancelled = true;
    }
}

void SelectionPane::setSelection(std::shared_ptr<const SessionLog> log,
                                 const std::optional<TrafficSelection> &selection)
{
    if (log == m_log && selection == m_selection) {
        return;
    }
    m_log = std::move(log);
    m_selection = selection;
    m_facts.reset();
    m_numbers->setRows({});
    m_table->setRows({});
    if (m_isCancelled) {
        *m_isCancelled = true;
        m_isOther = true;
    }
    if (m_selection) {
        m_pause.start();
    } else {
        m_pause.stop();
        fill();
    }
}

void SelectionPane::onPaused()
{
    fill();
    if (!m_isCancelled) {
        start(); // Otherwise onFound() goes on with this one
    }
}

void SelectionPane::start()
{
    if (!m_log || !m_selection || m_selection->isEmpty()) {
        return;
    }
    const SelectionFactsJob job{m_log, *m_selection};
    m_isCancelled = job.isCancelled;
    runInBackground(
        this, [job] { return job.run(); }, [this](const SelectionFacts &facts) { onFound(facts); });
}

void SelectionPane::onFound(const SelectionFacts &facts)
{
    m_isCancelled.reset();
    if (std::exchange(m_isOther, false)) {
        if (!m_pause.isActive()) {
            start();
        }
        return;
    }
    m_facts = facts;
    fill();
    showNumbers(*m_numbers, facts.start);
    Q_EMIT factsFound();
}

void SelectionPane::fill()
{
    const bool hasBytes = m_selection && m_selection->size() > 0;
    m_stack->setCurrentIndex(hasBytes ? 1 : 0);
    if (!hasBytes) {
        m_table->setRows({});
        return;
    }
    const QString unknown = QStringLiteral("\u2026");
    const auto fact = [&](auto text) {
        return m_facts ? text(*m_facts) : unknown;
    };
    const auto sum = [&](auto text) {
        return fact([&](const SelectionFacts &facts) {
            const QString value = text(facts.checksums);
            //: A checksum of the first bytes alone
            return facts.summed < m_selection->size()
                ? tr("%1 (of the first %2)").arg(value, Units::bytes(facts.summed))
                : value;
        });
    };
    const bool isIn = m_selection->direction == Direction::In;
    const QString direction = isIn ? tr("in", "direction") : tr("out", "direction");
    const auto rate = [this](const SelectionFacts &facts) {
        //: Bytes a second
        return facts.elapsed > 0 ? tr("%1/s").arg(Units::bytes(static_cast<qint64>(
                   static_cast<double>(m_selection->size()) * 1e9 / static_cast<double>(facts.elapsed))))
                                 : QStringLiteral("\u2014");
    };
    m_table->setRows({
        {tr("offset"), direction + u' ' + rangeText(*m_selection)},
        {tr("length"), tr("%1 B").arg(m_selection->size())},
        {isIn ? tr("reads") : tr("writes"),
         fact([](const SelectionFacts &facts) { return QString::number(facts.records); })},
        {tr("elapsed"), fact([](const SelectionFacts &facts) { return TimeFormat::duration(facts.elapsed); })},
        {tr("rate"), fact(rate)},
        {QStringLiteral("CRC-32"), sum([](const Checksums &sums) { return hex(sums.crc32, 8); })},
        {QStringLiteral("CRC-16 Modbus"), sum([](const Checksums &sums) { return hex(sums.crc16Modbus, 4); })},
        {QStringLiteral("CRC-16 CCITT-FALSE"), sum([](const Checksums &sums) { return hex(sums.crc16CcittFalse, 4); })},
        {tr("sum, 8 bits"), sum([](const Checksums &sums) { return hex(sums.sum8, 2); })},
        {tr("sum, 16 bits"), sum([](const Checksums &sums) { return hex(sums.sum16, 4); })},
        {QStringLiteral("XOR"), sum([](const Checksums &sums) { return hex(sums.exclusiveOr, 2); })},
        {QStringLiteral("SHA-256"),
         sum([](const Checksums &sums) { return QString::fromLatin1(sums.sha256.toHex()); })},
    });
}

QString SelectionPane::shortFacts() const
{
    return m_facts && m_selection && m_facts->summed == m_selection->size()
        ? QStringLiteral("CRC-32 %1").arg(hex(m_facts->checksums.crc32, 8))
        : QString();
}

} // namespace Sidewire
