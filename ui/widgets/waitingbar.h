// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QWidget>

class QLabel;

namespace Sidewire {

/// An upgrade that waits for a person: who asks for what, and the two answers. Hidden while nobody waits.
class WaitingBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WaitingBar)

public:
    explicit WaitingBar(QWidget *parent = nullptr);

    /// `request` is as the peer sent it, `more` how many others wait behind it. An empty text hides the bar.
    void setRequest(const QString &request, qint64 more);

    /// What an upgrade can be refused with: status and name.
    struct Refusal
    {
        int status;
        QString text;
    };
    static QList<Refusal> refusals();

Q_SIGNALS:
    void answered(int status); ///< 101 accepts

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void updateIcon();

    QLabel *m_icon;
    QLabel *m_text;
};

} // namespace Sidewire
