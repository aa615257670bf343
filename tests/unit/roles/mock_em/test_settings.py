# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import Settings, User


@pytest.mark.parametrize(
    "values",
    [{"em_version": 11}, {"answer": "xml"}, {"dataset": "big"}, {"idle_timeout": -1}, {"task_seconds": -0.1}, {"sessions": -1}],
)
def test_impossible_settings_are_refused(values: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(values))):
        Settings(**values)


def test_an_unknown_role_is_refused() -> None:
    with pytest.raises(ValueError, match="emperor"):
        User("a", "b", "emperor")


def test_changes() -> None:
    settings = Settings()
    settings.change({"em_version": 13, "idle_timeout": 60, "bom": True})
    assert (settings.em_version, settings.idle_timeout, settings.bom) == (13, 60.0, True)


@pytest.mark.parametrize(
    "changes",
    [
        {"bom": True, "em_version": 14},
        {"bom": True, "port": 1},
        {"bom": True, "colour": "red"},
        {"bom": True, "em_version": "13"},
        {"bom": True, "em_version": True},
        {"bom": True, "task_seconds": "1"},
        {"bom": True, "idle_timeout": -5},
    ],
)
def test_a_wrong_change_changes_nothing(changes: dict[str, Any]) -> None:
    settings = Settings()
    with pytest.raises(ValueError, match=r"must|cannot be changed"):
        settings.change(changes)
    assert settings == Settings()
