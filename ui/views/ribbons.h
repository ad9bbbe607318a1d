// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QSplitter>
#include <QSplitterHandle>

namespace Sidewire {

class ByteView;
class MessageView;

/// The gap between byte view and message view, which is also the handle that moves it: bands join each visible message
/// to its visible bytes (one read, two messages; one message, three reads).
class Ribbons final : public QSplitterHandle
{
    Q_OBJECT

public:
    Ribbons(const ByteView &bytes, const MessageView &messages, QSplitter *splitter);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const ByteView &m_bytes;
    const MessageView &m_messages;
};

/// Byte view and message view, beside each other with ribbons between them, or stacked.
class RibbonSplitter final : public QSplitter
{
    Q_OBJECT

public:
    /// The views are laid out by whoever adds the panes that hold them.
    RibbonSplitter(const ByteView &bytes, const MessageView &messages, QWidget *parent = nullptr);

    void setStacked(bool isStacked);
    void updateRibbons();

protected:
    QSplitterHandle *createHandle() override;

private:
    const ByteView &m_bytes;
    const MessageView &m_messages;
};

} // namespace Sidewire
