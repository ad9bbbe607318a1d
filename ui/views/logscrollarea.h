// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAbstractScrollArea>

namespace Sidewire {

/// A scroll area over lines of one height, as many as a log has: 64-bit line numbers, of which the scroll bar shows a
/// scaled-down image. Wheel, keys and the bar's arrows move by lines whatever the scale is.
///
/// A header of one line stays above the lines. The view never moves by itself: whoever owns it calls scrollToEnd()
/// while it follows.
class LogScrollArea : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit LogScrollArea(QWidget *parent = nullptr);

    qint64 topLine() const { return m_top; }
    qint64 maximumTopLine() const;
    bool isAtEnd() const { return m_top >= maximumTopLine(); }

    virtual qint64 firstLine() const { return 0; } ///< Lines before it are hidden
    virtual qint64 lineCount() const = 0; ///< The hidden ones counted

    int lineHeight() const { return m_lineHeight; }
    int headerHeight() const { return m_headerHeight; }
    int visibleLines() const; ///< That fit as a whole, at least 1

    /// The line at the viewport's `y`, possibly one past the end; below the header only.
    qint64 lineAt(int y) const;
    int yOf(qint64 line) const;

    /// What is selected, in a sentence for those who do not see it. Short, and never waits for the disk.
    virtual QString spokenText() const { return {}; }

    // None of these counts as the user's doing.
    void scrollTo(qint64 line);
    void scrollToEnd() { scrollTo(maximumTopLine()); }
    void ensureVisible(qint64 first, qint64 last); ///< Scrolls no further than needed; `first` wins

Q_SIGNALS:
    void resized(); ///< Other lines may be visible now
    void scrolled(); ///< The top line or the lines below it changed, by whomever
    void scrolledByUser();
    void endRequested(); ///< The user asked for the newest by a key
    void activated(); ///< Took the focus

protected:
    /// Call when the count, the height or the font changed: keeps the top line where it can.
    void updateLines();
    void setLineMetrics(int lineHeight, int headerHeight);
    void scrollByUser(qint64 line);
    void tellSpokenText(); ///< Call when it changed

    virtual QString emptyText() const { return {}; } ///< Shown where there are no lines
    void paintEmptyText(QPainter &painter) const;
    void paintRest(QPainter &painter, qint64 end) const; ///< What is below the last line

    /// Whether nothing is left on the screen of what the last paint showed. For each paint to ask once.
    bool isRushing();

    void wheelEvent(QWheelEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void onBarAction(int action);
    void onBarValue(int value);
    void moveTo(qint64 line);
    void updateBar();

    qint64 m_top = 0;
    qint64 m_paintedTop = 0; ///< Of the last paint
    qint64 m_scale = 1; ///< Lines a scroll bar unit
    int m_lineHeight = 16;
    int m_headerHeight = 16;
    QString m_told; ///< The last spoken text
    int m_wheelRest = 0; ///< Eighths of a degree, or pixels, not used yet
    bool m_isUpdatingBar = false;
};

} // namespace Sidewire
