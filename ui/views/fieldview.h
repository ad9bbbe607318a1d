// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/sessionlog.h"
#include "core/protocol/field.h"

#include <QTreeView>

#include <memory>
#include <optional>

namespace Sidewire {

class FieldModel;

/// The fields of one message as a tree: its frames down to their bits, the lines of a head, and each broken rule where
/// it shows.
///
/// The current field is asked to be marked in the byte view for as long as this is visible. Taken apart only while
/// visible, on a worker unless the message is short. One that grows keeps what is unfolded, the place and the current field.
class FieldView final : public QTreeView
{
    Q_OBJECT

public:
    explicit FieldView(QWidget *parent = nullptr);

    void setLog(std::shared_ptr<const SessionLog> log);
    void setMessage(const std::optional<Message> &message);

Q_SIGNALS:
    /// Its bits are to be marked, and these words said of them. Null: no field.
    void markRequested(const Sidewire::Field *field);
    void bytesRequested(const Sidewire::BitSpan &bits); ///< The bytes of a field are to be selected

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    void fetch();
    void show(std::optional<Field> root);
    void unfold();
    void unfoldAs(const std::vector<std::vector<int>> &paths);
    std::vector<std::vector<int>> unfolded() const;
    void requestMark();
    void requestBytes(const QModelIndex &index);
    void copyValue();
    void copyTree();

    std::shared_ptr<const SessionLog> m_log;
    std::optional<Message> m_message;
    FieldModel *m_fields = nullptr;
    quint64 m_generation = 0; ///< Of the message
    bool m_isDue = false; ///< The message is to be taken apart
    bool m_isSame = false; ///< It is the one that is shown, grown: the place is kept
};

} // namespace Sidewire
