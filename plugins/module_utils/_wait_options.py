# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""The options of em_session_wait.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

from ansible_collections.backupops.veeam_em.plugins.module_utils import _families, _options, _session_options, _stop_options

_STOPPING = {option.name: option for option in _stop_options.STOP_OPTIONS}
# A session that runs has neither an end nor, but for tasks, a result: whoever selects by them waits for nothing.
_ONLY_OF_FINISHED = frozenset({"running", "result", "ended_after", "ended_before"})
_MATCH = (
    "Only sessions whose returned keys (those of the info module of their kind) match these regular expressions (Python's, searched"
    " anywhere in the value)."
)

SELECTING: tuple[_options.Option, ...] = tuple(
    option._replace(description=(_MATCH,)) if option.name == "match" else option
    for option in _session_options.selecting_options()
    if option.name not in _ONLY_OF_FINISHED
)

WAIT_FOR: tuple[_options.Option, ...] = (
    _options.Option(
        "kinds",
        (
            "Which sessions to look at. V(backup) holds those of agents and file shares as well.",
            "With several kinds, an option that selects must be one that all of them have.",
        ),
        type="list",
        elements="str",
        default=["backup"],
        choices=tuple(_families.FAMILIES),
    ),
    _options.Option(
        "id",
        (
            "Look at these sessions only, given as GUID or as full id (C(urn:veeam:...)). An unknown one is an error.",
            "Excludes the options that select.",
        ),
        type="list",
        elements="str",
    ),
)

WAITING: tuple[_options.Option, ...] = (
    _options.Option(
        "until",
        (
            "V(idle) waits until no session that is selected runs, those that start meanwhile included.",
            "V(finished) waits until those have finished that run at the beginning, whatever starts meanwhile.",
        ),
        default="idle",
        choices=("idle", "finished"),
    ),
    _options.Option(
        "stable_for",
        ("Seconds that nothing may have run before the wait is over; what starts meanwhile begins them anew.",),
        type="int",
        default=0,
        least=0,
    ),
    _STOPPING["wait_timeout"]._replace(
        description=("Seconds to wait at most. What still runs then is a failure, which names it.",),
    ),
    _STOPPING["wait_interval"]._replace(
        description=(
            "Seconds between two looks. Each look takes a query for each of O(kinds), with O(id) one for a hundred sessions.",
            "Looks come every ten minutes at least, which keeps the logon session open.",
        ),
    ),
)
