// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/sessionlog.h"
#include "core/protocol/field.h"
#include "ui/models/pausetimer.h"
#include "ui/views/contentpane.h"
#include "ui/views/timeformat.h"

#include <QString>
#include <QWidget>

#include <array>
#include <memory>
#include <optional>

QT_BEGIN_NAMESPACE
class QLabel;
class QTabWidget;
QT_END_NAMESPACE

namespace Sidewire {

class ConnectionView;
class FieldView;
class SelectionPane;
class StagesView;
class TimelineView;

/// Which tabs of the detail apply to a message.
struct DetailFitting
{
    int best = 0; ///< A DetailView::Tab
    QString jsonProblem; ///< Why it is not JSON; empty when it is
    bool isText = true;
};

/// One message in full, as text, JSON, hex, decoded, field by field or in its stages; the facts of the selected bytes; the timeline of
/// the session; and the facts of the message's connection, or of the newest one.
///
/// Shows the first MaxBytes of a message and says so when there is more. Everything is plain text. Another message is
/// taken away at once, and shown once selections pause: what stands here always belongs to the selected one. What is
/// not short is read and looked at on a worker. Until the user chooses a tab, the one that fits best is shown; after that
/// the chosen one. What is not JSON is then shown as text and what is not text as hex for as long as such a message
/// is shown: the chosen tab comes back by itself.
class DetailView final : public QWidget
{
    Q_OBJECT

public:
    static constexpr qint64 MaxBytes = 1024 * 1024;
    enum Tab {
        TextTab,
        JsonTab,
        HexTab,
        DecodedTab,
        FrameTab,
        StagesTab,
        SelectionTab,
        TimelineTab,
        ConnectionTab,
        TabCount
    };
    static constexpr int WhatFitsBest = -1;

    explicit DetailView(QWidget *parent = nullptr);

    void setLog(std::shared_ptr<const SessionLog> log);
    void refresh();
    void setTimeStyle(TimeStyle style);

    /// `title` names it: "no. 3, in 0x81..0x8d, text 11 B". A message that has grown keeps its place in each tab.
    void setMessage(const std::optional<Message> &message, const QString &title);

    /// The facts of what is selected in either view.
    SelectionPane &selection() const { return *m_selection; }

    int currentTab() const { return m_chosenTab; } ///< The one the user chose, or WhatFitsBest
    void setCurrentTab(int tab);
    void focusCurrentTab(); ///< So that its keys scroll and copy

Q_SIGNALS:
    void markRequested(const Sidewire::Field *field); ///< See FieldView
    void bytesRequested(const Sidewire::BitSpan &bits);

protected:
    void showEvent(QShowEvent *event) override;

private:
    /// What is to be known before a tab is chosen and filled.
    struct Fetched
    {
        QByteArray content; ///< At most MaxBytes
        DetailFitting fitting;
        bool hasLongLine = false;
    };
    static Fetched look(const Message &message, const QByteArray &content);

    void buildTabs();
    void buildTabMenu();
    void onPaused();
    void fetch();
    void onFetched(const Fetched &fetched);
    void onTabChanged(int tab);
    void onFitting(const DetailFitting &fitting);
    int fittingTab() const;
    void fillCurrentTab();
    void clear();

    std::shared_ptr<const SessionLog> m_log;
    std::optional<Message> m_message;
    PauseTimer m_pause;
    bool m_isDue = false; ///< The content is to be fetched
    bool m_hasContent = false;
    std::array<bool, TabCount> m_isFilled{};
    PaneContent m_paneContent;
    DetailFitting m_fitting; ///< Of the content
    quint64 m_generation = 0; ///< Of the message
    int m_chosenTab = WhatFitsBest;
    bool m_isChoosing = false; ///< The view changes the tab, not the user

    QLabel *m_title = nullptr;
    QLabel *m_limit = nullptr;
    QTabWidget *m_tabs = nullptr;
    std::array<ContentPane *, FrameTab> m_panes{};
    FieldView *m_fields = nullptr;
    StagesView *m_stages = nullptr;
    SelectionPane *m_selection = nullptr;
    TimelineView *m_timeline = nullptr;
    ConnectionView *m_connection = nullptr;
};

} // namespace Sidewire
