// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/connectionfilter.h"
#include "core/index/messagechoice.h"
#include "core/index/sessionlog.h"
#include "ui/models/fieldfinder.h"
#include "ui/settings/highlightrule.h"
#include "ui/views/copyjob.h"
#include "ui/views/timeformat.h"
#include "ui/views/trafficmarks.h"
#include "ui/views/trafficselection.h"

#include <QPointer>
#include <QWidget>

#include <memory>
#include <optional>

QT_BEGIN_NAMESPACE
class QLabel;
class QSplitter;
QT_END_NAMESPACE

namespace Sidewire {

class ByteView;
class DetailView;
class FilterBar;
class LensHeader;
class LogScrollArea;
class MessageView;
class RibbonSplitter;
class SearchBar;
class TrafficSearch;

/// What crossed a session's sockets: bytes beside the messages they carry, locked together, and one message in detail.
///
/// A selection is bytes; both views show it, whichever it was made in. The view that was scrolled last leads, the other
/// follows by byte position. While following, both stay at the newest; whatever the user does to read stops that.
class TrafficView final : public QWidget
{
    Q_OBJECT

public:
    using TimeStyle = Sidewire::TimeStyle;

    explicit TrafficView(QWidget *parent = nullptr);
    ~TrafficView() override;

    void setLog(std::shared_ptr<SessionLog> log); ///< Null: empty

    /// Takes over what is new. For the owner, after the log's doorbell, at most once a frame.
    void refresh();

    /// Hides what is there by now; nothing is deleted.
    void startHere();
    void showAll();
    bool hasStart() const { return m_startRecord > 0; }

    /// Shows these connections alone, in both views. The place and the selection stay; what is selected in a hidden
    /// one is marked again when that is shown.
    void setFilter(const ConnectionFilter &filter);
    const ConnectionFilter &filter() const { return m_filter; }

    // The filter field: of the messages only. The bytes are what crossed, all of them; ribbons join what is shown.

    void useSettings(QSettings &settings); ///< For the filters that were used
    void setMessageFilter(const QString &filter); ///< As if it had been typed
    const QString &messageFilter() const; ///< The one that holds; empty: all messages
    FilterExpression messageExpression() const;
    void focusFilter();
    std::optional<MatchCounts> matches() const; ///< Nothing while there is no filter

    /// Take effect for what is painted next.
    void setHighlightRules(const QList<HighlightRule> &rules);

    bool isFollowing() const { return m_isFollowing; }
    void setFollowing(bool isFollowing);
    qint64 newMessages() const; ///< That came since following stopped

    QString filterError() const; ///< What ended the filter's work; empty when all is well

    void setTimeStyle(TimeStyle style);
    TimeStyle timeStyle() const { return m_timeStyle; }

    void setDetailVisible(bool isVisible); ///< Until it is called, visible in windows of at least 800 pixels height
    bool isDetailVisible() const;
    void showFrame(); ///< The detail with the fields of the message
    void showTimeline(); ///< The detail with the events of the session
    void showBestDetail(); ///< The detail, and in it what fits the message best, until the user chooses a tab
    void showSelectionFacts(); ///< The detail with the facts of the selected bytes
    void showConnection(); ///< The detail with the facts of the connection
    void focusMessages();
    void setStacked(bool isStacked); ///< The two views above each other, for narrow windows

    /// Copy as text, hex, hex dump, base64, C array: what is selected in the view that was used last.
    QList<QAction *> copyActions() const { return m_copyActions; }

    /// Scrolls to what happened at `time` or next after it. Does not count as the user's doing.
    void showTime(qint64 time);
    void find(); ///< The search bar, with what is selected
    void markFound(const QString &text); ///< Looks for it, and marks what is found without going there
    void findNext();
    void findPrevious();

    // Bookmarks. They come back from the log, to which whoever owns the view gives them (bookmarkMade()).

    const Bookmarks &marks() const { return m_marks.marks(); }
    void keepUnsaved(const Event &event); ///< A bookmark that the log cannot take any more
    void markSaved(std::size_t count); ///< So many of those are in a copy
    QString titleOf(const Bookmark &bookmark) const; ///< "#2 in 0x81: why is it late?"
    bool toggleBookmark(); ///< False when nothing is selected
    std::optional<Bookmark> selectedBookmark() const; ///< The one at the selection, or one that could be made there
    void showBookmark(const Bookmark &bookmark);
    enum class Step : quint8 { Next, Previous };
    bool goToBookmark(Step step); ///< From the present place, and around; false when there is none

    QByteArray saveState() const;
    bool restoreState(const QByteArray &state);

    void setRecentLenses(const QStringList &lenses); ///< For the menu over the messages

    /// The content of the selected message if it is in memory and not longer than fits a payload.
    std::optional<QByteArray> selectedContent() const;

Q_SIGNALS:
    void followingChanged(bool isFollowing);
    void newMessagesChanged(qint64 count);
    void lensRequested(const QString &lens);
    void lensPickerRequested();
    void cutFromHereRequested(const Sidewire::Position &place); ///< Where the selected bytes begin
    void selectionChanged(const QString &facts); ///< "in 0x81..0x8d, 13 B"; empty when nothing is selected
    void scrolledToTime(qint64 time); ///< By the user: what is at the top happened then
    void bookmarkMade(const Sidewire::Event &event); ///< Or removed
    void copied(const QString &facts); ///< "Copied 13 B as hex"
    void highlightRequested(const QString &filter); ///< A rule for messages like the selected one
    void filterChanged(); ///< Of the field
    void rulesRequested();
    void filterHelpRequested();

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *buildBytePane();
    QWidget *buildMessagePane();
    void buildActions();
    void buildFilterActions();
    void connectFilterBar();
    void applyChoice();
    int utcOffset() const; ///< Of the times that are shown
    QString termsLike(const Message &message) const;
    QString termsOfKind(const Message &message) const;
    QString termsOfDirection(const Message &message) const;
    QString termsOfConnection(const Message &message) const;
    void buildMarks();
    void repaintMarks();
    std::optional<QByteArray> selectedNeedle() const;
    void showBytes(const TrafficSelection &selection);
    void updateTitles();

    void onByteSelection(const TrafficSelection &selection);
    void onCurrentMessage(qint64 row);
    void onScrolledByUser(LogScrollArea *leader);
    void alignFollower(const LogScrollArea *leader);
    std::optional<qint64> timeOfTop(const LogScrollArea *view) const;
    void setSelection(const std::optional<TrafficSelection> &selection);
    TrafficSelection selectionOf(const Message &message) const;
    void onFieldMarked(const Field *field);
    void onFieldBytes(const BitSpan &bits);
    std::optional<TrafficSelection> bytesOf(const Message &message, const BitSpan &bits) const;
    QString fieldsAt(BytePlace place); ///< In words, for a tool tip
    void showDetail();
    void revealSelection();
    QString facts() const;
    QString titleOf(qint64 row, const Message &message) const;
    void scrollToNewest();
    bool isEndKnown() const; ///< While an opened log is indexed its end runs away, faster than its bytes can be shown
    void updateNewMessages();
    void markCurrentMessage();
    void copy(CopyFormat format, const QString &name);

    std::shared_ptr<SessionLog> m_log;
    std::shared_ptr<const MessageTable> m_table; ///< Of the last refresh, to see another lens come
    ConnectionFilter m_filter;
    int m_generation = 0; ///< Of the message view's rows, as of the last refresh
    std::optional<TrafficSelection> m_selection;
    QString m_fieldFacts; ///< Of the field that is marked; empty for none
    FieldFinder m_fieldFinder;
    LogScrollArea *m_used = nullptr; ///< The view in which the selection was made
    TimeStyle m_timeStyle = TimeStyle::Absolute;
    qint64 m_startRecord = 0;
    qint64 m_seenMessages = 0; ///< The number that came next when following stopped
    qint64 m_newMessages = 0;
    bool m_isFollowing = true;
    bool m_isShownPlace = false; ///< The selection is a hit or a bookmark
    bool m_isMarkDue = false; ///< The message of the selection has another row now, which may not be known yet
    bool m_isTitleDue = false; ///< The detail's title says more once the bytes are in memory
    bool m_isDetailChosen = false;
    QList<QAction *> m_copyActions;
    QAction *m_cutFromHere = nullptr;
    QList<QAction *> m_filterActions; ///< For a message that is selected

    TrafficMarks m_marks;
    QPointer<QWidget> m_focusBefore; ///< Before the search bar took it
    SearchBar *m_searchBar = nullptr;
    TrafficSearch *m_search = nullptr;
    FilterBar *m_filterBar = nullptr;
    ByteView *m_bytes = nullptr;
    MessageView *m_messages = nullptr;
    QLabel *m_byteTitle = nullptr;
    LensHeader *m_lensHeader = nullptr;
    RibbonSplitter *m_columns = nullptr;
    DetailView *m_detail = nullptr;
    QSplitter *m_rows = nullptr;
};

} // namespace Sidewire
