# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Several simulated Enterprise Managers with names, certificates and accounts, and the environment that leads to them."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest import mock

import trustme

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm, Settings, User

from .proxy import Proxy

PASSWORD = "demo-password"
READER, OPERATOR = r"EXAMPLE\backup-reader", r"EXAMPLE\backup-operator"
ADMINISTRATOR = r"EXAMPLE\backup-admin"
USERS = [
    User(ADMINISTRATOR, PASSWORD, "portal_administrator"),
    User(OPERATOR, PASSWORD, "portal_administrator"),
    User(READER, PASSWORD, "portal_user"),
]


class Estate:
    """A context manager. servers: settings of the simulator by host name. at: the time of all of them, which goes on from there."""

    def __init__(self, servers: Mapping[str, Mapping[str, Any]], at: datetime | None = None) -> None:
        self._settings = servers
        self._at = at
        self._stack = contextlib.ExitStack()
        self.servers: dict[str, MockEm] = {}

    def __enter__(self) -> Estate:
        folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="estate-")))
        self.ca_path, certificate = _certificates(folder, sorted(self._settings))
        for name, given in self._settings.items():
            settings = Settings(tls=True, certificate=str(certificate), users=USERS, **given)
            server = MockEm(settings)
            if self._at is not None:
                turn_back(server, self._at)
            self.servers[name] = self._stack.enter_context(server)
        self._proxy = self._stack.enter_context(Proxy({name: server.port for name, server in self.servers.items()}))
        return self

    def __exit__(self, *dummy: object) -> None:
        self._stack.close()

    @property
    def environment(self) -> dict[str, str]:
        """Variables that lead to the servers, and the connection to the first of them as an administrator."""
        return {
            "HTTPS_PROXY": f"http://127.0.0.1:{self._proxy.port}",
            "SSL_CERT_FILE": str(self.ca_path),
            "VEEAM_EM_CA_PATH": str(self.ca_path),
            "VEEAM_EM_HOSTNAME": next(iter(self.servers)),
            "VEEAM_EM_USERNAME": ADMINISTRATOR,
            "VEEAM_EM_PASSWORD": PASSWORD,
        }


def turn_back(server: MockEm, at: datetime) -> None:
    """Let a server live at this time (in UTC), its data made anew for it."""
    with server.em.lock:
        server.em.store.clear()
        server.clock.clear()
        # it stands still while data is made, or a slow machine would have other data
        with mock.patch.object(server.clock, "now", return_value=at):
            server.em.fill()
        server.clock.advance((at - server.clock.now()).total_seconds())


def _certificates(folder: Path, names: Sequence[str]) -> tuple[Path, Path]:
    """Return the authority's certificate, and a file with key and certificate for these names."""
    authority = trustme.CA()
    issued, ca_path = folder / "server.pem", folder / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_path))
    authority.issue_cert(*names).private_key_and_cert_chain_pem.write_to_path(str(issued))
    return ca_path, issued
