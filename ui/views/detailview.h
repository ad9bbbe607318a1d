// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/sessionlog.h"
#include "ui/views/timeformat.h"

#include <QWidget>

#include <array>
#include <memory>
#include <optional>

QT_BEGIN_NAMESPACE
class QLabel;
class QPlainTextEdit;
class QTabWidget;
QT_END_NAMESPACE

namespace Sidewire {

class ConnectionView;
class TimelineView;

/// One message in full, as text, re-indented JSON, hex or fields in words; the timeline of the session; and the facts of
/// the message's connection, or of the newest one.
///
/// Shows the first MaxBytes of a message and says so when there is more. Everything is plain text. What is not in
/// memory yet is asked for again at each refresh(). What is not JSON is shown as text and what is not text as hex for as
/// long as such a message is shown: the chosen tab comes back by itself.
class DetailView final : public QWidget
{
    Q_OBJECT

public:
    static constexpr qint64 MaxBytes = 1024 * 1024;
    enum Tab { TextTab, JsonTab, HexTab, FieldsTab, TimelineTab, ConnectionTab, TabCount };

    explicit DetailView(QWidget *parent = nullptr);

    void setLog(std::shared_ptr<const SessionLog> log);
    void refresh();
    void setTimeStyle(TimeStyle style);

    /// `title` names it: "no. 3, in 0x81..0x8d, text 11 B".
    void setMessage(const std::optional<Message> &message, const QString &title);

    int currentTab() const { return m_chosenTab; } ///< The one the user chose
    void setCurrentTab(int tab);
    void focusCurrentTab(); ///< So that its keys scroll and copy

    /// The JSON of the message, re-indented; a sentence why there is none otherwise.
    struct JsonText
    {
        QString text;
        QString reason; ///< Empty when the text is JSON
    };
    static JsonText jsonOf(QByteArrayView content, bool isWhole);

    /// The same text with a line end after each MaxLine characters of a longer line: an editor lays out whole lines at
    /// once, and one of a megabyte would stop the window for half a second.
    static QString breakLongLines(const QString &text);
    static constexpr qsizetype MaxLine = 4096;

private:
    QPlainTextEdit *addTextTab(const QString &title, const char *name);
    void applyFont();
    void fetch();
    void onTabChanged(int tab);
    void showFittingTab();
    void fillCurrentTab();
    void clear();

    std::shared_ptr<const SessionLog> m_log;
    std::optional<Message> m_message;
    std::optional<QByteArray> m_content; ///< At most MaxBytes; nothing while it is being fetched
    std::optional<QByteArray> m_wire;
    std::array<bool, TabCount> m_isFilled{};
    int m_chosenTab = TextTab;
    bool m_isChoosing = false; ///< The view changes the tab, not the user

    QLabel *m_title = nullptr;
    QLabel *m_limit = nullptr;
    QTabWidget *m_tabs = nullptr;
    std::array<QPlainTextEdit *, TimelineTab> m_texts{};
    TimelineView *m_timeline = nullptr;
    ConnectionView *m_connection = nullptr;
};

} // namespace Sidewire
