// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "ribbons.h"

#include "ui/theme/theme.h"
#include "ui/views/bandpicture.h"
#include "ui/views/byteview.h"
#include "ui/views/messageview.h"

#include <QPainter>

#include <algorithm>

namespace Sidewire {

using Theme::Tone;

namespace {

constexpr int GapWidth = 28;
constexpr int StackedGap = 6;
struct Strength
{
    qreal usual;
    qreal selected;
};

// A dark surface swallows more of a thin colour.
Strength strength()
{
    return Theme::scheme() == Theme::Scheme::Light ? Strength{0.16, 0.55} : Strength{0.24, 0.7};
}

/// Between two lines there is a gap of a pixel on either side.
BandPicture::Edge edge(int top, int bottom)
{
    return {static_cast<qreal>(top + 1), static_cast<qreal>(bottom - 1)};
}

struct Extent
{
    int top = 0;
    int bottom = 0;
};

/// Where the bytes of `message` are on the screen; apart where records of others lie between them.
std::vector<Extent> extentsOf(const Message &message, const std::vector<ByteView::Strip> &strips)
{
    std::vector<Extent> extents;
    for (const ByteView::Strip &strip : strips) {
        const bool isEmptyDatagram = message.begin == message.end && strip.record == message.firstRecord;
        if (strip.connection != message.connection || strip.direction != message.direction
            || (!isEmptyDatagram && !strip.span.overlaps(message.span()))) {
            continue;
        }
        if (!extents.empty() && extents.back().bottom == strip.top) {
            extents.back().bottom = strip.bottom;
        } else {
            extents.push_back({strip.top, strip.bottom});
        }
    }
    return extents;
}

} // namespace

Ribbons::Ribbons(const ByteView &bytes, const MessageView &messages, QSplitter *splitter)
    : QSplitterHandle(Qt::Horizontal, splitter)
    , m_bytes(bytes)
    , m_messages(messages)
{}

void Ribbons::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (orientation() == Qt::Vertical) {
        painter.fillRect(rect(), Theme::color(Tone::Base));
        painter.fillRect(QRect(width() / 2 - 12, height() / 2 - 1, 24, 2), Theme::color(Tone::Line));
        return;
    }
    const int top = m_bytes.viewport()->mapToGlobal(QPoint()).y() - mapToGlobal(QPoint()).y();
    const int head = top + m_bytes.headerHeight();
    painter.fillRect(0, 0, width(), top, palette().window());
    painter.fillRect(0, top, width(), m_bytes.headerHeight(), Theme::color(Tone::Header));
    painter.fillRect(0, head - 1, width(), 1, Theme::color(Tone::Line));

    BandPicture picture({width(), height() - head}, devicePixelRatioF(), Theme::color(Tone::Base));
    const int above = m_bytes.headerHeight(); // The views count from above their headers
    const Strength opacity = strength();
    const std::vector<ByteView::Strip> strips = m_bytes.visibleStrips();
    const std::vector<MessageView::Strip> rows = m_messages.visibleStrips();
    for (const bool isSelected : {false, true}) { // What is selected lies on top
        for (const MessageView::Strip &row : rows) {
            if (m_messages.isSelected(row.row, row.message) != isSelected) {
                continue;
            }
            QColor color = Theme::color(row.message.direction == Direction::In ? Tone::In : Tone::Out);
            color.setAlphaF(isSelected ? opacity.selected : opacity.usual);
            for (const Extent &extent : extentsOf(row.message, strips)) {
                picture.add(edge(extent.top - above, extent.bottom - above), edge(row.top - above, row.bottom - above),
                            color);
            }
        }
    }
    painter.drawImage(0, head, picture.image());
}

RibbonSplitter::RibbonSplitter(const ByteView &bytes, const MessageView &messages, QWidget *parent)
    : QSplitter(Qt::Horizontal, parent)
    , m_bytes(bytes)
    , m_messages(messages)
{
    setObjectName(QStringLiteral("trafficSplitter"));
    setHandleWidth(GapWidth);
    setChildrenCollapsible(false);
}

void RibbonSplitter::setStacked(bool isStacked)
{
    if (isStacked == (orientation() == Qt::Vertical)) {
        return; // The sizes are the user's
    }
    setOrientation(isStacked ? Qt::Vertical : Qt::Horizontal);
    setHandleWidth(isStacked ? StackedGap : GapWidth);
    setStretchFactor(0, isStacked ? 1 : 0);
    if (isStacked) {
        setSizes({height() / 2, height() / 2});
    } else {
        const int bytes = widget(0)->sizeHint().width();
        setSizes({bytes, std::max(bytes / 2, width() - bytes - GapWidth)});
    }
}

void RibbonSplitter::updateRibbons()
{
    if (count() > 1) {
        handle(1)->update();
    }
}

QSplitterHandle *RibbonSplitter::createHandle()
{
    return new Ribbons(m_bytes, m_messages, this);
}

} // namespace Sidewire
