# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A certificate authority and a server certificate, made on the fly: with trustme if it is there, else with openssl."""

from __future__ import annotations

import importlib
import ipaddress
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
from pathlib import Path
from types import ModuleType

LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")
DAYS = "30"


def server_context(directory: str | None) -> tuple[ssl.SSLContext, Path]:
    """A TLS context for a server on this host, and its CA file, ``ca.pem`` in the directory (a new one when None).

    RuntimeError when there is neither trustme nor the openssl program.
    """
    folder = Path(directory) if directory else Path(tempfile.mkdtemp(prefix="em-mock-"))
    folder.mkdir(parents=True, exist_ok=True)
    names = list(dict.fromkeys((*LOCAL_NAMES, socket.gethostname())))
    trustme = _find_trustme()
    if trustme is not None:
        _with_trustme(trustme, folder, names)
    else:
        _with_openssl(folder, names)
    return given_context(str(folder / "server.pem")), folder / "ca.pem"


def given_context(file: str) -> ssl.SSLContext:
    """A TLS context for a server with the key and the certificate in a file, whatever they are worth."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def _find_trustme() -> ModuleType | None:
    try:
        return importlib.import_module("trustme")
    except ImportError:
        return None


def _write_secret(path: Path, content: bytes) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)


def _with_trustme(trustme: ModuleType, folder: Path, names: list[str]) -> None:
    authority = trustme.CA(organization_name="em_mock")
    server = authority.issue_cert(*names)
    authority.cert_pem.write_to_path(folder / "ca.pem")
    _write_secret(folder / "server.pem", server.private_key_and_cert_chain_pem.bytes())


def _with_openssl(folder: Path, names: list[str]) -> None:
    program = shutil.which("openssl")
    if program is None:
        raise RuntimeError("TLS needs the Python package trustme or the program openssl")
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        (work / "ca.cnf").write_text(_CA_CONFIGURATION, encoding="utf-8")
        (work / "server.cnf").write_text(_server_extensions(names), encoding="utf-8")
        for arguments in _OPENSSL_STEPS:
            subprocess.run([program, *arguments.split()], cwd=work, check=True, capture_output=True)
        (folder / "ca.pem").write_bytes((work / "ca.pem").read_bytes())
        chain = (work / "server.key").read_bytes() + (work / "server.crt").read_bytes()
        _write_secret(folder / "server.pem", chain)


def _server_extensions(names: list[str]) -> str:
    alternatives = ",".join(f"{'IP' if _is_address(name) else 'DNS'}:{name}" for name in names)
    return (
        f"subjectAltName={alternatives}\nbasicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n"
        "extendedKeyUsage=serverAuth\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n"
    )


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


_CA_CONFIGURATION = """[req]
distinguished_name=name
x509_extensions=extensions
prompt=no
[name]
O=em_mock
CN=em_mock CA
[extensions]
basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign
subjectKeyIdentifier=hash
"""
_KEY = "ecparam -name prime256v1 -genkey -noout -out"
_OPENSSL_STEPS = (
    f"{_KEY} ca.key",
    f"req -new -x509 -key ca.key -days {DAYS} -config ca.cnf -out ca.pem",
    f"{_KEY} server.key",
    "req -new -key server.key -config ca.cnf -subj /O=em_mock/CN=localhost -out server.csr",
    f"x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days {DAYS} -extfile server.cnf -out server.crt",
)
