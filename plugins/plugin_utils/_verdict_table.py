# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Verdicts as a table that people read in the output of a playbook.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import typing as t
from collections import Counter

from ansible_collections.backupops.veeam_em.plugins.plugin_utils import _ages

_HEADS = ("JOB", "VERDICT", "LAST RESULT", "LAST SUCCESS", "WHY")
# What is longer than that is cut, so that a line of the table stays one line of a screen. Reasons may be as long as they are.
_WIDEST = 48


def lines_of(verdicts: t.Iterable[t.Mapping[str, t.Any]]) -> list[str]:
    """Return a head and one line for each verdict, in columns."""
    told = list(verdicts)
    names = Counter(verdict["job_name"] for verdict in told)
    rows = [_HEADS, *(_row(verdict, names[verdict["job_name"]] > 1) for verdict in told)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADS) - 1)]
    return ["  ".join((*map(str.ljust, row, widths), row[-1])).rstrip() for row in rows]


def _row(verdict: t.Mapping[str, t.Any], is_one_of_several: bool) -> tuple[str, ...]:
    """Return the cells of a verdict. Where several jobs have one name, the backup server tells them apart."""
    server = verdict["backup_server"] if is_one_of_several else None
    age = verdict["age"]
    cells = (
        verdict["job_name"] if server is None else f"{verdict['job_name']} ({server})",
        verdict["verdict"].replace("_", " "),
        verdict["last_result"] or "-",
        "-" if age is None else f"{_ages.spoken(age)} ago",
    )
    return (*(cell if len(cell) <= _WIDEST else f"{cell[: _WIDEST - 3]}..." for cell in cells), "; ".join(verdict["reasons"]))
