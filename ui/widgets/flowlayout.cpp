// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "flowlayout.h"

#include <algorithm>

namespace Sidewire {

FlowLayout::FlowLayout(QWidget *parent)
    : QLayout(parent)
{}

FlowLayout::~FlowLayout() = default;

void FlowLayout::addItem(QLayoutItem *item)
{
    m_items.emplace_back(item);
}

QLayoutItem *FlowLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[std::size_t(index)].get() : nullptr;
}

QLayoutItem *FlowLayout::takeAt(int index)
{
    if (!itemAt(index)) {
        return nullptr;
    }
    const auto place = m_items.begin() + index;
    QLayoutItem *item = place->release();
    m_items.erase(place);
    return item;
}

int FlowLayout::heightForWidth(int width) const
{
    return flow(QRect(0, 0, width, 0), Placing::Try);
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const auto &item : m_items) {
        if (!item->isEmpty()) {
            size = size.expandedTo(item->minimumSize());
        }
    }
    return size.grownBy(contentsMargins());
}

void FlowLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    flow(rect, Placing::Place);
}

int FlowLayout::flow(const QRect &rect, Placing placing) const
{
    const QRect area = rect.marginsRemoved(contentsMargins());
    const int gap = std::max(0, spacing());
    std::vector<QLayoutItem *> row;
    int x = area.x();
    int y = area.y();
    int height = 0;
    const auto endRow = [&] {
        int left = area.x();
        for (QLayoutItem *item : row) {
            const QSize size = item->sizeHint();
            if (placing == Placing::Place) {
                item->setGeometry({QPoint(left, y + (height - size.height()) / 2), size});
            }
            left += size.width() + gap;
        }
        row.clear();
    };
    for (const auto &item : m_items) {
        if (item->isEmpty()) {
            continue;
        }
        const QSize size = item->sizeHint();
        if (!row.empty() && x + size.width() > area.x() + area.width()) {
            endRow();
            x = area.x();
            y += height + gap;
            height = 0;
        }
        row.push_back(item.get());
        x += size.width() + gap;
        height = std::max(height, size.height());
    }
    endRow();
    return y + height - rect.y() + contentsMargins().bottom();
}

} // namespace Sidewire
