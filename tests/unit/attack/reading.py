# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading sessions from any port of this host, as the info modules do."""

from __future__ import annotations

import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils._client import EmClient
from ansible_collections.backupops.veeam_em.plugins.module_utils._connection import Connection
from ansible_collections.backupops.veeam_em.plugins.module_utils._families import FAMILIES
from ansible_collections.backupops.veeam_em.plugins.module_utils._info import SessionInfo
from ansible_collections.backupops.veeam_em.plugins.module_utils._options import CONNECTION
from ansible_collections.backupops.veeam_em.plugins.module_utils._outcome import Outcome
from ansible_collections.backupops.veeam_em.plugins.module_utils._session_options import options_of


def options_to(port: int, /, **changes: t.Any) -> dict[str, t.Any]:
    """Return the connection options for a port, as AnsibleModule would deliver them; nothing is tried again."""
    given = {"hostname": "127.0.0.1", "port": port, "scheme": "http", "username": "operator", "password": "demo-password"}
    return {**{option.name: option.default for option in CONNECTION}, **given, "timeout": 20, "retries": 0, **changes}


def client_to(port: int, /, **changes: t.Any) -> EmClient:
    """Return a client that has not logged on yet."""
    return EmClient(Connection.from_options(options_to(port, **changes)))


def read_from(port: int, kind: str = "backup", connection: t.Mapping[str, t.Any] | None = None, **changes: t.Any) -> Outcome:
    """Do what the info module of a family does with these options, the others being as by default."""
    family = FAMILIES[kind]
    defaults = {option.name: option.default for option in options_of(family)}
    task = SessionInfo(family, {**defaults, **changes})
    with client_to(port, **(connection or {})) as client:
        return task.perform(client, check_mode=False)
