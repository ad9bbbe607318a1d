// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/tlsfacts.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace Sidewire {

/// Below the strip when the peer's certificate was not accepted: what is wrong with it, the chain, and what can be done.
///
/// It takes no focus and has no default button: trusting is never what Enter does.
class VerifyPanel final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(VerifyPanel)

public:
    explicit VerifyPanel(QWidget *parent = nullptr);

    void setFacts(const TlsFacts &facts, qint64 now);

Q_SIGNALS:
    void trustRequested(const QString &fingerprint); ///< SHA-256 of the peer's certificate
    void noVerifyRequested();
    void optionsRequested();
    void detailsRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void updateColors();

    TlsFacts m_facts;
    QLabel *m_problems;
    QLabel *m_chain;
    QPushButton *m_trust;
};

} // namespace Sidewire
