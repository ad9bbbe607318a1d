// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/settings/payload.h"

#include <QList>
#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace Sidewire {

class PayloadRow;

/// Saved payloads in their order, each with its own Send button. A double click edits in place.
class PayloadList final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PayloadList)

public:
    explicit PayloadList(QSettings &settings, QWidget *parent = nullptr);

    const QList<SavedPayload> &payloads() const { return m_payloads; }

    /// Appends `payload` under a name made from it and begins editing that name.
    void add(const Payload &payload);

Q_SIGNALS:
    void sendRequested(const Sidewire::Payload &payload);
    void composeRequested(const Sidewire::Payload &payload); ///< Put it into the composer

private:
    void rebuild();
    void store();
    void move(qsizetype from, qsizetype to);
    void connectRow(PayloadRow *row, qsizetype index);

    QSettings &m_settings;
    QList<SavedPayload> m_payloads;
    QList<PayloadRow *> m_rows;
    QLabel *m_hint;
    QVBoxLayout *m_layout;
};

} // namespace Sidewire
