# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fixtures: a process that measures reads, and a server to which nobody may connect."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.tests.unit.attack.content import calm
from ansible_collections.backupops.veeam_em.tests.unit.attack.hostile import HostileServer, head
from ansible_collections.backupops.veeam_em.tests.unit.attack.measured import Measurer


@pytest.fixture(scope="session")
def measurer() -> t.Iterator[Measurer]:
    """A process that measures what a read costs."""
    with HostileServer(calm) as server, Measurer(server) as process:
        yield process


@pytest.fixture
def elsewhere() -> t.Iterator[HostileServer]:
    """Another server, to which attacks want to lead. Nobody may ask it anything."""
    with HostileServer(lambda dummy: [head("404 Not Found")]) as server:
        yield server
        assert server.requests == []
        assert server.connections == 0
