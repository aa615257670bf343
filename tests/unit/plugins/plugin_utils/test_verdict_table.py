# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Verdicts as a table."""

from __future__ import annotations

from ansible_collections.backupops.veeam_em.plugins.plugin_utils import _rules, _verdict_table, _verdicts
from ansible_collections.backupops.veeam_em.tests.unit.plugins.plugin_utils.stories import NOW_EPOCH, session


def lines(*sessions: dict[str, object]) -> list[str]:
    """Return the table of these sessions' jobs."""
    verdicts = _verdicts.judge(sessions, _rules.rulebook_of("26h", "8h"), NOW_EPOCH)
    return _verdict_table.lines_of([verdict._asdict() for verdict in verdicts])


def test_the_columns_are_below_each_other() -> None:
    assert lines(session(14), session(100, None, job="Files"), session(14, 1, "Failed", job="Mail")) == [
        "JOB        VERDICT       LAST RESULT  LAST SUCCESS  WHY",
        "Mail       failed        Failed       -             the last session ended with Failed: Not enough space;"
        " no session that was read ended well",
        "Files      over running  -            -             it has run for 4 d 4 h, allowed are 8 h",
        "Daily SQL  healthy       Success      13 h ago",
    ]


def test_a_long_name_is_cut_and_a_long_reason_is_not() -> None:
    head, line = lines(session(14, 1, "Failed", job="x" * 60, failure_message="y" * 200))
    assert line.startswith("x" * 45 + "...  failed")
    assert "y" * 200 in line
    assert head.index("VERDICT") == 50


def test_jobs_of_one_name_say_on_which_server_they_are() -> None:
    servers = {"1": {"id": "1", "name": "vbr01"}, "2": {"id": "2", "name": "vbr02"}, "3": None}
    told = [session(14, 1, "Failed", job_id=key, backup_server=server) for key, server in servers.items()]
    names = [line.split("  ")[0] for line in lines(*told, session(14, job="Files", backup_server=servers["1"]))]
    assert names == ["JOB", "Daily SQL (vbr01)", "Daily SQL (vbr02)", "Daily SQL", "Files"]


def test_without_verdicts_there_is_the_head() -> None:
    assert _verdict_table.lines_of([]) == ["JOB  VERDICT  LAST RESULT  LAST SUCCESS  WHY"]
