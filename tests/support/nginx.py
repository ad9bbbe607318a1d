# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""nginx in front of a server, without privileges and with everything of it in a folder of the test."""

import os
import pathlib
import shutil
import socket

from sidewire import wait_for

# Root gets workers that still may read the test's folder.
CONFIGURATION = """
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port} ssl;
        ssl_certificate {certificate};
        ssl_certificate_key {key};
        location / {{
            proxy_pass {upstream};
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection upgrade;
            proxy_set_header Host $host;
        }}
    }}
}}
"""


def terminate_tls(test, upstream, certificate, key):
    """Starts it in front of `upstream` ("http://127.0.0.1:PORT") and returns the port where it speaks TLS."""
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") or "nginx"
    for _ in range(20):
        # nginx takes no port 0; somebody else may be given this one before nginx has it, and then it ends.
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        folder = pathlib.Path(test.folder) / f"nginx-{port}"
        folder.mkdir()
        configuration = folder / "nginx.conf"
        configuration.write_text(CONFIGURATION.format(
            folder=folder, port=port, certificate=certificate, key=key, upstream=upstream,
            user="user root;" if os.geteuid() == 0 else ""))
        process = test.start(program, "-p", folder, "-c", configuration, "-e", folder / "error.log", "-g", "daemon off;")
        wait_for(lambda: process.poll() is not None or (folder / "nginx.pid").exists())
        if process.poll() is None:
            return port
    raise AssertionError((folder / "error.log").read_text())
