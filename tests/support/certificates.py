# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""Certificates for tests, made on the spot with the openssl command: `certificates.py FOLDER`, or make(folder).

Each NAME has its certificate with its chain in NAME.pem and its key in NAME.key:
  ca, other-ca   authorities that know nothing of each other; the rest is from ca unless said
  server         for localhost, server.test, 127.0.0.1 and ::1
  chained        the same, from an authority between; the chain is in the file
  expired        ended on 2021-01-01
  future         begins on 2090-01-01
  elsewhere      for elsewhere.test and 192.0.2.1
  weak           with an RSA key of 1,024 bits
  selfsigned     by nobody, for localhost
  stranger       for localhost, from other-ca
  client         a client's
  other-client   a client's, from other-ca
  encrypted      the certificate of server; its key needs the passphrase "secret"
"""

import pathlib
import subprocess
import sys

PASSPHRASE = "secret"
HERE = "DNS:localhost,DNS:server.test,IP:127.0.0.1,IP:::1"

CONFIGURATION = """
[ca]
default_ca = authority
[authority]
database = {folder}/{name}.index
new_certs_dir = {folder}
certificate = {folder}/{name}.pem
private_key = {folder}/{name}.key
default_md = sha256
policy = anything
rand_serial = yes
unique_subject = no
copy_extensions = none
[anything]
commonName = supplied
[req]
distinguished_name = empty
[empty]
"""


def openssl(*arguments):
    done = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"openssl {arguments}: {done.stderr.decode()}")


def new_key(path, kind="ec"):
    if kind == "ec":
        openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", path)
    else:
        openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", f"rsa_keygen_bits:{kind}", "-out", path)


class Authority:
    """Signs certificates. Without an issuer it is a root."""

    def __init__(self, folder, name, issuer=None):
        self.folder, self.name, self.issuer = folder, name, issuer
        self.configuration = folder / f"{name}.cnf"
        self.configuration.write_text(CONFIGURATION.format(folder=folder, name=name))
        (folder / f"{name}.index").touch()
        if issuer:
            issuer.issue(name, None, extensions="basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n")
        else:
            self_signed(folder, name, f"Test {name}", "basicConstraints=critical,CA:TRUE",
                        "keyUsage=critical,keyCertSign")

    def issue(self, name, names, start="20200101000000Z", end="20700101000000Z", usage="serverAuth", key="ec",
              extensions=None):
        """Writes NAME.pem, with this authority in it when that is no root, and NAME.key."""
        extensions = extensions or (f"basicConstraints=critical,CA:FALSE\nextendedKeyUsage={usage}\n"
                                    + (f"subjectAltName={names}\n" if names else ""))
        (self.folder / f"{name}.ext").write_text(extensions)
        new_key(self.folder / f"{name}.key", key)
        openssl("req", "-new", "-config", self.configuration, "-key", self.folder / f"{name}.key", "-subj",
                f"/CN=Test {name}", "-out", self.folder / f"{name}.csr")
        openssl("ca", "-batch", "-notext", "-config", self.configuration, "-in", self.folder / f"{name}.csr",
                "-extfile", self.folder / f"{name}.ext", "-startdate", start, "-enddate", end,
                "-out", self.folder / f"{name}.pem")
        if self.issuer:
            with (self.folder / f"{name}.pem").open("a") as chain:
                chain.write((self.folder / f"{self.name}.pem").read_text())


def self_signed(folder, name, subject, *extensions):
    new_key(folder / f"{name}.key")
    added = [argument for extension in extensions for argument in ("-addext", extension)]
    openssl("req", "-x509", "-new", "-key", folder / f"{name}.key", "-subj", f"/CN={subject}", "-days", "3650", *added,
            "-out", folder / f"{name}.pem")


def make(folder):
    folder = pathlib.Path(folder)
    ca, other = Authority(folder, "ca"), Authority(folder, "other-ca")
    ca.issue("server", HERE)
    Authority(folder, "between", issuer=ca).issue("chained", HERE)
    ca.issue("expired", HERE, end="20210101000000Z")
    ca.issue("future", HERE, start="20900101000000Z", end="20990101000000Z")
    ca.issue("elsewhere", "DNS:elsewhere.test,IP:192.0.2.1")
    ca.issue("weak", HERE, key="1024")
    self_signed(folder, "selfsigned", "localhost", f"subjectAltName={HERE}")
    other.issue("stranger", HERE)
    ca.issue("client", None, usage="clientAuth")
    other.issue("other-client", None, usage="clientAuth")
    (folder / "encrypted.pem").write_bytes((folder / "server.pem").read_bytes())
    openssl("pkcs8", "-topk8", "-in", folder / "server.key", "-passout", f"pass:{PASSPHRASE}", "-out",
            folder / "encrypted.key")


if __name__ == "__main__":
    make(sys.argv[1])
