# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The results are the same from XML and from the JSON of every version, for every family, whichever way they are read."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._families import FAMILIES
from ansible_collections.backupops.veeam_em.plugins.module_utils._family import Family
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.plugins.families import EACH, EACH_WITH_QUERY, comparable
from ansible_collections.backupops.veeam_em.tests.unit.support import read_info, sent, sessions_of

Sessions = list[dict[str, t.Any]]

REPRESENTATIONS = [("xml", 12), ("xml", 13), ("json", 12), ("json", 13)]


def everything(em: MockEm, family: Family, media_type: str = "xml", em_version: int = 12, **changes: t.Any) -> Sessions:
    """Return sessions with all that can be included."""
    em.settings.em_version = em_version
    include = [*(include.name for include in family.includes), "links"]
    return comparable(sessions_of(em, family.kind, include=include, connection={"media_type": media_type}, **changes))


def check_all(em: MockEm, family: Family, **changes: t.Any) -> Sessions:
    """Check that every representation gives the sessions of the first one; return them."""
    first, *others = [everything(em, family, *representation, **changes) for representation in REPRESENTATIONS]
    for representation, found in zip(REPRESENTATIONS[1:], others):
        assert found == first, representation
    return first


@EACH
def test_by_collection(small_em: MockEm, family: Family) -> None:
    assert len(check_all(small_em, family)) >= 3
    assert f"{family.path}?format=Entity" in sent(small_em, "GET")


@EACH_WITH_QUERY
@pytest.mark.parametrize("page_size", [4, 500])
def test_by_query(small_em: MockEm, family: Family, page_size: int) -> None:
    assert len(check_all(small_em, family, created_after="900d", page_size=page_size, sort_by="name")) >= 3
    assert sent(small_em, "GET", family.path) == []


@EACH
def test_by_id(small_em: MockEm, family: Family) -> None:
    guids = [session["id"] for session in everything(small_em, family)]
    assert [session["id"] for session in check_all(small_em, family, id=guids)] == guids


@EACH
def test_the_same_sessions_by_every_way(small_em: MockEm, family: Family) -> None:
    by_collection = everything(small_em, family)
    by_query = everything(small_em, family, sort_by="name", sort_order="asc")
    assert by_query == by_collection
    assert everything(small_em, family, id=[session["id"] for session in by_collection]) == by_collection


@EACH
@pytest.mark.parametrize(("media_type", "em_version"), REPRESENTATIONS)
def test_the_whole_result(small_em: MockEm, family: Family, media_type: str, em_version: int) -> None:
    """Not only the sessions: the figures too, also where the server answers JSON although XML was asked for."""
    expected = read_info(small_em, family.kind).result
    small_em.settings.em_version = em_version
    small_em.settings.bom = True
    small_em.settings.answer = "json" if media_type == "json" else "asked"
    found = read_info(small_em, family.kind).result
    assert comparable(found.pop("sessions")) == comparable(expected.pop("sessions"))
    assert found == expected


def test_what_is_compared_has_something_of_everything(small_em: MockEm) -> None:
    """Else the tests above could compare nothing with nothing."""
    for kind, names in {
        "backup": ("tasks", "restore_point_ids", "failure_message", "parent_id", "is_retry"),
        "agent_backup": ("tasks", "agents"),
        "replica": ("tasks", "failure_message"),
        "cdp_replica": ("tasks", "failure_message"),
        "system": ("events", "message", "is_canceled"),
        "cloud_failover": ("failover_tasks", "cloud_failover_plan_name"),
        "restore": ("restore_point_id", "restored_obj_ref"),
        "replica_task": ("reason", "restore_point_id", "total_size"),
    }.items():
        sessions = everything(small_em, FAMILIES[kind])
        assert [name for name in names if not any(session[name] for session in sessions)] == [], kind
