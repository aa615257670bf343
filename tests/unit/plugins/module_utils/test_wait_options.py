# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of em_session_wait."""

from __future__ import annotations

from ansible_collections.backupops.veeam_em.plugins.module_utils._families import FAMILIES
from ansible_collections.backupops.veeam_em.plugins.module_utils._session_options import options_of, selecting_names
from ansible_collections.backupops.veeam_em.plugins.module_utils._wait_options import SELECTING, WAIT_FOR, WAITING


def test_it_selects_by_all_that_the_info_modules_select_by() -> None:
    offered = {name for family in FAMILIES.values() for name in selecting_names(options_of(family))}
    assert {option.name for option in SELECTING} == offered - {"running", "result", "ended_after", "ended_before"}


def test_every_kind_can_be_waited_for_and_backups_are_by_default() -> None:
    kinds = WAIT_FOR[0]
    assert (kinds.name, kinds.choices, kinds.default) == ("kinds", tuple(FAMILIES), ["backup"])


def test_how_long() -> None:
    assert {option.name: option.default for option in WAITING} == {
        "until": "idle",
        "stable_for": 0,
        "wait_timeout": 3600,
        "wait_interval": 10,
    }
