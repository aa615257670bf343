# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of em_backup_session."""

from __future__ import annotations

from ansible_collections.backupops.veeam_em.plugins.module_utils._options import CONNECTION
from ansible_collections.backupops.veeam_em.plugins.module_utils._session_options import GROUPS
from ansible_collections.backupops.veeam_em.plugins.module_utils._stop_options import SELECTION, STOP_OPTIONS


def test_what_selects_is_that_of_the_contract() -> None:
    assert {option.name for option in SELECTION} == {
        *("id", "job_name", "job_id", "job_type", "backup_server", "created_before", "created_after", "filter", "match", "all"),
    }


def test_nothing_is_selected_by_default() -> None:
    assert [option.default for option in SELECTION if option.default] == []


def test_it_means_the_same_as_in_the_info_module() -> None:
    known = {option.name: option for group in GROUPS.values() for option in group}
    for option in SELECTION:
        if option.name != "all":
            assert (option.type, option.elements) == (known[option.name].type, known[option.name].elements)


def test_how_it_is_stopped() -> None:
    assert {option.name: (option.type, option.default) for option in STOP_OPTIONS} == {
        "state": ("str", "stopped"),
        "max_stops": ("int", None),
        "wait": ("bool", True),
        "wait_timeout": ("int", 3600),
        "wait_interval": ("int", 10),
    }
    assert STOP_OPTIONS[0].choices == ("stopped",)


def test_no_name_comes_twice() -> None:
    names = [option.name for option in (*CONNECTION, *SELECTION, *STOP_OPTIONS)]
    assert len(set(names)) == len(names)
