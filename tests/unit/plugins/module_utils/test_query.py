# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The query language: whatever an option holds is data, and a raw filter stays within its brackets."""

from __future__ import annotations

import typing as t
import urllib.parse

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import BadRequest
from ansible_collections.backupops.veeam_em.plugins.module_utils._query import (
    MOST_URL_BYTES,
    Query,
    all_of,
    batches,
    comparison,
    quoted,
    raw_filter,
)
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.kinds import BACKUP
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.query import Fields, compile_filter
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.query_parser import (
    Both,
    Comparison,
    FilterError,
    parse,
)

SERVER_FIELDS = Fields(BACKUP.fields, BACKUP.type, {})
ODD_NAMES = [
    *("plain", "two words", " blank ends  ", "", '"', '""'),
    'a "quoted" one',
    '"Backup"',
    'end";Name!="x',
    'end",Name!="x',
    'x"),(Name!="y',
    "semi;colon",
    "comma,comma",
    "a&b=c",
    "back\\slash\\",
    "(brackets)",
    "[square] {curly}",
    "Z\u00fcrich \u6771\u4eac \U0001f5c4",
    "line\nbreak\ttab",
    "50% + 1 #2 %41",
    "x==y>=z",
    "'single'",
]


def selected_by(expression: str, names: t.Iterable[str]) -> list[str]:
    """Return those names that the server's own grammar selects."""
    holds = compile_filter(expression, SERVER_FIELDS)
    return [name for name in names if holds({"name": name, "job_name": "other"})]


@pytest.mark.parametrize(
    ("value", "expected"),
    [("x", '"x"'), ("", '""'), ('a"b', '"a""b"'), ('"a"', '"""a"""'), ("a;b,c", '"a;b,c"')],
)
def test_a_value_is_quoted(value: str, expected: str) -> None:
    assert quoted(value) == expected


@pytest.mark.parametrize(
    ("operator", "values", "expected"),
    [
        ("==", ["a"], 'F=="a"'),
        ("==", ["a", "b"], '(F=="a",F=="b")'),
        ("!=", ["a"], 'F!="a"'),
        ("!=", ["a", "b"], '(F!="a";F!="b")'),
        (">=", ["2026-01-01T00:00:00Z"], 'F>="2026-01-01T00:00:00Z"'),
    ],
)
def test_values_of_one_option_are_alternatives(operator: str, values: list[str], expected: str) -> None:
    assert comparison("F", operator, values) == expected


def test_terms_are_joined_by_and() -> None:
    assert all_of(["a", "(b,c)"]) == "a;(b,c)"
    assert all_of([]) is None


@pytest.mark.parametrize("name", ODD_NAMES)
def test_the_server_selects_exactly_the_odd_name(name: str) -> None:
    assert selected_by(comparison("Name", "==", [name]), ODD_NAMES) == [name]
    assert selected_by(comparison("Name", "!=", [name]), ODD_NAMES) == [other for other in ODD_NAMES if other != name]


@given(st.text(), st.text())
@example('x"', "y")
@example('"', '""')
@example('";Name!="', "")
@settings(database=None, deadline=None, max_examples=300)
def test_the_server_selects_exactly_what_any_text_says(name: str, other: str) -> None:
    neighbours = [name + '"', '"' + name, name + " ", " " + name, name.upper() + "x", ""]
    candidates = list(dict.fromkeys([name, other, *neighbours]))
    window = comparison("JobName", "==", ["other"])
    expression = all_of([comparison("Name", "==", [name]), window]) or ""
    assert selected_by(expression, candidates) == [name]


@given(st.lists(st.text(), min_size=1, max_size=5), st.lists(st.text(), max_size=5))
@settings(database=None, deadline=None)
def test_the_server_selects_exactly_the_listed_texts(wanted: list[str], others: list[str]) -> None:
    candidates = list(dict.fromkeys([*wanted, *others]))
    assert selected_by(comparison("Name", "==", wanted), candidates) == [name for name in candidates if name in wanted]
    left = [name for name in candidates if name not in wanted]
    assert selected_by(comparison("Name", "!=", wanted), candidates) == left


WHOLE = [
    "Result==Failed",
    "result==failed;JobType!=NasBackup",
    'JobName=="Daily SQL"',
    'JobName == "Daily SQL" , Result >= Warning',
    '(Result==Failed,Result==Warning);JobName=="a;b,(c"',
    'Name==""Backup""',
    'Name=="say ""hi"""',
    "CreationTime>=2026-01-01T00:00:00",
    "JobName==Daily SQL",
    "((A==1))",
    "  A==1  ",
    'A==""',
]
NOT_WHOLE = [
    "Result",
    "Result=",
    "==Failed",
    "Result==",
    "Result==Failed)",
    "(Result==Failed",
    ")Result==Failed(",
    "A==1),(B==2",
    "A==1;",
    ";A==1",
    "A==1;;B==2",
    "A==1,;B==2",
    "A==1 B==2 ;",
    "()",
    "(;)",
    "(A==1)(B==2)",
    "(A==1)B==2",
    'A=="open',
    'A=="x"y',
    'A=="x" "y"',
    'A=="x"";B==1',
    "A=~x",
    "1A==x",
    "A==1 and (B==2)",
]


@pytest.mark.parametrize("expression", WHOLE)
def test_a_whole_expression_is_put_in_brackets(expression: str) -> None:
    assert raw_filter(expression) == f"({expression.strip()})"


@pytest.mark.parametrize("expression", [*NOT_WHOLE, "", "   "])
def test_an_expression_that_is_not_whole_is_refused(expression: str) -> None:
    with pytest.raises(BadRequest, match="option filter"):
        raw_filter(expression)


@pytest.mark.parametrize(
    ("expression", "position"), [("~A==1", 1), ("A==1;;B==2", 6), ("A==1)", 5), ("(A==1)B==2", 7), ("A==1;B=2", 6)]
)
def test_a_mistake_is_told_with_its_position(expression: str, position: int) -> None:
    with pytest.raises(BadRequest, match=f"position {position} "):
        raw_filter(expression)


@given(st.text(alphabet='AB12=!<>"(),; \n&', max_size=24) | st.sampled_from([*WHOLE, *NOT_WHOLE]))
@settings(database=None, deadline=None, max_examples=500)
def test_a_raw_expression_never_reaches_beyond_its_brackets(expression: str) -> None:
    try:
        bracketed = raw_filter(expression)
    except BadRequest:
        return
    try:
        tree = parse(f'Z=="z";{bracketed}')
    except FilterError:
        return
    assert isinstance(tree, Both)
    assert len(tree.parts) == 2
    assert tree.parts[0] == Comparison("Z", "==", "z")


@pytest.mark.parametrize("expression", ["A==" + "x " * 2000 + "(", 'A=="' + '""' * 2000, "(" * 3000])
def test_a_long_wrong_expression_is_refused_at_once(expression: str) -> None:
    with pytest.raises(BadRequest):
        raw_filter(expression)


def parameters_of(path: str) -> dict[str, str]:
    resource, dummy, query = path.partition("?")
    assert resource == "query"
    return dict(urllib.parse.parse_qsl(query, keep_blank_values=True, strict_parsing=True))


def test_a_query_without_anything() -> None:
    assert Query("BackupJobSession").path(1) == "query?type=BackupJobSession&format=Entities&pageSize=500&page=1"


@pytest.mark.parametrize(("descending", "name"), [(True, "sortDesc"), (False, "sortAsc")])
def test_a_query_with_everything(descending: bool, name: str) -> None:
    path = Query("T", filter='Name=="x"', sort="CreationTime", descending=descending, page_size=7).path(3)
    assert parameters_of(path) == {
        "type": "T",
        "format": "Entities",
        "filter": 'Name=="x"',
        name: "CreationTime",
        "pageSize": "7",
        "page": "3",
    }


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_filter_crosses_the_url_unchanged(name: str) -> None:
    expression = comparison("Name", "==", [name])
    path = Query("T", filter=expression).path(1)
    assert parameters_of(path)["filter"] == expression
    assert path.isascii()
    assert " " not in path
    assert "+" not in path


def test_a_url_that_is_too_long_is_refused() -> None:
    empty = len(Query("T", filter="x").path(1)) - 1
    assert len(Query("T", filter="x" * (MOST_URL_BYTES - empty)).path(1)) == MOST_URL_BYTES
    with pytest.raises(BadRequest, match=rf"{MOST_URL_BYTES + 1} bytes.*match"):
        Query("T", filter="x" * (MOST_URL_BYTES - empty + 1)).path(1)


def test_ids_come_in_groups_that_fit_into_a_url() -> None:
    guids = [f"00000000-0000-4000-8000-{number:012x}" for number in range(250)]
    groups = list(batches(guids))
    assert [guid for group in groups for guid in group] == guids
    assert [len(group) for group in groups] == [100, 100, 50]
    Query("BackupTaskSession", filter=comparison("JobSessionUid", "==", groups[0]), sort="CreationTime").path(99999)


def test_no_ids_are_no_group() -> None:
    assert list(batches([])) == []


def test_half_of_a_surrogate_pair_is_refused_and_not_a_crash() -> None:
    with pytest.raises(BadRequest, match="surrogate"):
        Query("BackupJobSession", comparison("Name", "==", ["\udce9"])).path(1)
