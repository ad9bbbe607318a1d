// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "statusline.h"

#include "core/index/sessionlog.h"
#include "ui/models/units.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/labeltone.h"

#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr qint64 WorthTelling = 64 * 1024 * 1024; // Of a flood, a small part of a second

/// How far what can be shown, bytes and their messages, reaches into the log.
qint64 shownSize(const SessionLog &log)
{
    const qint64 count = std::min(log.records().count(), log.messages()->recordsDone());
    return count > 0 ? log.records().at(count - 1).fileOffset : 0;
}

int forPlural(qint64 count)
{
    return static_cast<int>(std::min<qint64>(count, 1'999'999'999));
}

} // namespace

StatusLine::StatusLine(QWidget *parent)
    : QWidget(parent)
    , m_recording(new ElidedLabel(this))
    , m_selection(new QLabel(this))
    , m_following(new QToolButton(this))
    , m_dropped(new QLabel(this))
    , m_violations(new QLabel(this))
{
    m_recording->setObjectName(QStringLiteral("recordingLabel"));
    m_selection->setObjectName(QStringLiteral("selectionLabel"));
    m_following->setObjectName(QStringLiteral("followingButton"));
    m_dropped->setObjectName(QStringLiteral("droppedLabel"));
    m_violations->setObjectName(QStringLiteral("violationsLabel"));
    m_following->setAutoRaise(true);
    m_following->setToolTip(tr("Go to the newest and stay there (F8)"));
    connect(m_following, &QToolButton::clicked, this, &StatusLine::followRequested);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 0, 8, 0);
    layout->setSpacing(18);
    for (QLabel *label : {m_recording, m_selection, m_dropped, m_violations}) {
        label->setTextFormat(Qt::PlainText);
    }
    m_recording->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    m_selection->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    layout->addWidget(m_recording);
    layout->addWidget(m_selection, 1);
    layout->addWidget(m_following);
    layout->addWidget(m_dropped);
    layout->addWidget(m_violations);
    setFollowing(true, 0);
    updateColors();
}

void StatusLine::setLog(const SessionLog &log, const QString &filterError)
{
    setRecording(log, filterError);
    m_following->setVisible(log.live() != nullptr); // To an opened log nothing comes
    const qint64 kernel = log.dropped("kernel");
    const qint64 capture = log.dropped("capture");
    m_hasDropped = kernel + capture > 0;
    m_dropped->setText(tr("%n dropped", nullptr, forPlural(kernel + capture)));
    m_dropped->setToolTip(tr("By the kernel: %1. By the recording: %2").arg(kernel).arg(capture));
    const qint64 violations = log.totals().violations;
    m_hasViolations = violations > 0;
    m_violations->setText(violations == 1 ? tr("1 violation") : tr("%n violations", nullptr, forPlural(violations)));
    updateColors();
}

void StatusLine::setFollowing(bool isFollowing, qint64 newMessages)
{
    m_following->setText(isFollowing           ? tr("following")
                             : newMessages > 0 ? tr("%n new ↓", nullptr, forPlural(newMessages))
                                               : tr("not following"));
}

void StatusLine::setSelection(const QString &facts)
{
    m_selection->setText(facts);
}

void StatusLine::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) {
        updateColors();
    }
    QWidget::changeEvent(event);
}

void StatusLine::setRecording(const SessionLog &log, const QString &filterError)
{
    const QString size = Units::bytes(log.file()->committed());
    const std::shared_ptr<LiveStatus> live = log.live();
    const QString path = log.file()->path();
    QString trouble = live ? live->recordingError() : QString();
    if (trouble.isEmpty()) {
        trouble = log.indexError();
    }
    if (trouble.isEmpty() && !filterError.isEmpty()) {
        //: %1 is why
        trouble = tr("The views do not show all that was chosen: %1").arg(filterError);
    }
    const qint64 unwritten = live ? live->unwritten.load() : 0;
    m_hasTrouble = !trouble.isEmpty() || unwritten > 0 || (live && live->isRecordingStalled.load());
    if (unwritten > 0) {
        //: %1 is a size, %2 why
        m_recording->setText(
            tr("The last %1 of the log were not written: %2")
                .arg(Units::bytes(unwritten), trouble.isEmpty() ? tr("the disk did not take them in time") : trouble));
    } else if (!trouble.isEmpty()) {
        m_recording->setText(trouble);
    } else if (m_hasTrouble) {
        m_recording->setText(tr("The disk does not keep up: reading waits"));
    } else if (!live) {
        const SessionLog::Progress progress = log.progress();
        //: %1 is a size
        m_recording->setText(progress.isCaughtUp || progress.size == 0
                                 ? tr("log, %1").arg(size)
                                 : tr("reading the log, %1 %").arg(progress.position * 100 / progress.size));
    } else if (!live->isRunning.load()) {
        m_recording->setText(tr("recorded %1, kept in Recent logs").arg(size));
    } else {
        m_recording->setText(path.isEmpty() ? tr("● recording %1, in a temporary file").arg(size)
                                            : tr("● recording %1, kept in Recent logs").arg(size));
        if (const qint64 shown = shownSize(log); log.file()->committed() - shown > WorthTelling) {
            //: Follows what is said of the recording, when that is much faster than what is shown. %1 is a size
            m_recording->setText(m_recording->text() + tr(", shown up to %1").arg(Units::bytes(shown)));
        }
    }
    if (const auto unsaved = static_cast<int>(m_unsaved); unsaved > 0) {
        //: Follows what is said of the recording
        m_recording->setText(m_recording->text() + tr(", bookmarks not saved: %1").arg(unsaved));
    }
    QString hint = m_hasTrouble ? m_recording->text() + u'\n' : QString();
    if (live && live->isRecordingStalled.load()) {
        hint += tr("Until that changes streams are not read, and datagrams that find no room are counted.") + u'\n';
    }
    m_recording->setToolTip(
        QStringLiteral("<p>%1</p>").arg((hint + path).toHtmlEscaped().replace(u'\n', QStringLiteral("<br>"))));
}

void StatusLine::updateColors()
{
    setTone(m_recording, m_hasTrouble ? Theme::Tone::Error : Theme::Tone::Muted);
    setTone(m_selection, Theme::Tone::Muted);
    setTone(m_dropped, m_hasDropped ? Theme::Tone::Error : Theme::Tone::Muted);
    setTone(m_violations, m_hasViolations ? Theme::Tone::Violation : Theme::Tone::Muted);
}

} // namespace Sidewire
