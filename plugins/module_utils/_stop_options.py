# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""The options of the module em_backup_session: which sessions to stop, and how long to wait.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

from ansible_collections.backupops.veeam_em.plugins.module_utils import _options, _session_options

_BY_NAME = {option.name: option for group in _session_options.GROUPS.values() for option in group}

SELECTION: tuple[_options.Option, ...] = (
    _BY_NAME["id"]._replace(
        description=(
            "Stop these sessions, given as GUID or as full id (C(urn:veeam:...)). An unknown one is an error, one that has stopped"
            " already stays as it is.",
            "An empty list stops nothing.",
        ),
    ),
    *(_BY_NAME[name] for name in ("job_name", "job_id", "job_type", "backup_server", "created_after", "created_before", "filter")),
    _BY_NAME["match"]._replace(
        description=(
            "Only sessions whose returned keys (those of M(backupops.veeam_em.em_backup_session_info)) match these regular"
            " expressions (Python's, searched anywhere in the value).",
        ),
    ),
    _options.Option("all", ("Stop every session that runs.",), type="bool", default=False),
)

STOP_OPTIONS: tuple[_options.Option, ...] = (
    _options.Option("state", ("The state that the sessions should have.",), default="stopped", choices=("stopped",)),
    _options.Option(
        "max_stops",
        ("Fail before anything is stopped when more sessions than this would be stopped.",),
        type="int",
        least=0,
    ),
    _options.Option(
        "wait",
        (
            "Wait until the sessions have stopped.",
            "EM only triggers the stop. Without waiting, the task ends when EM has accepted or refused it, after 60 seconds at the"
            " latest, and RV(sessions[].state) is what it was then.",
        ),
        type="bool",
        default=True,
    ),
    _options.Option(
        "wait_timeout",
        ("Seconds to wait at most. What has not stopped by then is a failure.",),
        type="int",
        default=3600,
        least=0,
    ),
    _options.Option(
        "wait_interval",
        ("Seconds between two looks. Each look takes one query per 100 sessions.",),
        type="int",
        default=10,
        least=0,
    ),
)
