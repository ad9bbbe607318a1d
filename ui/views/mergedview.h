// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/mergedmessages.h"
#include "ui/views/fixedtext.h"
#include "ui/views/logscrollarea.h"
#include "ui/views/textimages.h"
#include "ui/views/timeformat.h"

#include <QCache>

#include <memory>
#include <vector>

namespace Sidewire {

/// The messages of several sessions in one list, in the order of time, each with the name and the colour of its session.
///
/// Paints what is visible, as the message view does; whoever owns it calls refresh() and answers currentRequested().
class MergedView final : public LogScrollArea
{
    Q_OBJECT

public:
    struct Label
    {
        QString name;
        quint32 color = 0; ///< Number of Theme::connectionColor()
    };

    explicit MergedView(QWidget *parent = nullptr);

    /// `labels` has one for each source.
    void setMerged(std::shared_ptr<const MergedMessages> merged, std::vector<Label> labels);
    void refresh();
    void setTimeStyle(TimeStyle style);

    /// The row with the frame; -1 for none.
    void setCurrent(qint64 row);
    qint64 current() const { return m_current; }

    qint64 lineCount() const override { return m_count; }
    QString spokenText() const override;
    QString textOf(qint64 row) const; ///< "name, no. 3, in, text, 5 bytes: hello"

    QSize sizeHint() const override;

Q_SIGNALS:
    void currentRequested(qint64 row); ///< -1 gives the selection up

protected:
    QString emptyText() const override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Columns;
    void applyFont();
    Columns columns() const;
    void paintTitles(QPainter &painter, const Columns &at);
    void paintRow(QPainter &painter, const Columns &at, qint64 row, int y);
    void paintRight(QPainter &painter, qreal right, qreal baseline, const QString &text) const;
    QString previewOf(qint64 row);

    std::shared_ptr<const MergedMessages> m_merged;
    std::vector<Label> m_labels;
    FixedText m_text;
    TextImages m_images;
    TimeFormat m_timeFormat;
    QCache<qint64, QString> m_previews; ///< By row
    qint64 m_count = 0; ///< As of the last refresh
    qint64 m_current = -1;
    bool m_hasConnections = false; ///< Some session has several
};

} // namespace Sidewire
