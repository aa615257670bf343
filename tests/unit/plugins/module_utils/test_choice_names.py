# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever text a name is, the filter selects the sessions with that name and no other, by the server's own grammar."""

from __future__ import annotations

import typing as t
import urllib.parse

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ansible_collections.backupops.veeam_em.plugins.module_utils._choice import choose
from ansible_collections.backupops.veeam_em.plugins.module_utils._families import FAMILIES, SYSTEM
from ansible_collections.backupops.veeam_em.plugins.module_utils._family import Family
from ansible_collections.backupops.veeam_em.plugins.module_utils._query import Query
from ansible_collections.backupops.veeam_em.plugins.module_utils._session_options import options_of
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.query import Fields, compile_filter
from ansible_collections.backupops.veeam_em.tests.unit.plugins.families import kind_of, own_values

NOW = 1_772_582_400.75  # 2026-03-04T00:00:00.75Z

# Options that take names, and what the simulated EM calls their values.
KEYS = {
    "name": "name",
    "job_name": "job_name",
    "vm_name": "vm_name",
    "policy_name": "policy_name",
    "backup_server": "server_name",
}
PAIRS = [
    (kind, option.name)
    for kind, family in FAMILIES.items()
    if family.has_query
    for option in options_of(family)
    if option.name in KEYS
]

# All scripts, and often what means something to filters and URLs.
NAMES = st.text(
    st.sampled_from("\";,()=!<>&%+#?/\\'@[]{} \n\tAa\u00e9") | st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20
)


def variants(name: str) -> t.Iterator[str]:
    """Yield names that a careless filter could take for this one."""
    yield from (name.strip(), name.replace(" ", ""), name.replace('"', ""), name.replace('"', '""'), f'"{name}"')
    yield from (name.swapcase(), f"{name} ", name[:-1], urllib.parse.quote(name), urllib.parse.unquote_plus(name))
    yield from name.replace(",", ";").split(";")


def filter_that_arrives(family: Family, options: dict[str, t.Any]) -> str:
    """Return the filter as the server reads it from the URL."""
    choice = choose(options, family, NOW)
    if choice.test is not None:
        raise AssertionError("the server can select by a name")
    path = Query(family.uid_kind, choice.filter, sort=family.sort_by_creation).path(1)
    return urllib.parse.parse_qs(path.partition("?")[2], strict_parsing=True, keep_blank_values=True)["filter"][0]


def selected(family: Family, option: str, expression: str, names: t.Iterable[str]) -> set[str]:
    """Return those of the names whose sessions the server's grammar selects."""
    kind = kind_of(family)
    holds = compile_filter(expression, Fields(kind.fields, kind.type, {}))
    empty = dict.fromkeys((field.key for field in kind.fields), "other")
    return {name for name in names if holds({**empty, **own_values(family), KEYS[option]: name})}


@pytest.mark.parametrize(("kind", "option"), PAIRS)
@given(wanted=st.lists(NAMES, min_size=1, max_size=3), others=st.lists(NAMES, max_size=5))
@example(wanted=['end";Name!="x'], others=["end", "x", 'end";Name!="x" '])
@example(wanted=['x"),(Name!="y', " "], others=["y", "", "  "])
@example(wanted=["a&filter=Name==b", "100%+1", "%41"], others=["a", "b", "A", "100% 1"])
@settings(database=None, deadline=None, max_examples=40)
def test_a_name_selects_itself_and_no_other(kind: str, option: str, wanted: list[str], others: list[str]) -> None:
    family = FAMILIES[kind]
    candidates = {*wanted, *others, *(variant for name in (*wanted, *others) for variant in variants(name))}
    expression = filter_that_arrives(family, {option: wanted})
    assert selected(family, option, expression, candidates) == set(wanted)


@given(wanted=st.lists(NAMES, min_size=1, max_size=3), others=st.lists(NAMES, max_size=5))
@settings(database=None, deadline=None, max_examples=100)
def test_without_a_query_a_name_selects_itself_and_no_other(wanted: list[str], others: list[str]) -> None:
    choice = choose({"name": wanted}, SYSTEM, NOW)
    candidates = {*wanted, *others, *(variant for name in wanted for variant in variants(name))}
    assert choice.filter is None
    assert choice.test is not None
    assert {name for name in candidates if choice.test({"name": name})} == set(wanted)


@given(name=NAMES, other=NAMES, raw=st.sampled_from([None, "State==Stopped", 'Name!="a",Name=="b"']))
@settings(database=None, deadline=None, max_examples=100)
def test_names_in_two_options_do_not_meet(name: str, other: str, raw: str | None) -> None:
    family = FAMILIES["backup"]
    expression = filter_that_arrives(family, {"job_name": [name], "backup_server": [other], "running": False, "filter": raw})
    kind = kind_of(family)
    holds = compile_filter(expression, Fields(kind.fields, kind.type, {}))
    session = {**dict.fromkeys((field.key for field in kind.fields), "b"), "state": "Stopped"}
    assert holds({**session, "job_name": name, "server_name": other})
    assert not holds({**session, "job_name": f"{name}x", "server_name": other})
    assert not holds({**session, "job_name": name, "server_name": f"{other}x"})
    assert not holds({**session, "job_name": name, "server_name": other, "state": "Working"})


def test_every_option_that_takes_names_is_tried() -> None:
    assert {option for dummy, option in PAIRS} == set(KEYS)
    assert ("cdp_replica", "policy_name") in PAIRS
    assert {kind for kind, option in PAIRS if option == "vm_name"} == {"backup_task", "replica_task", "restore", "cdp_replica_task"}
