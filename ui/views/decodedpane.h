// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/decode/decoder.h"
#include "ui/views/contentpane.h"

#include <optional>

class QComboBox;

namespace Sidewire {

class PaneBar;
class PayloadText;

/// A payload with its wrappings taken off: base64, percent-encoding, a form, gzip, zlib or deflate, one in another.
///
/// What comes out is shown as what it is: JSON re-indented, text as text, anything else as a hex dump.
class DecodedPane final : public ContentPane
{
    Q_OBJECT

public:
    explicit DecodedPane(QWidget *parent = nullptr);

    static constexpr qsizetype MaxOutput = 16 * 1024 * 1024; ///< Decoded
    static constexpr qsizetype MaxShown = 1024 * 1024; ///< Of it

private:
    std::optional<Decoder> chosen() const; ///< Nothing: what fits best
    void showContent(const PaneContent &content) override;
    void showNothing() override;

    PaneBar *m_bar;
    QComboBox *m_decoder;
    PayloadText *m_text;
};

} // namespace Sidewire
