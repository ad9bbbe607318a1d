// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/message.h"
#include "ui/models/backgroundtask.h"

#include <QByteArray>
#include <QWidget>

namespace Sidewire {

class PaneBar;

/// What a pane of the detail shows: the content of a message, or its first bytes.
struct PaneContent
{
    QByteArray bytes;
    MessageKind kind = MessageKind::Read;
    bool isWhole = true;
};

/// A part of the detail that shows the content of a message in one way. Is given the content only once it is looked at.
class ContentPane : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// Contents that take no noticeable time even in the window's thread.
    static constexpr qsizetype InlineBytes = 4 * 1024;

    void setContent(const PaneContent &content);
    void clear();

protected:
    const PaneContent &content() const { return m_content; }
    bool isEmpty() const { return m_isEmpty; }

    /// The bar above what is shown, which takes the focus; both without a margin.
    void layOut(PaneBar *bar, QWidget *shown);

    void showAgain(); ///< After a choice of the user's

    virtual void showContent(const PaneContent &content) = 0; ///< Also after a choice of the user's changed
    virtual void showNothing() = 0;

    /// Hands the result of `work` to `done`: at once when it is about few bytes, otherwise by way of a worker. A result
    /// that comes after the next content or choice is dropped.
    template<typename Work, typename Done>
    void compute(Work work, Done done)
    {
        if (m_content.bytes.size() <= InlineBytes) {
            ++m_generation;
            done(work());
        } else {
            computeAside(std::move(work), std::move(done));
        }
    }

    /// The same, always by way of a worker: few bytes may hold many.
    template<typename Work, typename Done>
    void computeAside(Work work, Done done)
    {
        const quint64 generation = ++m_generation;
        runInBackground(this, std::move(work), [this, generation, done = std::move(done)](auto result) {
            if (generation == m_generation) {
                done(std::move(result));
            }
        });
    }

private:
    PaneContent m_content;
    bool m_isEmpty = true;
    quint64 m_generation = 0;
};

} // namespace Sidewire
