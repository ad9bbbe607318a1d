# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""What the peers of TLS sessions need: a certificate for servers, and clients that trust anybody."""

import ssl

import certificates


def server_context(folder):
    """Makes certificates in a new folder; those whom sidewire shall trust are signed by its ca.pem."""
    folder.mkdir()
    certificates.make(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    return context


def client_context():
    """For listeners, which make certificates of their own."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
