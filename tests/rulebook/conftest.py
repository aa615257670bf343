# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fixtures: a simulated EM without any session, and a simulated controller."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm, Settings
from ansible_collections.backupops.veeam_em.tests.rulebook.controller import Controller


@pytest.fixture
def em() -> t.Iterator[MockEm]:
    """A simulated EM that has no session yet."""
    with MockEm(Settings(dataset="empty")) as server:
        yield server


@pytest.fixture
def controller() -> t.Iterator[Controller]:
    """A simulated controller that knows one job template."""
    with Controller("Tell the backup team", "Default") as server:
        yield server
