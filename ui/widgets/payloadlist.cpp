// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "payloadlist.h"

#include "core/payload/text.h"
#include "ui/widgets/payloadrow.h"

#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

namespace Sidewire {

namespace {

constexpr int NameLength = 24;

} // namespace

PayloadList::PayloadList(QSettings &settings, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_payloads(readPayloads(settings))
    , m_hint(new QLabel(tr("Save what you send often: + beside Send"), this))
{
    auto *area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *content = new QWidget(area);
    m_layout = new QVBoxLayout(content);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    m_hint->setWordWrap(true);
    m_hint->setContentsMargins(6, 2, 6, 2);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    m_layout->addWidget(m_hint);
    m_layout->addStretch(1);
    area->setWidget(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(area);
    rebuild();
}

void PayloadList::add(const Payload &payload)
{
    const QString name = Text::preview(payload.text.left(NameLength * 2).toUtf8(), NameLength).simplified();
    m_payloads.append({name.isEmpty() ? tr("payload") : name, payload});
    store();
    rebuild();
    m_rows.last()->edit();
}

void PayloadList::rebuild()
{
    for (PayloadRow *row : std::as_const(m_rows)) {
        // The row may be the one whose signal is being handled.
        row->hide();
        row->deleteLater();
    }
    m_rows.clear();
    for (qsizetype index = 0; index < m_payloads.size(); ++index) {
        auto *row = new PayloadRow(m_payloads.at(index), index, this);
        row->setObjectName(QStringLiteral("payloadRow%1").arg(index));
        m_layout->insertWidget(static_cast<int>(m_layout->count() - 1), row);
        row->show(); // Now, not when the layout gets to it: what is hidden cannot take the focus
        m_rows.append(row);
        connectRow(row, index);
    }
    m_hint->setVisible(m_payloads.isEmpty());
}

void PayloadList::store()
{
    writePayloads(m_settings, m_payloads);
}

void PayloadList::move(qsizetype from, qsizetype to)
{
    if (to < 0 || to >= m_payloads.size()) {
        return;
    }
    m_payloads.move(from, to);
    store();
    rebuild();
    m_rows.at(to)->setFocus();
}

void PayloadList::connectRow(PayloadRow *row, qsizetype index)
{
    connect(row, &PayloadRow::sendRequested, this,
            [this, index] { Q_EMIT sendRequested(m_payloads.at(index).payload); });
    connect(row, &PayloadRow::composeRequested, this,
            [this, index] { Q_EMIT composeRequested(m_payloads.at(index).payload); });
    connect(row, &PayloadRow::moveRequested, this, [this, index](int by) { move(index, index + by); });
    connect(row, &PayloadRow::edited, this, [this, index](const SavedPayload &saved) {
        m_payloads[index] = saved;
        store();
        rebuild();
        m_rows.at(index)->setFocus();
    });
    connect(row, &PayloadRow::removeRequested, this, [this, index] {
        m_payloads.removeAt(index);
        store();
        rebuild();
    });
}

} // namespace Sidewire
