// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

#include <optional>
#include <utility>
#include <variant>

namespace Sidewire {

/// What went wrong. The code is what the program branches on; the detail is one English sentence that
/// names the cause and can be shown, printed or logged as it is (plain text, no trailing full stop).
struct Error
{
    enum class Code {
        Usage, ///< The user asked for something that does not exist or cannot be
        Malformed, ///< Input that breaks its own format
        Unsupported, ///< Well-formed input that this program does not handle
        TooLarge, ///< A limit was passed
        Io, ///< A file or disk error
        NoSpace, ///< The disk or quota is full
        NotFound, ///< A host, file or name that does not exist
        Refused, ///< The peer answered with RST or ICMP unreachable
        Timeout,
        Network, ///< Any other socket error
        AddressInUse,
        AddressNotAvailable,
        PermissionDenied,
        Protocol, ///< The peer spoke, but not the protocol that was expected
        Closed, ///< The connection is not open (any more)
    };

    Code code = Code::Malformed;
    QString detail;

    friend bool operator==(const Error &, const Error &) = default;
};

/// A value or the Error that prevented it. The subset of std::expected that we use, under the same
/// names, so that this class can become an alias once every compiler we support ships it.
template<typename T>
class [[nodiscard]] Result
{
public:
    Result(T value)
        : m_state(std::in_place_index<0>, std::move(value))
    {}

    Result(Error error)
        : m_state(std::in_place_index<1>, std::move(error))
    {}

    bool has_value() const noexcept { return m_state.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }

    const T &value() const &
    {
        Q_ASSERT(has_value());
        return *std::get_if<0>(&m_state);
    }

    T &&value() &&
    {
        Q_ASSERT(has_value());
        return std::move(*std::get_if<0>(&m_state));
    }

    const T &operator*() const & { return value(); }
    T &&operator*() && { return std::move(*this).value(); }
    const T *operator->() const { return &value(); }

    const Error &error() const &
    {
        Q_ASSERT(!has_value());
        return *std::get_if<1>(&m_state);
    }

private:
    std::variant<T, Error> m_state;
};

/// Success, or the Error that prevented it.
template<>
class [[nodiscard]] Result<void>
{
public:
    Result() = default;
    Result(Error error)
        : m_error(std::move(error))
    {}

    bool has_value() const noexcept { return !m_error; }
    explicit operator bool() const noexcept { return has_value(); }

    const Error &error() const &
    {
        Q_ASSERT(m_error);
        return *m_error;
    }

private:
    std::optional<Error> m_error;
};

} // namespace Sidewire
