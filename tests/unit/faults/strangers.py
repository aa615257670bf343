# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers that no client should trust, and proxies that do not let it through."""

from __future__ import annotations

import contextlib
import datetime
import pathlib
import socket
import threading
import typing as t

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PERIOD = datetime.timedelta(days=30)


def self_signed(file: pathlib.Path, name: str = "localhost", age: datetime.timedelta = datetime.timedelta()) -> None:
    """Write key and certificate for a name to a file. It is its own authority, and 30 days old at most, unless it is older."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    begin = datetime.datetime.now(datetime.timezone.utc) - age - datetime.timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + PERIOD)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(secret + certificate.public_bytes(serialization.Encoding.PEM))


def closed_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextlib.contextmanager
def listening(backlog: int = 8) -> t.Iterator[socket.socket]:
    """A socket that listens, and answers nobody."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(backlog)
        yield listener


@contextlib.contextmanager
def full() -> t.Iterator[int]:
    """A port on which no connection comes about: all places in its queue are taken."""
    with listening(0) as listener, contextlib.ExitStack() as waiting:
        address = listener.getsockname()
        for dummy in range(8):
            client = waiting.enter_context(socket.socket())
            client.setblocking(False)
            client.connect_ex(address)
        yield int(address[1])


@contextlib.contextmanager
def refusing_proxy(answer: bytes) -> t.Iterator[tuple[int, list[bytes]]]:
    """A proxy that gives each client this answer, whatever it asks for: its port, and what it was asked."""
    asked: list[bytes] = []

    def serve(listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, dummy = listener.accept()
                with client:
                    asked.append(client.recv(65536))
                    client.sendall(answer)

    with listening() as listener:
        thread = threading.Thread(target=serve, args=(listener,), daemon=True)
        thread.start()
        yield int(listener.getsockname()[1]), asked
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()
