# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The session families as tests meet them: all of them, what the simulated EM calls theirs, and sessions of each."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._families import FAMILIES
from ansible_collections.backupops.veeam_em.plugins.module_utils._family import Family, Field
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.kinds import KINDS
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.schema import Kind

EACH = pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES.keys())
QUERYABLE = [family for family in FAMILIES.values() if family.has_query]
EACH_WITH_QUERY = pytest.mark.parametrize("family", QUERYABLE, ids=[family.kind for family in QUERYABLE])

# Agents and file shares have backup sessions: the job type tells them.
_JOB_TYPES = {"agent_backup": "AgentManagement", "nas_backup": "NasBackup"}


def field_of(family: Family, name: str) -> Field:
    """Return a field that the family has."""
    field = family.field(name)
    if field is None:
        raise AssertionError(f"no {family.title} has {name}")
    return field


def kind_of(family: Family) -> Kind:
    """Return what the simulated EM knows of a family."""
    return KINDS["backup" if family.kind in _JOB_TYPES else family.kind]


def own_values(family: Family) -> dict[str, t.Any]:
    """Return what makes a session of the server one of the family."""
    return {"job_type": _JOB_TYPES[family.kind]} if family.kind in _JOB_TYPES else {}


def add_one(em: MockEm, family: Family, **values: t.Any) -> str:
    """Add a session of a family, a task session to a session of its own; return its id."""
    kind = kind_of(family)
    if kind.parent and "session_id" not in values:
        values["session_id"] = em.add_session(kind.parent)
    return em.add_session(kind.name, **{**own_values(family), **values})


def running_state(family: Family) -> str:
    """Return a state in which a session of the family runs."""
    return "Working" if "Stopped" in family.finished else "InProgress"


def comparable(sessions: t.Iterable[dict[str, t.Any]]) -> list[dict[str, t.Any]]:
    """Return sessions without what differs from one reading to the next: the order of equal times, the age of what runs.

    The names of restore points are written in two ways by the versions of EM.
    """
    found = []
    for given in sessions:
        session = dict(given)
        if session["running"]:
            del session["duration"]
        for name in ("tasks", "agents"):
            if name in session:
                session[name] = comparable(session[name])
        if "links" in session:
            session["links"] = [
                {**link, "name": None} if link["type"] == "RestorePointReference" else link for link in session["links"]
            ]
        found.append(session)
    return sorted(found, key=_by_id)


def _by_id(session: dict[str, t.Any]) -> str:
    return str(session["id"])
