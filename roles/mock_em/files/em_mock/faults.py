# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults on request: what goes wrong, for which requests, and how often."""

from __future__ import annotations

import base64
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from .messages import Request

ANSWERS = frozenset({"status", "html", "body", "redirect", "unauthorized", "mirror"})
"""Faults that take the place of the answer; the first one that applies wins."""
BREAKS = frozenset({"reset", "lose_answer", "truncate", "drip", "endless"})
"""Faults in sending the answer; the first one that applies wins."""
STOPS = frozenset({"stop_refused", "stop_never_ends"})
PAGES = frozenset({"page_count", "same_page"})
KINDS = ANSWERS | BREAKS | STOPS | PAGES | {"delay", "expire", "appear", "vanish"}
MOMENTS = ("before", "head", "headers", "body")
"""Before the request has any effect, with half of the head sent, the head, half of the body."""
AGES = ("newest", "oldest")


@dataclass
class Fault:
    """One fault. Which requests: ``method``, ``path`` (a prefix), ``query`` (a part of the raw one), ``session_id``.

    The first ``after`` matching requests pass, then ``times`` are hit (None: all). The rest belongs to single kinds;
    times are in seconds, ``size`` in bytes. An answer is replaced before the request has any effect, unless ``when`` is
    another moment.
    """

    kind: str
    method: str | None = None
    path: str | None = None
    query: str | None = None
    session_id: str | None = None
    after: int = 0
    times: int | None = None
    seconds: float = 0.05
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | str | None = None
    body_base64: str | None = None
    content_type: str | None = None
    when: str = "before"
    clean_end: bool = False
    size: int | None = None
    location: str | None = None
    pages: int = 1
    sessions: int = 1
    which: str = "newest"
    message: str = "Failed to stop the job session."
    seen: int = 0
    hits: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown fault {self.kind!r}, expected one of: {', '.join(sorted(KINDS))}")
        for name, allowed in (("when", MOMENTS), ("which", AGES)):
            if getattr(self, name) not in allowed:
                raise ValueError(f"{name} must be one of {allowed}, not {getattr(self, name)!r}")
        if self.kind == "redirect" and not self.location:
            raise ValueError("a redirect needs a location")
        if self.kind == "status" and self.status is None:
            raise ValueError("a status fault needs a status")

    @property
    def content(self) -> bytes | None:
        """The body to send, or None where none was given."""
        if self.body_base64 is not None:
            return base64.b64decode(self.body_base64)
        return self.body.encode("utf-8") if isinstance(self.body, str) else self.body

    def matches(self, request: Request) -> bool:
        """Whether the fault is about this request at all."""
        path = request.path.lower()
        if self.method is not None and self.method.upper() != request.method:
            return False
        if self.path is not None and not path.startswith(api_path(self.path)):
            return False
        if self.query is not None and self.query not in request.raw_query:
            return False
        if self.session_id is not None and self.session_id.lower() not in path:
            return False
        return self._has_effect(request, path)

    def visible(self) -> dict[str, Any]:
        """The fault for JSON."""
        return {**asdict(self), "body": None if self.body is None else f"{len(self.content or b'')} bytes"}

    def _has_effect(self, request: Request, path: str) -> bool:
        """Faults of some operations wait for those: they are not used up by others."""
        if self.kind in STOPS:
            is_stop = request.parameters.get("action", "").lower() == "stop"
            return request.method == "POST" and is_stop and path.startswith("/api/backupsessions/")
        if self.kind in PAGES:
            return path.rstrip("/") == "/api/query"
        if self.kind in ("expire", "unauthorized"):
            return request.token is not None
        return True


class ActiveFaults:
    """The faults that hit one request."""

    def __init__(self, faults: list[Fault]) -> None:
        self._faults = faults

    def first(self, kinds: frozenset[str]) -> Fault | None:
        """The first of these kinds, or None."""
        return next((fault for fault in self._faults if fault.kind in kinds), None)

    def one(self, kind: str) -> Fault | None:
        """The fault of this kind, or None."""
        return self.first(frozenset({kind}))

    @property
    def delay(self) -> float:
        """How long to wait before anything else, in seconds."""
        return sum(fault.seconds for fault in self._faults if fault.kind == "delay" and fault.when == "before")

    @property
    def sending(self) -> Fault | None:
        """The fault in sending the answer, or None: one that breaks it, or a delay in the middle of it."""
        late = (fault for fault in self._faults if fault.kind == "delay" and fault.when != "before")
        return self.first(BREAKS) or next(late, None)


class Faults:
    """All faults that were asked for. Safe under threads."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, **fault: Any) -> Fault:
        """Ask for a fault, with the attributes of Fault; ValueError or TypeError when they make no sense."""
        made = Fault(**fault)
        with self._lock:
            self._faults.append(made)
        return made

    def clear(self) -> None:
        """Let everything work again."""
        with self._lock:
            self._faults.clear()

    def all(self) -> list[Fault]:
        """The faults with their counters."""
        with self._lock:
            return list(self._faults)

    def hit(self, request: Request) -> ActiveFaults:
        """The faults for this request, counted. Of those that exclude each other only the first is used up."""
        chosen: list[Fault] = []
        with self._lock:
            for fault in self._faults:
                if not fault.matches(request):
                    continue
                fault.seen += 1
                used_up = fault.times is not None and fault.hits >= fault.times
                if fault.seen > fault.after and not used_up and not _excluded(fault, chosen):
                    fault.hits += 1
                    chosen.append(fault)
        return ActiveFaults(chosen)


def api_path(path: str) -> str:
    """A path as requests have it: with or without ``/api`` in front is the same."""
    whole = path if path.startswith("/") else f"/{path}"
    return whole.lower() if whole.lower().startswith("/api") else f"/api{whole}".lower()


def _excluded(fault: Fault, chosen: list[Fault]) -> bool:
    groups = (ANSWERS, BREAKS, frozenset({fault.kind}) - {"delay"})
    return any(fault.kind in group and any(other.kind in group for other in chosen) for group in groups)


def from_json(values: Mapping[str, Any]) -> dict[str, Any]:
    """A fault's attributes as they come over HTTP; ValueError for names that it does not have."""
    known = set(Fault.__dataclass_fields__) - {"seen", "hits"}
    unknown = set(values) - known
    if unknown or "kind" not in values:
        raise ValueError(f"a fault has a kind and may have: {', '.join(sorted(known))}; not {', '.join(sorted(unknown))}")
    return dict(values)
