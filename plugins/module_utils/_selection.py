# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""From the options of a task to conditions, and what else the options say about which sessions are wanted.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import re
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors, _family, _here, _query, _session_options, _values

Options = t.Mapping[str, t.Any]

# The collections of EM return the sessions of the last 30 days; a query gets the same window from us.
WINDOW_SECONDS = 30 * 86400

_EQUALS = (
    "name",
    "state",
    "result",
    "session_type",
    "job_name",
    "job_id",
    "job_type",
    "policy_name",
    "policy_id",
    "vm_name",
    "backup_server",
    "session_id",
    "is_retry",
)
_LIFTS_WINDOW = ("session_id", *_session_options.MOMENTS)


def needs_clock(options: Options) -> bool:
    """Tell whether an option counts back from the server's clock."""
    return any(_values.is_age(options.get(name) or "") for name in _session_options.MOMENTS)


def conditions_of(options: Options, family: _family.Family, now: float) -> list[_query.Condition]:
    """Return what the options ask for; now is the server's clock. Raises BadRequest for a time or id that is none."""
    found = []
    refuse_empty(options, (*_EQUALS, *_session_options.MOMENTS, "filter", "match"))
    for name in _EQUALS:
        given = options.get(name)
        if given is None:
            continue
        values = given if isinstance(given, list) else [str(given).lower()]
        found.append(_query.Condition(name, "==", tuple(_value_of(name, value, family.selector(name)) for value in values)))
    if options.get("running") is not None:
        found.append(_running(options["running"], family))
    for name, (field, operator) in _session_options.MOMENTS.items():
        if options.get(name):
            found.append(_query.Condition(field, operator, (_moment_of(name, options[name], now),)))
    return found


def refuse_empty(options: Options, names: t.Iterable[str]) -> None:
    """Raise BadRequest for the first of these options that was given without saying anything."""
    for name in names:
        if _is_empty(options.get(name)):
            raise _errors.BadRequest(
                f"The option {name} is empty or has an empty value, which says nothing. Leave it out, or fill it."
            )


def _is_empty(given: t.Any) -> bool:
    """Tell whether an option was given without saying anything: as an empty text, or with nothing in it or an empty text."""
    if isinstance(given, str):
        return not given.strip()
    return isinstance(given, (list, dict)) and (not given or "" in given)


def default_window(options: Options, now: float) -> list[_query.Condition]:
    """Return the window of 30 days, unless an option asks for sessions by time, by session, or for what runs now."""
    if options.get("running") or any(options.get(name) for name in _LIFTS_WINDOW):
        return []
    return [_query.Condition("creation_time", ">=", (_values.text_of(now - WINDOW_SECONDS),))]


def can_be_left(options: Options, family: _family.Family) -> bool:
    """Tell whether a session can cease to be selected by the options just because it goes on: when it finishes, for example.

    The result of a job session comes when it is over, but a task session can have one, and another one later, while it runs.
    """
    results = [str(result).lower() for result in options.get("result") or []]
    changing = "none" in results or (bool(results) and family.field("session_id") is not None)
    return bool(options.get("running") or options.get("state") or options.get("filter") or changing)


def match_test(patterns: t.Mapping[str, t.Any] | None, family: _family.Family) -> _here.Test | None:
    """Return the test of the option match, None when there is none. Raises BadRequest for an unknown key or a wrong expression."""
    if not patterns:
        return None
    expressions = []
    for key, pattern in patterns.items():
        if family.field(key) is None:
            raise _errors.BadRequest(f"The option match names {key!r}, which no {family.title} has. {_keys(family)}")
        if isinstance(pattern, (dict, list)):
            raise _errors.BadRequest(f"The option match has no regular expression for {key}, but a list or a dictionary.")
        if pattern is None or pattern == "":
            raise _errors.BadRequest(
                f"The option match has no regular expression for {key}, which would match everything. Leave it out."
            )
        try:
            expressions.append((key, re.compile(searchable(pattern))))
        except (re.error, OverflowError, RecursionError) as exc:
            raise _errors.BadRequest(f"The option match has a wrong regular expression for {key}: {pattern!r}: {exc}.") from exc

    def test(session: _family.Session) -> bool:
        return all(expression.search(searchable(session[key])) for key, expression in expressions)

    return test


def sort_field(options: Options, family: _family.Family) -> _family.Field:
    """Return the field of the option sort_by, the creation time where it is not given. Raises BadRequest for an unknown key."""
    name = options.get("sort_by") or "creation_time"
    field = family.field(name)
    if field is None:
        raise _errors.BadRequest(f"The option sort_by names {name!r}, which no {family.title} has. {_keys(family)}")
    return field


def session_ids(values: t.Iterable[str], family: _family.Family, option: str = "id") -> list[str]:
    """Return GUIDs of sessions in the order given, each once. Raises BadRequest for what is no id, or the id of something else."""
    guids: dict[str, None] = {}
    for value in values:
        parsed = _values.parse_id(value)
        if parsed is None:
            raise _errors.BadRequest(
                f"The option {option} has {value!r}, which is neither a GUID nor an id such as"
                f" urn:veeam:{family.uid_kind}:0c5a1b7e-3d52-4f0e-9a41-6b1f0e7d2c11."
            )
        if parsed[0] and parsed[0].lower() != family.uid_kind.lower():
            raise _errors.BadRequest(f"The option {option} has {value!r}, which is not the id of a {family.title}.")
        guids[parsed[1]] = None
    return list(guids)


def searchable(value: t.Any) -> str:
    """Return a value of a session as the text that regular expressions see."""
    if isinstance(value, dict):
        value = value["name"] if "name" in value else list(value.values())
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "\n".join(searchable(item) for item in value)
    return "" if value is None else str(value)


def _running(running: bool, family: _family.Family) -> _query.Condition:
    """Return the condition that a session runs, or that it does not; a server can tell it by the state only."""
    if family.has_query:
        return _query.Condition("state", "!=" if running else "==", family.finished)
    return _query.Condition("running", "==", (str(running).lower(),))


def _value_of(option: str, value: str, field: _family.Field | None) -> str:
    """Return one value of an option as the server compares it: ids without their URN, which EM accepts."""
    if field is None or field.type != "id":
        return value
    parsed = _values.parse_id(value)
    if parsed is None:
        raise _errors.BadRequest(f"The option {option} has {value!r}, which is neither a GUID nor an id such as urn:veeam:Job:....")
    if parsed[0] and field.refers_to and parsed[0].lower() != field.refers_to.lower():
        raise _errors.BadRequest(
            f"The option {option} has {value!r}, which is the id of a {parsed[0]}, not of a {field.refers_to}."
        )
    return parsed[1]


def _moment_of(option: str, value: str, now: float) -> str:
    try:
        return _values.parse_moment(value, now)
    except ValueError as exc:
        raise _errors.BadRequest(f"The option {option} has {value!r}, which is no time: {exc}.") from exc


def _keys(family: _family.Family) -> str:
    return "Its keys are " + ", ".join(field.name for field in family.fields) + "."
