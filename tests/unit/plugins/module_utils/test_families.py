# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The table of families holds together, and fits what the simulated EM knows."""

from __future__ import annotations

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._families import FAMILIES, Family
from ansible_collections.backupops.veeam_em.plugins.module_utils._session_options import GROUPS
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.kinds import KINDS

COMMON = [
    "kind",
    "id",
    "uid",
    "name",
    "state",
    "result",
    "running",
    "creation_time",
    "end_time",
    "duration",
    "backup_server",
]
EACH = pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES.keys())


@EACH
def test_every_session_begins_with_the_common_keys(family: Family) -> None:
    assert [field.name for field in family.fields][: len(COMMON)] == COMMON


@EACH
def test_keys_are_unique_and_found_by_name(family: Family) -> None:
    names = [field.name for field in family.fields]
    assert len(set(names)) == len(names)
    assert [family.field(name) for name in names] == list(family.fields)
    assert family.field("nonsense") is None


@EACH
def test_every_key_comes_from_somewhere(family: Family) -> None:
    for field in family.fields:
        assert bool(field.element) + bool(field.link) + field.computed == 1, field.name


@EACH
def test_kind_options_and_includes_are_known(family: Family) -> None:
    assert FAMILIES[family.kind] is family
    assert set(family.options) <= set(GROUPS)
    for include in family.includes:
        assert FAMILIES[include.kind].field(include.by)
    for name in family.job or ():
        assert family.field(name)
    assert family.titles == f"{family.title}s"


@EACH
def test_paths_names_and_filters_are_those_of_the_server(family: Family) -> None:
    kind = KINDS[family.kind]
    assert (family.path, family.root, family.entity) == (kind.path, kind.root, kind.type)
    assert f"urn:veeam:{family.uid_kind}:x" == kind.uid("x")
    assert family.query_type == kind.query_type
    assert kind.item_element in family.items
    assert set(family.finished) == set(kind.finished_states)
    known = {field.name for field in kind.fields}
    assert {field.filter for field in family.fields if field.filter} <= known


@EACH
def test_elements_and_links_are_those_of_the_server(family: Family) -> None:
    kind = KINDS[family.kind]
    attributes = {"UID", "Name", *(name for name, dummy in kind.attributes)}
    elements = {element.name for element in kind.elements}
    assert {field.element for field in family.fields if field.element} == attributes | elements
    links = {(link.rel, link.type) for link in kind.links}
    assert {field.link for field in family.fields if field.link} <= links
