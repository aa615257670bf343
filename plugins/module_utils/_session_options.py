# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""The options by which sessions are selected and results are shaped, in groups that families offer.

PRIVATE to the collection: everything here may change without notice.
An option that selects by equality has the name of the field that it selects by: the families table knows the rest.
"""

from __future__ import annotations

import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _family, _options, _related

_MOMENT = (
    "An ISO 8601 time (an offset is honoured, without one it is UTC), or an age such as V(90m), V(24h) or V(7d), counted back from"
    " the server's clock."
)

GROUPS: t.Mapping[str, tuple[_options.Option, ...]] = {
    "sessions": (
        _options.Option(
            "id",
            (
                "Read these sessions, given as GUID or as full id (C(urn:veeam:...)), in this order. An unknown one is an error.",
                "Excludes the options that select.",
            ),
            type="list",
            elements="str",
        ),
        _options.Option("name", ("Only sessions with one of these names, exactly.",), type="list", elements="str"),
        _options.Option("state", ("Only sessions in one of these states, in any case.",), type="list", elements="str"),
        _options.Option(
            "result",
            ("Only sessions with one of these results, in any case.", "A running session has the result V(None)."),
            type="list",
            elements="str",
        ),
        _options.Option("running", ("Only sessions that have not finished, or with V(false) only finished ones.",), type="bool"),
        _options.Option("created_after", ("Only sessions that started at this time or later.", _MOMENT)),
        _options.Option("created_before", ("Only sessions that started before this time.", _MOMENT)),
        _options.Option("ended_after", ("Only sessions that ended at this time or later.", _MOMENT)),
        _options.Option("ended_before", ("Only sessions that ended before this time.", _MOMENT)),
        _options.Option(
            "match",
            (
                "Only sessions whose returned values match these regular expressions (Python's, searched anywhere in the"
                " value): what the query language of EM cannot say.",
                "Applied to each session as it is read, before O(limit) and before RV(summary).",
            ),
            type="dict",
        ),
        _options.Option(
            "sort_by",
            (
                "A returned key to sort by. Without it the newest sessions come first, those named by O(id) in the order given.",
                "By a key that the server cannot sort on, everything selected is read before O(limit) cuts it.",
            ),
        ),
        _options.Option("sort_order", ("Direction of O(sort_by).",), default="desc", choices=("asc", "desc")),
        *_options.cut_options("session"),
        _options.Option("summary_only", ("Return no sessions, only RV(summary).",), type="bool", default=False),
    ),
    "query": (
        _options.Option(
            "filter",
            (
                "An expression in the query language of EM, for example V(Result==Failed;JobType!=NasBackup).",
                "All other conditions hold as well.",
            ),
        ),
        _options.page_size_option("session"),
    ),
    "server": (
        _options.Option("backup_server", ("Only sessions of the backup servers with these names.",), type="list", elements="str"),
    ),
    "job": (
        _options.Option("job_name", ("Only sessions of the jobs with these names, exactly.",), type="list", elements="str"),
        _options.Option("job_id", ("Only sessions of these jobs, given as GUID or as full id.",), type="list", elements="str"),
    ),
    "job_type": (
        _options.Option("job_type", ("Only sessions of these types of jobs, in any case.",), type="list", elements="str"),
    ),
    "retry": (_options.Option("is_retry", ("Only sessions that are retries, or with V(false) only first runs.",), type="bool"),),
    "policy": (
        _options.Option(
            "policy_name", ("Only sessions of the CDP policies with these names, exactly.",), type="list", elements="str"
        ),
        _options.Option(
            "policy_id", ("Only sessions of these CDP policies, given as GUID or as full id.",), type="list", elements="str"
        ),
    ),
    "session_type": (
        _options.Option(
            "session_type",
            ("Only sessions of these types, such as V(CollectJob) or V(DatabaseMaintenance), in any case.",),
            type="list",
            elements="str",
        ),
    ),
    "machine": (_options.Option("vm_name", ("Only sessions of the machines with these names.",), type="list", elements="str"),),
    "parent_session": (
        _options.Option("session_id", ("Only sessions that belong to these sessions.",), type="list", elements="str"),
    ),
}

# Times: option -> (field, operator)
MOMENTS: t.Mapping[str, tuple[str, str]] = {
    "created_after": ("creation_time", ">="),
    "created_before": ("creation_time", "<"),
    "ended_after": ("end_time", ">="),
    "ended_before": ("end_time", "<"),
}

# What shapes the result; every other option selects.
_SHAPING = frozenset({"id", "sort_by", "sort_order", "limit", "fields", "summary_only", "page_size", "include"})


def options_of(family: _family.Family) -> tuple[_options.Option, ...]:
    """Return all options that the family's info module offers, besides the connection."""
    return (*(option for group in family.options for option in GROUPS[group]), include_option(family))


def include_option(family: _family.Family) -> _options.Option:
    """Return the option include with the choices that the family has."""
    includes = (*family.includes, _related.LINKS)
    text = ", ".join(include.choice for include in includes)
    sentences = [f"Add related facts to each session: {text}."]
    if any(include.kind for include in includes):
        sentences.append("Sessions that belong to them are fetched with few requests, however many sessions there are.")
    return _options.Option(
        "include",
        tuple(sentences),
        type="list",
        elements="str",
        choices=tuple(include.name for include in includes),
    )


def selecting_names(options: t.Iterable[_options.Option]) -> list[str]:
    """Return the names of those options that select sessions, which id excludes."""
    return [option.name for option in options if option.name not in _SHAPING]


def selecting_options() -> tuple[_options.Option, ...]:
    """Return all options that select sessions of some family."""
    return tuple(option for group in GROUPS.values() for option in group if option.name not in _SHAPING)
