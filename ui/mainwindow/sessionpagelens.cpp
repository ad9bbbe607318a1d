// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// Which lens cuts the session into messages: chosen from the menu, in the dialog, or by the log itself.

#include "sessionpage.h"

#include "ui/dialogs/lensdialog.h"
#include "ui/models/sessionitem.h"
#include "ui/settings/keys.h"
#include "ui/settings/recentlist.h"
#include "ui/widgets/composer.h"

namespace Sidewire {

void SessionPage::connectLens()
{
    connect(m_view, &TrafficView::lensRequested, this, &SessionPage::chooseLens);
    connect(m_view, &TrafficView::lensPickerRequested, this, [this] { pickLens({}); });
    connect(m_view, &TrafficView::cutFromHereRequested, this, [this](const Position &place) { pickLens(place); });
    m_view->setRecentLenses(RecentList(m_settings, Settings::RecentLenses, Settings::RecentLensLimit).items());
}

void SessionPage::chooseLens(const QString &lens)
{
    const Result<LensSpec> spec = LensSpec::parse(lens);
    if (!spec || !m_item.log()) {
        return;
    }
    m_item.log()->setLens(*spec);
    if (m_item.id()) {
        m_engine.noteLens(*m_item.id(), *spec);
    }
    if (!LensSpec::names().contains(spec->toString()) && spec->offset == 0) {
        RecentList recent(m_settings, Settings::RecentLenses, Settings::RecentLensLimit);
        recent.add(spec->toString());
        m_view->setRecentLenses(recent.items());
    }
    showWrapping();
}

void SessionPage::pickLens(const std::optional<Position> &start)
{
    if (!m_item.log()) {
        return;
    }
    auto *dialog = new LensDialog(m_item.log()->chosenLens(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (start) {
        dialog->setStart(start->direction, start->offset);
    }
    connect(dialog, &LensDialog::chosen, this, &SessionPage::chooseLens);
    dialog->open();
}

/// An opened log is cut as it was when somebody looked at it last.
void SessionPage::takeLensOfLog()
{
    if (m_isLensTaken || !m_item.isOpenedLog() || !m_item.log()->progress().isComplete) {
        return;
    }
    m_isLensTaken = true;
    const Result<LensSpec> spec = LensSpec::parse(m_item.log()->session().lens);
    if (spec && m_item.log()->chosenLens() == LensSpec()) {
        m_item.log()->setLens(*spec);
    }
}

/// What is sent can be framed as the present lens would cut it.
void SessionPage::showWrapping()
{
    if (!m_item.log()) {
        return;
    }
    LensSpec lens = m_item.log()->chosenLens();
    if (lens.name == QLatin1String("auto")) {
        const Result<LensSpec> guessed = LensSpec::parse(QString::fromUtf8(m_item.log()->messages()->decision().lens));
        lens = guessed ? *guessed : LensSpec();
    }
    m_composer->setLens(lens);
}

} // namespace Sidewire
