# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The fixture of the tests of the event source."""

from __future__ import annotations

import pathlib

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.extensions.eda.plugins.event_source.running import Source


@pytest.fixture
def source(em: MockEm, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> Source:
    """The source of a rulebook with a simulated EM that has no session yet."""
    return Source(em, tmp_path / "cursor.json", monkeypatch)
