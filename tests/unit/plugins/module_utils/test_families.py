# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The table of families holds together, and fits what the simulated EM knows."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._families import FAMILIES
from ansible_collections.backupops.veeam_em.plugins.module_utils._family import Family, Field
from ansible_collections.backupops.veeam_em.plugins.module_utils._session_options import GROUPS, options_of
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.schema import Element
from ansible_collections.backupops.veeam_em.tests.unit.plugins.families import EACH, EACH_WITH_QUERY, kind_of

COMMON = [
    *("kind", "id", "uid", "name", "state", "result", "running", "creation_time", "end_time", "duration", "backup_server"),
]
# The server selects by them, we by their names or not at all.
UNUSED_FILTERS = {"BackupServerUid", "PolicySessionName"}


def test_the_families() -> None:
    assert set(FAMILIES) == {
        *("backup", "agent_backup", "nas_backup", "replica", "restore", "system", "backup_task", "replica_task"),
        *("cdp_replica", "cdp_replica_task", "cloud_failover"),
    }


@EACH
def test_every_session_begins_with_the_common_keys(family: Family) -> None:
    assert [field.name for field in family.fields][: len(COMMON)] == COMMON


@EACH
def test_keys_are_unique_and_found_by_name(family: Family) -> None:
    names = [field.name for field in (*family.fields, *family.selectors)]
    assert len(set(names)) == len(names)
    assert [family.field(name) for name in names[: len(family.fields)]] == list(family.fields)


@EACH
def test_every_key_comes_from_somewhere(family: Family) -> None:
    for field in family.fields:
        assert bool(field.element) + bool(field.link) + field.computed == 1, field.name
        assert bool(field.contains) is (field.type == "list"), field.name


@EACH
def test_kind_options_includes_and_job_are_known(family: Family) -> None:
    assert FAMILIES[family.kind] is family
    assert set(family.options) <= set(GROUPS)
    for include in family.includes:
        assert include.kind is None or FAMILIES[include.kind].field(include.by)
    for name in family.job or ():
        assert family.field(name)


@EACH
def test_every_option_that_selects_has_something_to_select_by(family: Family) -> None:
    shapes = {
        *("id", "running", "created_after", "created_before", "ended_after", "ended_before", "match", "filter"),
        *("sort_by", "sort_order", "limit", "fields", "summary_only", "page_size", "include"),
    }
    for option in options_of(family):
        assert option.name in shapes or family.selector(option.name), option.name
    assert ("query" in family.options) is family.has_query


@EACH
def test_paths_and_names_are_those_of_the_server(family: Family) -> None:
    kind = kind_of(family)
    assert (family.by_id, family.root, family.uid_kind) == (kind.path, kind.root, kind.type)
    assert f"urn:veeam:{family.uid_kind}:x" == kind.uid("x")
    assert kind.item_element in family.items
    assert set(family.finished) == set(kind.finished_states)
    (listing,) = [listing for listing in kind.listings if listing.path == family.path]
    assert set(family.types) == set(listing.types)


@EACH
def test_who_has_a_query_has_the_filters_of_the_server(family: Family) -> None:
    kind = kind_of(family)
    used = {field.filter for field in (*family.fields, *family.selectors) if field.filter}
    known = {field.name for field in kind.fields}
    assert kind.query_type == (family.uid_kind if family.has_query else None)
    assert used <= known
    assert known - used <= UNUSED_FILTERS


@EACH_WITH_QUERY
def test_whoever_has_a_query_is_selected_and_sorted_by_time(family: Family) -> None:
    assert family.sort_by_creation.startswith("CreationTime")
    for name in ("id", "name", "state", "end_time"):
        selector = family.selector(name)
        assert selector is not None
        assert selector.filter, name


def elements_of(fields: t.Iterable[Field]) -> set[str]:
    """Return the names of elements, those inside of others after a slash."""
    found: set[str] = set()
    for field in fields:
        inner = {f"{field.element}/{name}" for name in elements_of(field.contains)}
        found |= inner or ({field.element} if field.element else set())
    return found


def served(elements: t.Iterable[Element]) -> set[str]:
    """Return the same of what the simulated EM prints."""
    found: set[str] = set()
    for element in elements:
        own = {name for name, dummy in element.attributes} | served(element.children)
        found |= {f"{element.name}/{name}" for name in own} or {element.name}
    return found


@EACH
def test_elements_are_those_of_the_server(family: Family) -> None:
    kind = kind_of(family)
    attributes = {"UID", "Name", *(name for name, dummy in kind.attributes)}
    assert elements_of(family.fields) == attributes | served(kind.elements)


@EACH
def test_links_are_those_of_the_server(family: Family) -> None:
    links = {(link.rel, (link.type or "").replace("Reference", "")) for link in kind_of(family).links}
    wanted = {field.link for field in family.fields if field.link}
    if family.kind == "system":
        wanted.discard(("Up", "BackupServer"))  # EM's own jobs run on no backup server; the key is there all the same
    assert wanted <= links


@pytest.mark.parametrize(
    ("kind", "filters"),
    [
        ("restore", {"job_type": "Type"}),
        ("cloud_failover", {"job_type": "Type", "failure_message": "FailureMessage"}),
        ("cdp_replica", {"id": "Id", "creation_time": "CreationTimeUTC", "failure_message": "FailureMessage", "is_retry": None}),
        ("cdp_replica_task", {"id": "Id", "end_time": "EndTimeUTC", "result": None, "session_id": "PolicySessionUid"}),
        ("replica", {"job_type": "JobType", "id": "UID", "failure_message": None}),
        ("system", dict.fromkeys(("name", "state", "result", "session_type"))),
    ],
)
def test_the_filters_that_are_called_otherwise_in_one_family_than_in_another(kind: str, filters: dict[str, str | None]) -> None:
    selectors = {name: FAMILIES[kind].selector(name) for name in filters}
    assert {name: selector.filter for name, selector in selectors.items() if selector} == filters
