# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The words of the table: what a family says of itself."""

from __future__ import annotations

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._family import Family, Field, Include

NAME = Field("name", "Its name.", "x", element="Name", filter="TheName")
AGE = Field("age", "Its age.", 1, type="int", element="Age")
OWNER = Field("owner", "Who has it.", "y", filter="Owner")
THING = Family(
    kind="thing",
    title="thing session",
    path="things",
    uid_kind="ThingSession",
    fields=(NAME, AGE),
    selectors=(OWNER,),
    finished=("Over",),
    options=("sessions",),
)


def test_lists_are_named_in_the_plural() -> None:
    assert (THING.root, THING.titles) == ("ThingSessions", "thing sessions")


@pytest.mark.parametrize(("item", "expected"), [("", ("ThingSession",)), ("Part", ("ThingSession", "Part"))])
def test_a_session_can_have_another_name_in_lists(item: str, expected: tuple[str, ...]) -> None:
    assert THING._replace(item=item).items == expected


@pytest.mark.parametrize(("single", "expected"), [("", "things"), ("others", "others")])
def test_one_session_can_be_read_below_another_collection(single: str, expected: str) -> None:
    assert THING._replace(single=single).by_id == expected


def test_fields_are_found_by_name() -> None:
    assert (THING.field("name"), THING.field("age"), THING.field("nonsense")) == (NAME, AGE, None)


def test_a_family_can_be_selected_by_more_than_its_fields() -> None:
    assert THING.field("owner") is None
    assert (THING.selector("owner"), THING.selector("name"), THING.selector("nonsense")) == (OWNER, NAME, None)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ((), ""),
        ((Field("creation_time", "When.", "z"),), ""),
        ((Field("creation_time", "When.", "z", filter="Began"),), "Began"),
    ],
)
def test_the_server_has_a_name_of_its_own_for_the_creation_time(fields: tuple[Field, ...], expected: str) -> None:
    assert THING._replace(fields=fields).sort_by_creation == expected


def test_a_family_is_by_itself_whole_and_has_a_query() -> None:
    assert (THING.has_query, THING.types, THING.job, THING.includes) == (True, (), None, ())
    assert THING.readers == "Portal Administrator or Portal User"


def test_nothing_of_the_table_can_be_changed() -> None:
    for entry, name in ((THING, "kind"), (NAME, "filter"), (Include("x", "x", "x", []), "by")):
        with pytest.raises(AttributeError, match="set"):
            setattr(entry, name, "other")
