# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All pages of a query as one stream, each record once, however the pages shift."""

from __future__ import annotations

import itertools
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.module_utils._answer import Answer
from ansible_collections.backupops.veeam_em.plugins.module_utils._client import EmClient
from ansible_collections.backupops.veeam_em.plugins.module_utils._pages import Request
from ansible_collections.backupops.veeam_em.plugins.module_utils._paging import read_query
from ansible_collections.backupops.veeam_em.plugins.module_utils._query import Query
from ansible_collections.backupops.veeam_em.plugins.module_utils._values import guid_of
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.plugins.module_utils.reading import BY_TIME, add_sessions
from ansible_collections.backupops.veeam_em.tests.unit.support import QUERY_SHAPE, client_of, sent

REQUEST = Request("not/used", "Cannot read things", QUERY_SHAPE)
RUNNING = Query("BackupJobSession", 'State!="Stopped"', sort="CreationTime", page_size=2, volatile=True)
MEDIA = pytest.mark.parametrize("media_type", ["xml", "json"])


def ids_of(client: EmClient, query: Query = BY_TIME) -> t.Iterator[str]:
    """Yield the ids of the records of a query."""
    return (guid_of(record["uid"]) for record in read_query(client, query, REQUEST))


def read(em: MockEm, query: Query = BY_TIME, **changes: t.Any) -> list[str]:
    with client_of(em, **changes) as client:
        return list(ids_of(client, query))


def pages_asked_for(em: MockEm) -> list[str]:
    return [path.rpartition("=")[2] for path in sent(em, "GET", "query")]


@MEDIA
@pytest.mark.parametrize(("number", "pages"), [(0, 1), (1, 1), (2, 1), (3, 2), (4, 2), (6, 3), (7, 3)])
def test_all_pages_are_read_and_after_a_full_one_another(em: MockEm, number: int, pages: int, media_type: str) -> None:
    wanted = add_sessions(em, number)
    assert read(em, media_type=media_type) == wanted
    assert len(sent(em, "GET", "query")) == pages


def test_pages_are_asked_for_by_number_on_the_configured_host(em: MockEm) -> None:
    add_sessions(em, 4)
    read(em)
    assert sent(em, "GET", "query") == [BY_TIME.path(1), BY_TIME.path(2)]


@MEDIA
def test_what_slips_onto_a_page_that_was_read_is_found(em: MockEm, media_type: str) -> None:
    """A session that goes lets the others move up; that there are fewer pages by then tells it."""
    wanted = add_sessions(em, 7)
    with client_of(em, media_type=media_type) as client:
        ids = ids_of(client)
        found = [next(ids) for dummy in range(3)]
        em.remove_session(found[0])
        found += ids
    assert sorted(found) == sorted(wanted)
    assert pages_asked_for(em) == ["1", "2", "3", "1", "2"]


def read_while_they_end(
    em: MockEm, ends: t.Mapping[int, t.Sequence[str]], monkeypatch: pytest.MonkeyPatch
) -> tuple[set[str], list[str]]:
    """Read those that run, while some of them end just before a request of that number; return their ids, and warnings."""
    warnings: list[str] = []
    with client_of(em, warnings=warnings) as client:
        get, number = client.get, itertools.count(1)

        def get_later(path: str, doing: str) -> Answer:
            for guid in ends.get(next(number), ()):
                em.change_session(guid, state="Stopped")
            return get(path, doing)

        monkeypatch.setattr(client, "get", get_later)
        return set(ids_of(client, RUNNING)), warnings


def test_one_that_slips_through_two_passes_is_found_by_another(em: MockEm, monkeypatch: pytest.MonkeyPatch) -> None:
    """It moved to the page before in each of them, so the second one met nothing new, but not the same ones either."""
    guids = [em.add_session(state="Working", creation_time=-60 * number) for number in range(5)]
    found, warnings = read_while_they_end(em, {3: guids[:2], 5: [guids[2]]}, monkeypatch)
    assert found == set(guids)
    assert warnings == []


def test_what_is_not_consumed_is_not_asked_for(em: MockEm) -> None:
    add_sessions(em, 9)
    with client_of(em) as client:
        next(ids_of(client))
    assert pages_asked_for(em) == ["1"]


@pytest.mark.parametrize("number", [1, 3])
def test_new_sessions_push_others_to_the_next_page_and_these_come_once(em: MockEm, number: int) -> None:
    """Three of them push a whole page: one with nothing new does not end the reading too early."""
    wanted = add_sessions(em, 9)
    found = []
    with client_of(em) as client:
        for guid in ids_of(client):
            found.append(guid)
            if len(found) == 3:
                for seconds in range(number):
                    em.add_session(creation_time=-seconds)
    assert found == wanted


def end(em: MockEm, guids: t.Iterable[str]) -> None:
    for guid in guids:
        em.change_session(guid, state="Stopped")


@pytest.fixture
def six(em: MockEm) -> list[str]:
    """Running sessions, the newest first."""
    return [em.add_session(state="Working", creation_time=-60 * (number + 1)) for number in range(6)]


def test_sessions_that_end_while_they_are_read_hide_no_other(em: MockEm, six: list[str]) -> None:
    """Those that run slip to a page that has been read, when others end: the query is read again."""
    with client_of(em) as client:
        stream = ids_of(client, RUNNING)
        found = [next(stream), next(stream)]
        end(em, found)
        found.extend(stream)
    assert sorted(found) == sorted(six)


def test_a_volatile_query_is_read_until_nothing_new_comes(em: MockEm, six: list[str]) -> None:
    assert read(em, RUNNING) == six
    assert pages_asked_for(em) == ["1", "2", "3", "4", "1", "2", "3"]


def test_a_volatile_query_that_brings_new_sessions_for_ever_ends_with_a_warning(em: MockEm, six: list[str]) -> None:
    found: list[str] = []
    passes = 0
    warnings: list[str] = []
    with client_of(em, warnings=warnings) as client:
        for guid in ids_of(client, RUNNING):
            found.append(guid)
            if pages_asked_for(em).count("1") > passes:
                passes += 1
                em.add_session(state="Working", creation_time=-1)
    assert len(found) == 6 + 9
    assert pages_asked_for(em).count("1") == 10
    assert [words.endswith("some may be missing.") for words in warnings] == [True]


@pytest.mark.parametrize("volatile", [False, True])
def test_a_query_of_one_page_is_read_once(em: MockEm, volatile: bool) -> None:
    add_sessions(em, 2)
    read(em, Query("BackupJobSession", sort="CreationTime", volatile=volatile))
    assert pages_asked_for(em) == ["1"]


def test_a_query_that_does_not_change_is_read_once(em: MockEm) -> None:
    add_sessions(em, 9)
    read(em)
    assert pages_asked_for(em) == ["1", "2", "3", "4"]


@MEDIA
@pytest.mark.parametrize("number", [4, 6, 10])
def test_a_page_count_that_is_too_low_loses_nothing(em: MockEm, number: int, media_type: str) -> None:
    wanted = add_sessions(em, number)
    em.faults.add(kind="page_count", pages=1)
    assert read(em, media_type=media_type) == wanted


@pytest.mark.parametrize("status", [400, 404, 500])
def test_a_page_that_does_not_exist_may_be_refused(em: MockEm, status: int) -> None:
    wanted = add_sessions(em, 3)
    em.faults.add(kind="status", status=status, query="page=2")
    assert read(em) == wanted


@MEDIA
def test_a_page_count_that_lies_about_what_is_there_ends_with_the_first_empty_page(em: MockEm, media_type: str) -> None:
    wanted = add_sessions(em, 4)
    em.faults.add(kind="page_count", pages=1_000_000)
    assert read(em, media_type=media_type) == wanted
    assert pages_asked_for(em) == ["1", "2", "3"]


def page(number: int | None, pages: int, *guids: str) -> str:
    """Return a page of a query as EM would send it."""
    items = "".join(f'<BackupJobSession UID="urn:veeam:BackupJobSession:{guid}"/>' for guid in guids)
    paging = "" if number is None else f'<PagingInfo PageNum="{number}" PageSize="2" PagesCount="{pages}"/>'
    content = f"<Entities><BackupJobSessions>{items}</BackupJobSessions></Entities>{paging}"
    return f'<QueryResult xmlns="http://www.veeam.com/ent/v1.0">{content}</QueryResult>'


def serve(em: MockEm, *pages: str) -> None:
    """Have the server answer queries with these pages, one after the other."""
    for number, body in enumerate(pages):
        em.faults.add(kind="body", path="query", body=body, after=number, times=1)


def test_page_after_page_with_the_same_sessions_is_an_error(em: MockEm) -> None:
    serve(em, *(page(number, 99, "a", "b") for number in range(1, 10)))
    with pytest.raises(errors.ProtocolViolation, match=r"^Cannot read things: page after page"):
        read(em)
    assert len(sent(em, "GET", "query")) == 3


def test_one_page_of_the_same_sessions_is_none(em: MockEm) -> None:
    serve(em, page(1, 4, "a", "b"), page(2, 4, "a", "b"), page(3, 4, "c"), page(4, 4, "c", "d"))
    assert read(em) == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("body", "words"),
    [(page(7, 9), "page 1 was asked for, page 7 came"), (page(None, 1), r"page 1 was asked for, page \(none\) came")],
)
def test_another_page_than_the_one_asked_for_is_an_error(em: MockEm, body: str, words: str) -> None:
    serve(em, body)
    with pytest.raises(errors.ProtocolViolation, match=rf"^Cannot read things: {words}"):
        read(em)
