# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.kinds import KINDS
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.query import Fields, compile_filter
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.query_parser import (
    Both,
    Comparison,
    Either,
    FilterError,
    parse,
)

A, B, C = (Comparison(name, "==", "1") for name in "ABC")


def value_of(text: str) -> str:
    node = parse(f"Name=={text}")
    assert isinstance(node, Comparison)
    return node.value


@pytest.mark.parametrize("operator", ["==", "!=", ">", "<", ">=", "<="])
def test_operators(operator: str) -> None:
    assert parse(f"Result{operator}Failed") == Comparison("Result", operator, "Failed")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("A==1", A),
        ("A==1;B==1", Both((A, B))),
        ("A==1,B==1", Either((A, B))),
        ("A==1,B==1;C==1", Either((A, Both((B, C))))),
        ("A==1;B==1,C==1", Either((Both((A, B)), C))),
        ("(A==1,B==1);C==1", Both((Either((A, B)), C))),
        ("((A==1))", A),
        (" ( A == 1 , B==1 ) ; C ==1 ", Both((Either((A, B)), C))),
    ],
)
def test_semicolons_bind_more_than_commas(text: str, tree: object) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('"SQL Backup"', "SQL Backup"),
        ('"a;b,c)(d==e"', "a;b,c)(d==e"),
        ('"say ""hi"""', 'say "hi"'),
        ('"""Backup"""', '"Backup"'),
        ('""', ""),
        ('""""', '"'),
        ('"  edges  "', "  edges  "),
        ("SQL Backup 1", "SQLBackup1"),
        ('""Backup""', '"Backup"'),
        ("2025-02-18T14:16:31", "2025-02-18T14:16:31"),
        ("urn:veeam:Job:4856ab37-2235-45e8-affe-d515878b01a9", "urn:veeam:Job:4856ab37-2235-45e8-affe-d515878b01a9"),
        ("\u6771\u4eac", "\u6771\u4eac"),
    ],
)
def test_values(text: str, value: str) -> None:
    assert value_of(text) == value


def test_the_documented_bare_quotes_end_at_a_separator() -> None:
    assert parse('Name==""Backup"";B==1') == Both((Comparison("Name", "==", '"Backup"'), B))


@pytest.mark.parametrize(
    "text",
    [
        "Name",
        "Name==",
        "==1",
        "Name=Backup",
        'Name=="Backup',
        'Name=="Back"up"',
        'Name==Back"up',
        "(Name==1",
        "Name==1)",
        "Name==1;",
        ",Name==1",
        "Name==1 ; ; Name==2",
        "Name==a&b",
        "Name==a@b",
        "Name==a==b",
        "Na me==1",
        "()",
        "Name~~x",
    ],
)
def test_malformed_filters_are_refused(text: str) -> None:
    with pytest.raises(FilterError, match="Filter is malformed"):
        parse(text)


ODD = st.text() | st.text("\";,()=!<>\\&@ '\t\n\r%+#[]{}\u201c\u6771\U0001f5c4aA0")
"""Any text, and such as has little but what filters are made of."""


@settings(database=None, deadline=None)
@given(name=ODD, others=st.lists(ODD, max_size=4), rest=st.sampled_from(["", ";Result==Failed", ",Result==Warning"]))
@example(name='"', others=['""', ""], rest="")
@example(name='a";Result=="b', others=["a"], rest=";Result==Failed")
@example(name="  a ", others=["a", " a", "A"], rest="")
def test_a_quoted_name_selects_exactly_that_name(name: str, others: list[str], rest: str) -> None:
    rows = [{"name": one, "result": "Failed"} for one in (name, *others, f"{name} ", f'"{name}"', name.swapcase())]
    for kind in KINDS.values():
        if kind.query_type and any(field.name == "Result" for field in kind.fields):
            holds = compile_filter('Name=="{}"{}'.format(name.replace('"', '""'), rest), Fields(kind.fields, kind.type, {}))
            assert [row for row in rows if holds(row)] == [row for row in rows if row["name"] == name]
