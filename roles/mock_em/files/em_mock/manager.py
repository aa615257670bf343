# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""EnterpriseManager: the simulated server's whole state, without sockets."""

from __future__ import annotations

import random
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Union

from . import dataset, generate
from .auth import LogonSessions
from .clock import Clock
from .content import Style, entity, reference
from .defaults import complete, given_time
from .faults import Faults
from .jobs import Jobs
from .kinds import KINDS, children_of, is_running
from .lifecycle import Lifecycle
from .render_json import JsonRenderer
from .render_xml import XmlRenderer
from .replay import Replay
from .schema import Kind, Record
from .settings import Settings
from .store import Store

Renderer = Union[XmlRenderer, JsonRenderer]


def find_kind(name: str) -> Kind:
    """The kind of this name; ValueError when there is none."""
    if name not in KINDS:
        raise ValueError(f"unknown kind {name!r}, expected one of: {', '.join(KINDS)}")
    return KINDS[name]


@dataclass
class LogEntry:
    """One request as the server saw it; ``status`` None: no answer was sent. Secrets in ``headers`` are ``***``."""

    n: int
    method: str
    path: str
    query: str
    accept: str
    headers: dict[str, str]
    user: str | None = None
    logon_session_id: str | None = None
    status: int | None = None
    bytes_sent: int = 0


class EnterpriseManager:
    """Sessions and their jobs, logon sessions, clock, faults, replay and the log of requests. Hold ``lock`` while using it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.lock = threading.RLock()
        self.clock = Clock()
        self.store = Store()
        self.jobs = Jobs(self.clock, self.store)
        self.lifecycle = Lifecycle(self.clock, self.store)
        self.logon_sessions = LogonSessions(settings)
        self.faults = Faults()
        self.replay = Replay()
        self.requests: list[LogEntry] = []
        self.fill()

    def fill(self) -> None:
        """Load the data set of the settings; the order of collections begins anew, too."""
        self._random = random.Random(self.settings.seed)
        if self.settings.dataset == "small":
            dataset.fill(self)
        elif self.settings.dataset == "generated":
            self.generate(self.settings.sessions, self.settings.seed)

    def reset(self) -> None:
        """Back to the start: data set, clock, faults, replay, log and logon sessions; settings stay."""
        with self.lock:
            self.clock.clear()
            self.store.clear()
            self.logon_sessions.close_all()
            self.faults.clear()
            self.replay.clear()
            del self.requests[:]
            self.fill()

    def add_session(self, kind: str = "backup", **values: Any) -> str:
        """Add a session and return its id; what is not given gets a sensible default (see ``defaults``).

        Times are ISO 8601 text, datetimes, or seconds from now. ``planned_end`` (a time) lets a running session end by
        itself with ``planned_result``. ``tasks`` makes so many task sessions. ValueError for what no session has.
        """
        known = find_kind(kind)
        with self.lock:
            now = self.clock.now()
            planned_end = given_time(values.pop("planned_end", None), now)
            planned_result = values.pop("planned_result", known.good_result)
            tasks = values.pop("tasks", 0)
            record = self.store.add(Record(known, complete(known, values, now, self._parent(known, values))))
            self.jobs.learn(record)
            if planned_end is not None:
                self.lifecycle.plan_end(record, planned_end, planned_result)
            self._add_tasks(record, tasks)
            return record.id

    def change_session(self, identity: str, kind: str = "backup", **values: Any) -> None:
        """Set values of a session. A state in which it is over ends it now, and its task sessions with it.

        What then was not given follows: its end and its result; a state in which it is not over takes both away again.
        ValueError for an unknown session, for what no session has, and for its id and those of what it belongs to.
        """
        known = find_kind(kind)
        with self.lock:
            now = self.clock.now()
            record = self.store.get(known, str(identity).lower())
            if record is None:
                raise ValueError(f"there is no {known.type} {identity}")
            fixed = ({"id"} | known.owner_keys) & set(values)
            if fixed:
                raise ValueError(f"{', '.join(sorted(fixed))} cannot be changed")
            state = values.get("state", record["state"])
            is_over = state in known.finished_states
            if not is_over and not is_running(record):
                values = {"end_time": None, "result": "None", **values}
            completed = complete(known, {**record.values, **values}, now, self._parent(known, record.values))
            if is_over and is_running(record):
                self.lifecycle.finish(record, now, values.get("result", known.end_result(state)))
            record.change(**{key: completed[key] for key in values})
            self.store.learn(record)

    def remove_session(self, identity: str, kind: str = "backup") -> None:
        """Take a session away, as if it had never been; ValueError for an unknown one. Its task sessions stay."""
        known = find_kind(kind)
        with self.lock:
            record = self.store.get(known, str(identity).lower())
            if record is None:
                raise ValueError(f"there is no {known.type} {identity}")
            self.store.remove(record)

    def add_job(self, **values: Any) -> str:
        """Add a job, or change a known one, and return its id: see ``jobs``. Every session makes its job known, too."""
        with self.lock:
            return self.jobs.add(values)

    def remove_job(self, identity: str) -> None:
        """Take a job away, as an administrator does: its sessions stay. ValueError for an unknown one."""
        with self.lock:
            self.jobs.remove(identity)

    def generate(self, count: int, seed: int) -> None:
        """Add so many generated backup sessions and a share of the other kinds; the same seed, the same sessions."""
        with self.lock:
            generate.fill(self, count, seed)

    def renderer(self, as_json: bool) -> Renderer:
        """The renderer for the present settings."""
        style = self.style()
        return JsonRenderer(style) if as_json else XmlRenderer(style)

    def style(self) -> Style:
        """How bodies look at present."""
        return Style(self.settings.em_version, self.settings.href_host, self.settings.link_host)

    def render(self, record: Record, shape: str, renderer: Renderer) -> str:
        """A record as a fragment of a collection, made once and kept until it changes."""
        key = (renderer.media, shape, renderer.style)
        text = record.rendered.get(key)
        if text is None:
            resource = (
                entity(record, renderer.style, record.kind.item_element)
                if shape == "entity"
                else reference(record, renderer.style, "Ref")
            )
            text = record.rendered[key] = renderer.fragment(resource)
        return text

    def shuffle(self, records: list[Record]) -> list[Record]:
        """Records in a random order, another one each time, as the server lists what nobody sorted."""
        self._random.shuffle(records)
        return records

    def _parent(self, kind: Kind, values: Mapping[str, Any]) -> Record | None:
        """The session that a task session belongs to, named by ``session_id``."""
        return self.store.get(KINDS[kind.parent], str(values.get("session_id", "")).lower()) if kind.parent else None

    def _add_tasks(self, record: Record, count: int) -> None:
        state = {"state": "InProgress"} if is_running(record) else {}
        for kind in children_of(record.kind):
            for number in range(1, count + 1):
                self.add_session(kind.name, session_id=record.id, vm_name=f"vm{number:02d}", **state)
