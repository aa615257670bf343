# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The record of the fault matrix: written where the environment variable EM_FAULT_MATRIX names a file."""

from __future__ import annotations

import json
import os
import pathlib
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm, Settings
from ansible_collections.backupops.veeam_em.tests.unit.faults.matrix import Record, Row


@pytest.fixture
def own_em() -> t.Iterator[MockEm]:
    """A simulated EM for one test: in it requests may wait until nobody is there any more, or it may be stopped and started."""
    with MockEm(Settings(dataset="empty")) as em:
        yield em


@pytest.fixture(scope="session")
def record() -> t.Iterator[Record]:
    """A function that takes a row for an area of the table. The rows are written at the end, in the order in which they came."""
    rows: list[tuple[str, Row]] = []
    yield lambda area, row: rows.append((area, row))
    file = os.environ.get("EM_FAULT_MATRIX")
    if file:
        pathlib.Path(file).write_text(json.dumps(rows, indent=1), encoding="utf-8")
