// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace Sidewire {

/// The thin line above the content of a pane: its choices at the left, what there is to say at the right.
class PaneBar final : public QWidget
{
    Q_OBJECT

public:
    explicit PaneBar(QWidget *parent = nullptr);

    void add(QWidget *choice);
    void setRemark(const QString &text); ///< Plain text; whole on hover
    QString remark() const { return m_text; }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void elide();

    QHBoxLayout *m_row;
    QLabel *m_remark;
    QString m_text;
};

} // namespace Sidewire
