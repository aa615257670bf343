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
from .kinds import KINDS, children_of, is_running
from .lifecycle import Lifecycle
from .render_json import JsonRenderer
from .render_xml import XmlRenderer
from .replay import Replay
from .schema import Kind, Record
from .settings import Settings
from .store import Store

Renderer = Union[XmlRenderer, JsonRenderer]


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
    """Sessions, logon sessions, clock, faults, replay and the log of requests. Hold ``lock`` while using it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.lock = threading.RLock()
        self.clock = Clock()
        self.store = Store()
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
        """Add a session and return its id; what is not given gets a sensible default (see ``defaults.py``).

        Times are ISO 8601 text, datetimes, or seconds from now. ``planned_end`` (a time) lets a running session end by
        itself with ``planned_result``. ``tasks`` makes so many task sessions. ValueError for what no session has.
        """
        if kind not in KINDS:
            raise ValueError(f"unknown kind {kind!r}, expected one of: {', '.join(KINDS)}")
        with self.lock:
            now = self.clock.now()
            planned_end = given_time(values.pop("planned_end", None), now)
            planned_result = values.pop("planned_result", "Success")
            tasks = values.pop("tasks", 0)
            parent = self._parent(KINDS[kind], values)
            record = self.store.add(Record(KINDS[kind], complete(KINDS[kind], values, now, parent)))
            if planned_end is not None:
                self.lifecycle.plan_end(record, planned_end, planned_result)
            self._add_tasks(record, tasks)
            return record.id

    def generate(self, count: int, seed: int) -> None:
        """Add so many generated backup sessions; the same seed gives the same ones, relative to now."""
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
