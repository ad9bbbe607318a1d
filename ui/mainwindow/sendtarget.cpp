// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "sendtarget.h"

#include "ui/models/connectionsmodel.h"
#include "ui/models/connectiontext.h"
#include "ui/widgets/recipientbutton.h"

#include <algorithm>

namespace Sidewire {

namespace {

constexpr std::size_t MaxNamed = 3; // Of several; more are counted
constexpr int MaxOffered = 20; // Newest first; the others are chosen in the table

} // namespace

SendTarget::SendTarget(const ConnectionsModel &connections, const SessionSpec &spec, RecipientButton &button,
                       QObject *parent)
    : QObject(parent)
    , m_connections(connections)
    , m_spec(spec)
    , m_button(button)
{
    m_button.setChoices([this] { return choices(); });
    connect(&m_button, &RecipientButton::recipientsChosen, this, [this](const Recipients &recipients) {
        set(recipients);
        Q_EMIT chosen();
    });
}

void SendTarget::setSelection(std::function<std::vector<ConnectionId>()> selection)
{
    m_selection = std::move(selection);
}

void SendTarget::choose(const std::vector<ConnectionId> &connections)
{
    set({Recipients::Kind::Chosen, connections});
    Q_EMIT chosen();
}

void SendTarget::set(const Recipients &recipients)
{
    m_recipients = recipients;
    refresh();
}

void SendTarget::refresh()
{
    using Standing = RecipientButton::Standing;
    m_button.showRecipients(m_recipients, textOf(m_recipients), gone().empty() ? Standing::Reachable : Standing::Gone);
}

QString SendTarget::obstacle() const
{
    const std::vector<ConnectionId> missing = gone();
    if (missing.empty()) {
        return {};
    }
    const ConnectionRow *row = m_connections.find(missing.front());
    const QString name = row ? ConnectionText::name(*row) : QStringLiteral("#%1").arg(toNumber(missing.front()));
    //: %1 is "#3 127.0.0.1:50214"
    return tr("%1 is gone: nothing was sent. Choose whom to send to (Ctrl+T)").arg(name);
}

std::vector<ConnectionId> SendTarget::gone() const
{
    std::vector<ConnectionId> missing;
    for (const ConnectionId id : m_recipients.chosen) {
        const ConnectionRow *row = m_connections.find(id);
        if (!row || row->isOver()) {
            missing.push_back(id);
        }
    }
    return missing;
}

std::vector<RecipientChoice> SendTarget::choices() const
{
    std::vector<RecipientChoice> choices;
    const auto offer = [&](const Recipients &recipients) {
        const bool isNew = std::none_of(choices.begin(), choices.end(),
                                        [&](const RecipientChoice &choice) { return choice.recipients == recipients; });
        if (isNew) {
            choices.push_back({recipients, textOf(recipients)});
        }
    };
    offer({});
    if (m_spec.isUdp()) {
        offer({Recipients::Kind::LastSender, {}});
    }
    offer(m_recipients);
    if (const std::vector<ConnectionId> selected = m_selection(); !selected.empty()) {
        offer({Recipients::Kind::Chosen, selected});
    }
    int offered = 0;
    for (int number = m_connections.rowCount() - 1; number >= 0 && offered < MaxOffered; --number) {
        const ConnectionRow *row = m_connections.find(ConnectionId(static_cast<quint32>(number)));
        if (!row->isOver()) {
            offer({Recipients::Kind::Chosen, {row->id}});
            ++offered;
        }
    }
    return choices;
}

QString SendTarget::textOf(const Recipients &recipients) const
{
    switch (recipients.kind) {
    case Recipients::Kind::Usual:
        return m_spec.role == Role::Client ? tr("the target") : m_spec.isUdp() ? tr("all peers") : tr("all clients");
    case Recipients::Kind::LastSender:
        return tr("the last sender");
    case Recipients::Kind::Chosen:
        break;
    }
    if (recipients.chosen.size() == 1) {
        const ConnectionRow *row = m_connections.find(recipients.chosen.front());
        return row ? ConnectionText::name(*row) : QString();
    }
    if (recipients.chosen.size() > MaxNamed) {
        const auto count = static_cast<int>(recipients.chosen.size());
        return m_spec.isUdp() ? tr("%n peers", nullptr, count) : tr("%n clients", nullptr, count);
    }
    QStringList numbers;
    for (const ConnectionId id : recipients.chosen) {
        numbers += QStringLiteral("#%1").arg(toNumber(id));
    }
    return numbers.join(QStringLiteral(", "));
}

} // namespace Sidewire
