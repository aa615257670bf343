# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of the event source em_sessions: one table, and from what a rulebook gives to plain, checked values.

PRIVATE to the collection: everything here may change without notice.
The connection options are those of the modules, with their defaults and environment variables.
"""

from __future__ import annotations

import dataclasses
import os.path
import pathlib
import time
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import (
    _connection,
    _errors,
    _families,
    _options,
    _selection,
    _values,
)
from ansible_collections.backupops.veeam_em.plugins.plugin_utils import _ages, _events_cursor

EVENTS = ("started", "finished", "failed", "warning", "over_running", "persistently_failed")

# What ansible-rulebook adds by itself where a rulebook says `feedback: true`, and that word.
FEEDBACK_QUEUE = "eda_feedback_queue"
_OF_THE_ENGINE = frozenset({"feedback", FEEDBACK_QUEUE})

SOURCE: tuple[_options.Option, ...] = (
    _options.Option(
        "kinds",
        ("Which sessions to look at. V(backup) holds those of agents and file shares as well.",),
        type="list",
        elements="str",
        default=["backup"],
        choices=tuple(_families.FAMILIES),
    ),
    _options.Option(
        "events",
        ("Which events to deliver. What happens without being delivered is known all the same, and is not delivered later.",),
        type="list",
        elements="str",
        default=list(EVENTS),
        choices=EVENTS,
    ),
    _options.Option(
        "job_name",
        (
            "Only events of sessions whose job or policy has a name that fits one of these patterns (V(*), V(?) and V([seq]), in"
            " any case of letters).",
            "Not for kinds whose sessions name no job.",
        ),
        type="list",
        elements="str",
    ),
    _options.Option(
        "interval",
        ("Seconds between two looks. Each look takes two queries for each of O(kinds).",),
        type="int",
        default=60,
        least=1,
    ),
    _options.Option(
        "since",
        (
            "How far the very first look reaches back: an ISO 8601 time, or an age such as V(12h).",
            "Without it, what ended before the first look is history, and what runs then is known to run. With a cursor file there"
            " is no first look.",
        ),
    ),
    _options.Option(
        "max_duration",
        (
            "How long a session may take, as an age such as V(8h) or as a number of seconds; one that takes longer makes the event"
            " V(over_running). Without it there is no such event.",
            "Sessions that are meant to run on make none: those of copy jobs and CDP policies, and idle ones.",
        ),
    ),
    _options.Option(
        "persistent_after",
        ("How many runs of a job have to fail, without a success in between, to make the event V(persistently_failed).",),
        type="int",
        default=2,
        least=1,
    ),
    _options.Option(
        "cursor_file",
        (
            "File in which the source keeps what it has delivered. It belongs to this host and these O(kinds), and to one source.",
            "By default a file named after both, in C($XDG_STATE_HOME/backupops.veeam_em) or C(~/.local/state/backupops.veeam_em).",
        ),
        type="path",
    ),
)

_TRUTHS: t.Mapping[str, bool] = {
    **dict.fromkeys(("true", "yes", "on", "y", "t", "1", "1.0"), True),
    **dict.fromkeys(("false", "no", "off", "n", "f", "0", "0.0"), False),
}


@dataclasses.dataclass(frozen=True, repr=False)
class Wishes:
    """What a source is to do. max_duration: seconds. since: as it was given. It has no repr, because the connection is a secret."""

    connection: _connection.Connection
    kinds: tuple[str, ...]
    events: frozenset[str]
    job_name: tuple[str, ...] | None
    interval: int
    since: str | None
    max_duration: float | None
    persistent_after: int
    cursor_file: str

    @property
    def identity(self) -> dict[str, t.Any]:
        """Whose events a cursor file is about."""
        return {"em": f"{self.connection.hostname.lower()}:{self.connection.port}", "kinds": sorted(self.kinds)}


def wishes_of(given: t.Mapping[str, t.Any], environment: t.Mapping[str, str]) -> Wishes:
    """Return the wishes of the options that a rulebook gives. Raises BadRequest for an unknown, a missing or a wrong one."""
    table = (*_options.CONNECTION, *SOURCE)
    names = [option.name for option in table]
    unknown = sorted(str(name) for name in given if name not in names and name not in _OF_THE_ENGINE)
    if unknown:
        raise _errors.BadRequest(f"The source has no option {', '.join(unknown)}. Its options are {', '.join(sorted(names))}.")
    values = {option.name: _value(option, given.get(option.name), environment) for option in table}
    _options.check_numbers(SOURCE, values)
    for name, needed in _options.CONNECTION_RULES["required_by"].items():
        if values[name] and not all(values[other] for other in needed):
            raise _errors.BadRequest(f"The option {name} needs {' and '.join(needed)} as well.")
    _selection.refuse_empty(values, ("kinds", "events", "job_name", "since", "max_duration", "cursor_file"))
    kinds = tuple(dict.fromkeys(values["kinds"]))
    _check(values, kinds)
    connection = _connection.Connection.from_options(values)
    wishes = Wishes(
        connection=connection,
        kinds=kinds,
        events=frozenset(values["events"]),
        job_name=None if values["job_name"] is None else tuple(values["job_name"]),
        interval=values["interval"],
        since=values["since"],
        max_duration=_duration(values["max_duration"]),
        persistent_after=values["persistent_after"],
        cursor_file=values["cursor_file"] or "",
    )
    return wishes if wishes.cursor_file else _with_default_file(wishes, environment)


def _with_default_file(wishes: Wishes, environment: t.Mapping[str, str]) -> Wishes:
    return dataclasses.replace(wishes, cursor_file=_events_cursor.default_path(wishes.identity, environment))


def _check(values: t.Mapping[str, t.Any], kinds: t.Iterable[str]) -> None:
    """Raise BadRequest for what could never make an event."""
    if values["job_name"]:
        for family in (_families.FAMILIES[kind] for kind in kinds):
            if family.job is None:
                raise _errors.BadRequest(f"The option job_name cannot select {family.titles}: they name no job.")
    if values["since"] is not None:
        try:
            _values.parse_moment(values["since"], time.time())
        except ValueError as exc:
            raise _errors.BadRequest(f"The option since has {values['since']!r}, which is no time: {exc}.") from exc


def _duration(value: str | None) -> float | None:
    """Return the seconds of the option max_duration."""
    try:
        seconds = None if value is None else _ages.seconds_of(value, "The option max_duration")
    except ValueError as exc:
        raise _errors.BadRequest(str(exc)) from exc
    if seconds == 0:
        raise _errors.BadRequest("The option max_duration has 0, which every session exceeds. Leave it out, or give more.")
    return seconds


def _value(option: _options.Option, given: t.Any, environment: t.Mapping[str, str]) -> t.Any:
    """Return the value of one option: as it was given, of the environment, or the default. Raises BadRequest."""
    if given is None and option.env:
        given = environment.get(option.env) or None  # whoever starts a source may leave variables empty
    if given is None:
        if option.required:
            raise _errors.BadRequest(f"The option {option.name} is missing; give it, or {option.env} in the environment.")
        return option.default
    try:
        value = _CONVERSIONS[option.type](given)
    except ValueError:
        shown = "a value" if option.no_log else repr(given)
        raise _errors.BadRequest(f"The option {option.name} has {shown}, which is no {option.type}.") from None
    for part in value if isinstance(value, list) else [value]:
        if option.choices and part not in option.choices:
            raise _errors.BadRequest(f"The option {option.name} has {part!r}, which is none of {', '.join(option.choices)}.")
    return value


def _text(given: t.Any) -> str:
    if isinstance(given, (dict, list)):
        raise ValueError
    return str(given)


def _whole(given: t.Any) -> int:
    if isinstance(given, (bool, float)):
        raise ValueError
    return int(_text(given))


def _truth(given: t.Any) -> bool:
    truth = _TRUTHS.get(_text(given).strip().lower())
    if truth is None:
        raise ValueError
    return truth


def _list(given: t.Any) -> list[str]:
    """Return a list as Ansible reads it: of text with commas as well."""
    return [_text(part).strip() for part in (given if isinstance(given, list) else _text(given).split(","))]


def _path(given: t.Any) -> str:
    return str(pathlib.Path(os.path.expandvars(_text(given))).expanduser())


_CONVERSIONS: t.Mapping[str, t.Callable[[t.Any], t.Any]] = {
    "str": _text,
    "int": _whole,
    "bool": _truth,
    "list": _list,
    "path": _path,
}
