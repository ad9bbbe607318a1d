// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "startpage.h"

#include "core/peers/builtinpeers.h"
#include "ui/models/units.h"
#include "ui/theme/theme.h"
#include "ui/widgets/presettree.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace Sidewire {

namespace {

constexpr int PageWidth = 680;
constexpr int PathRole = Qt::UserRole;
constexpr int MaxLogsShown = 50;

QLabel *heading(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    QFont font = label->font();
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    return label;
}

QLabel *quiet(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setAlignment(Qt::AlignHCenter);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

QPushButton *wide(const QString &text, Theme::Icon icon, QWidget *parent)
{
    auto *button = new QPushButton(Theme::icon(icon), QLatin1Char(' ') + text, parent);
    button->setMinimumHeight(button->fontMetrics().height() * 2 + 4);
    return button;
}

} // namespace

StartPage::StartPage(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("startPage"));
    auto *content = new QWidget(this);
    content->setMaximumWidth(PageWidth);
    auto *title = new QLabel(tr("Type a target and press Enter"), content);
    QFont large = title->font();
    large.setPointSizeF(large.pointSizeF() * 1.7);
    title->setFont(large);
    title->setAlignment(Qt::AlignHCenter);

    auto *column = new QVBoxLayout(content);
    column->setSpacing(6);
    column->addWidget(title);
    column->addWidget(quiet(tr("127.0.0.1:9001     ws://host/path     udp://host:53     tcp-listen://:5000"), content));
    column->addSpacing(26);
    column->addWidget(buildPresets());
    column->addWidget(quiet(tr("or talk to a peer that is built in"), content));
    column->addWidget(buildEchoes());
    column->addWidget(buildPeers());
    column->addSpacing(26);
    column->addWidget(quiet(tr("or begin otherwise"), content));
    column->addWidget(buildOthers());
    column->addSpacing(26);
    column->addWidget(buildLists(), 100);
    column->addStretch(1);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(24, 56, 24, 24);
    layout->addStretch(1);
    layout->addWidget(content, 100);
    layout->addStretch(1);
}

QWidget *StartPage::buildEchoes()
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    for (const auto &[text, id] : {std::pair(tr("Echo over TCP"), "tcp-echo"),
                                   {tr("Echo over UDP"), "udp-echo"},
                                   {tr("Echo over WebSocket"), "ws-echo"}}) {
        const QString peer = QString::fromLatin1(id);
        QPushButton *button = wide(text, Theme::Icon::Connect, row);
        button->setObjectName(QStringLiteral("start-") + peer);
        button->setToolTip(tr("Starts the peer and connects to it: both ends can be watched"));
        connect(button, &QPushButton::clicked, this, [this, peer] { Q_EMIT echoRequested(peer); });
        layout->addWidget(button, 1);
    }
    return row;
}

QWidget *StartPage::buildPeers()
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addStretch(1);
    for (const BuiltinPeer &peer : builtinPeers()) {
        if (peer.id.endsWith(QLatin1String("-echo"))) {
            continue;
        }
        auto *button = new QToolButton(row);
        button->setObjectName(QStringLiteral("start-") + peer.id);
        button->setText(peer.title);
        button->setToolTip(peer.description);
        button->setAutoRaise(true);
        button->setIcon(Theme::icon(Theme::Icon::Connect));
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        connect(button, &QToolButton::clicked, this, [this, id = peer.id] { Q_EMIT echoRequested(id); });
        layout->addWidget(button);
    }
    layout->addStretch(1);
    return row;
}

QWidget *StartPage::buildOthers()
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    QPushButton *listen = wide(tr("Listen on a port…"), Theme::Icon::Listen, row);
    listen->setObjectName(QStringLiteral("start-listen"));
    listen->setToolTip(tr("Wait for clients on a port of this machine"));
    connect(listen, &QPushButton::clicked, this, &StartPage::listenRequested);
    QPushButton *open = wide(tr("Open a log…"), Theme::Icon::Open, row);
    open->setObjectName(QStringLiteral("start-open"));
    open->setToolTip(tr("A log of Sidewire or another pcapng file (Ctrl+O); it can be dropped here too"));
    connect(open, &QPushButton::clicked, this, &StartPage::openLogRequested);
    layout->addStretch(1);
    layout->addWidget(listen, 2);
    layout->addWidget(open, 2);
    layout->addStretch(1);
    return row;
}

QWidget *StartPage::buildPresets()
{
    m_presetPart = new QWidget(this);
    m_presets = new PresetTree(m_presetPart);
    m_presets->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto *layout = new QVBoxLayout(m_presetPart);
    layout->setContentsMargins(0, 0, 0, 20);
    layout->addWidget(heading(tr("Presets"), m_presetPart));
    layout->addWidget(m_presets);
    m_presetPart->hide();
    return m_presetPart;
}

void StartPage::setPresets(const std::vector<Preset> &presets)
{
    m_presets->setPresets(presets);
    m_presetPart->setVisible(!presets.empty());
}

QWidget *StartPage::buildLists()
{
    auto *lists = new QWidget(this);
    auto *layout = new QHBoxLayout(lists);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(16);
    auto *left = new QVBoxLayout;
    auto *right = new QVBoxLayout;
    layout->addLayout(left, 1);
    layout->addLayout(right, 1);
    m_targets = buildList("recentTargets", tr("Recent targets"), left);
    connect(m_targets, &QListWidget::itemActivated, this,
            [this](const QListWidgetItem *item) { Q_EMIT targetRequested(item->text()); });
    m_logs = buildList("recentLogs", tr("Recent logs"), right);
    connect(m_logs, &QListWidget::itemActivated, this,
            [this](const QListWidgetItem *item) { Q_EMIT logRequested(item->data(PathRole).toString()); });
    m_leftovers = new QLabel(lists);
    m_leftovers->setObjectName(QStringLiteral("leftovers"));
    m_leftovers->setTextFormat(Qt::PlainText);
    m_leftovers->setWordWrap(true);
    m_leftovers->hide();
    right->insertWidget(1, m_leftovers);
    return lists;
}

QListWidget *StartPage::buildList(const char *name, const QString &title, QVBoxLayout *column)
{
    auto *list = new QListWidget(this);
    list->setObjectName(QString::fromLatin1(name));
    list->setAccessibleName(title);
    list->setTextElideMode(Qt::ElideMiddle);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    QLabel *label = heading(title, this);
    label->setObjectName(list->objectName() + QStringLiteral("Title"));
    label->hide();
    list->hide();
    column->addWidget(label);
    column->addWidget(list, 100);
    column->addStretch(1);
    return list;
}

void StartPage::setRecentTargets(const QStringList &targets)
{
    m_targets->clear();
    m_targets->addItems(targets);
    showList(m_targets);
}

void StartPage::showList(QListWidget *list)
{
    list->setVisible(list->count() > 0);
    findChild<QLabel *>(list->objectName() + QStringLiteral("Title"))->setVisible(list->count() > 0);
}

void StartPage::setLogs(const QList<StoredLog> &logs)
{
    m_logs->clear();
    int leftovers = 0;
    for (const StoredLog &log : logs.mid(0, MaxLogsShown)) {
        if (log.isInUse) {
            continue;
        }
        auto *item = new QListWidgetItem(QStringLiteral("%1   %2").arg(log.title(), Units::bytes(log.size)), m_logs);
        item->setData(PathRole, log.path);
        if (log.isLeftover) {
            ++leftovers;
            item->setIcon(Theme::icon(Theme::Icon::Warning));
            item->setToolTip(
                tr("Its end is missing: the program that wrote it was interrupted. What had come is there"));
        }
    }
    m_leftovers->setVisible(leftovers > 0);
    m_leftovers->setText(
        tr("The program was interrupted before. Nothing that had come is lost: open the marked logs."));
    showList(m_logs);
}

} // namespace Sidewire
