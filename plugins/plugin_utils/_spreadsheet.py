# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sessions as a table for spreadsheets.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import csv
import io
import re
import typing as t

from ansible_collections.backupops.veeam_em.plugins.plugin_utils import _histories

_COLUMNS = (
    "em",
    "kind",
    "job_name",
    "name",
    "state",
    "result",
    "running",
    "creation_time",
    "end_time",
    "duration",
    "is_retry",
    "message",
    "id",
)
# A spreadsheet takes a cell that begins so for a formula, behind blanks, too; the wide signs count in East Asia. The quote makes it
# text. Where lines are split at semicolons, our quotes mean nothing, so that a semicolon or a new line within a cell begins one.
_BEGINS = r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]"
_FORMULA = re.compile(rf"^(?=[\t\r]|{_BEGINS})|(?<=[;\t\r\n])(?={_BEGINS})")


def csv_of(sessions: t.Iterable[t.Mapping[str, t.Any]]) -> str:
    """Return sessions as comma-separated values, after a byte order mark, by which spreadsheets know UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for session in sessions:
        told = {
            **session,
            "job_name": _histories.name_of(session),
            "message": session.get("failure_message") or session.get("message"),
        }
        writer.writerow([_cell(told.get(column)) for column in _COLUMNS])
    return "\ufeff" + out.getvalue()


def _cell(value: t.Any) -> str:
    text = "" if value is None else str(value)
    return _FORMULA.sub("'", text)
