// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/commands/commandexport.h"
#include "core/session/engine.h"
#include "core/session/presets.h"
#include "ui/models/logstore.h"
#include "ui/models/sessionlistmodel.h"
#include "ui/settings/highlightrule.h"
#include "ui/settings/recentlist.h"

#include <QMainWindow>
#include <QSettings>

#include <functional>
#include <memory>
#include <vector>

class QSplitter;
class QStackedWidget;

namespace Sidewire {

class MergedPage;
class PageArea;
class PayloadList;
class SessionItem;
class SessionList;
class SessionPage;
class StartPage;
class TargetBar;
class WindowActions;

/// Where the window keeps what outlives it. Empty members mean the usual places.
struct WindowPlaces
{
    QString settingsFile;
    QString logFolder;
};

/// What sessions are first seen with.
struct FirstView
{
    QString filter; ///< Of the messages
    QString find; ///< Looked for and marked
};

/// The window: target field, session list, payloads, and a page for each session.
class MainWindow final : public QMainWindow
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MainWindow)

public:
    explicit MainWindow(Engine &engine, const WindowPlaces &places = {}, QWidget *parent = nullptr);
    ~MainWindow() override;

    // What the command line and scripts ask for.

    /// As if `target` had been typed and Enter pressed.
    void openTarget(const QString &target);
    void openLog(const QString &path);
    /// A log file or a target, as the command line names it.
    void openArgument(const QString &argument, const FirstView &view);

    enum class Then : quint8 { Nothing, Connect };
    /// Starts a built-in peer as a listener session; with Connect, a client session to it follows once it listens.
    void startPeer(const QString &id, Then then = Then::Nothing);

    /// As if `text` had been typed into the selected session's composer and Enter pressed.
    void sendText(const QString &text);

    int sessionCount() const { return m_sessions.rowCount(); }

    /// What the selected session's strip and counters say; empty while none is selected.
    QString stateText() const;

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void buildLayout();
    void restore();
    void connectEngine();
    void connectBar();
    void connectStartPage();
    void connectSessionActions();
    void connectViewActions();
    void connectFileActions();
    void connectPresets();
    void connectTwoSessions();
    void connectFilterActions();
    void connectFilter(SessionPage &page);

    SessionItem *open(const SessionSpec &spec);
    void openLogWith(const QString &path, const FirstView &view);
    void addLog(const std::shared_ptr<SessionLog> &log);
    SessionPage *addPage(SessionItem &item);
    SessionPage *currentPage() const; ///< Null on the start page
    SessionPage *pageOf(const SessionItem &item) const;
    void select(int row);
    void onSelected(int row);
    void removeCurrent();
    void remove(SessionPage &page);

    void toggleBeside();
    void showBeside(const SessionItem &item);
    void chooseMerged(const SessionItem *with = nullptr);
    void merge(const std::vector<SessionItem *> &items);
    void showMerged();
    void endMerged();
    void updateTwoSessions();
    void showListMenu(const QPoint &position);
    void foldViews(); ///< The two views of each page above each other where there is no room beside

    void showStartPage();
    void keepViewState(); ///< Of the current page, for the pages to come
    void updateActions();
    void updateTitle();

    void reloadPresets();
    void showChange(const Result<QString> &change); ///< Of the presets: shows them anew, and says what there is to say
    void savePreset();
    void editPreset(const QString &name);
    void removePreset(const QString &name);
    void copyAs(CommandExport::Tool tool);

    void editHighlightRules();
    void highlight(const QString &filter); ///< Adds a rule for it, or switches on the one there is
    void setHighlightRules(const QList<HighlightRule> &rules);
    void showHelp(const QString &page);

    void editOptions();
    void chooseLog();
    void saveCopy();
    void saveCopyTo(SessionPage &page, const QString &path);
    void connectMarkActions();
    std::size_t unsavedBookmarks(const SessionPage *only = nullptr) const;
    void askAboutBookmarks(std::size_t count, const std::function<void()> &goOn);
    bool asksBeforeClosing();
    bool isAtRisk(const SessionPage &page) const; ///< Closing it loses what was recorded
    SessionPage *pageAtRisk() const; ///< One of those, or null
    void askAboutRecording(SessionPage &page, const std::function<void()> &goOn);
    void showUnsaved();
    void exportCurrent();
    void saveSelectionAsPayload();
    void tidyLogs();
    void setLogs(QList<StoredLog> logs);
    void fold(bool isNarrow);
    void say(const QString &text);

    Engine &m_engine;
    QSettings m_settings;
    RecentList m_openedLeftovers; ///< File names; they are not offered again
    LogStore m_store;
    PresetStore m_presets; ///< Beside the settings
    SessionListModel m_sessions;
    std::vector<std::unique_ptr<SessionPage>> m_sessionPages; ///< After the sessions, to which they refer
    WindowActions *m_actions;
    TargetBar *m_bar;
    QSplitter *m_splitter;
    QSplitter *m_side;
    SessionList *m_list;
    QWidget *m_payloadPanel;
    PayloadList *m_payloads;
    PageArea *m_area;
    QStackedWidget *m_pages; ///< Of the area
    std::unique_ptr<MergedPage> m_merged; ///< Null while none was asked for
    StartPage *m_startPage;
    QAction *m_copyWithSecrets = nullptr;
    bool m_isNarrow = false;
    bool m_mayLoseRecordings = false; ///< What is not on the disk was given up
    bool m_isClosingForGood = false; ///< Bookmarks that are in no file were given up
};

} // namespace Sidewire
