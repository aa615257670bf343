# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.content import Style
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.messages import Refusal, Request
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.paging import Page, cut

OLD = Style(12, "em01.example.test:9398", "localhost:9398")
NEW = OLD._replace(em_version=13)


def page_of(query: str, count: int, style: Style = OLD) -> tuple[list[int], Page]:
    return cut(range(count), Request("GET", "/api/query", query), style)


def links(page: Page) -> dict[str, str]:
    return {link.rel: link.href.partition("/api/query?")[2] for link in page.links}


def test_a_hundred_by_default() -> None:
    items, page = page_of("type=Job", 250)
    assert items == list(range(100))
    assert (page.number, page.size, page.pages) == (1, 100, 3)


def test_pages_do_not_overlap() -> None:
    seen = [item for number in (1, 2, 3) for item in page_of(f"pageSize=4&page={number}", 10)[0]]
    assert seen == list(range(10))


def test_an_empty_result_has_one_page() -> None:
    items, page = page_of("type=Job", 0)
    assert (items, page.pages) == ([], 1)


def test_a_full_last_page_adds_none() -> None:
    assert page_of("pageSize=5", 10)[1].pages == 2


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, ["First", "Next", "Last"]),
        (2, ["First", "Previous", "Next", "Last"]),
        (3, ["First", "Previous", "Last"]),
        (9, ["First", "Previous", "Last"]),
    ],
)
def test_links_lead_where_there_are_pages(number: int, expected: list[str]) -> None:
    assert [link.rel for link in page_of(f"pageSize=4&page={number}", 10)[1].links] == expected


def test_a_page_beyond_the_end_is_empty() -> None:
    items, page = page_of("pageSize=4&page=9", 10)
    assert (items, page.number, page.pages) == ([], 9, 3)
    assert links(page)["Previous"] == "pageSize=4&page=3"


def test_links_echo_what_was_sent_in_that_order() -> None:
    found = links(page_of("v=latest&page=2&type=Job&Format=Entities&pageSize=3", 10)[1])
    assert found["Next"] == "v=latest&page=3&type=Job&Format=Entities&pageSize=3"
    assert links(page_of("type=Job", 250)[1])["Last"] == "type=Job&pageSize=100&page=3"


FILTER = "filter=Name%3D%3D%22a%20b%22;Result==Failed"


def test_old_servers_encode_in_lower_case_with_plus() -> None:
    found = links(page_of(FILTER, 1, OLD)[1])["First"]
    assert found == "filter=Name%3d%3d%22a+b%22%3bResult%3d%3dFailed&pageSize=100&page=1"


def test_new_servers_encode_in_upper_case() -> None:
    found = links(page_of(FILTER, 1, NEW)[1])["First"]
    assert found == "filter=Name%3D%3D%22a%20b%22;Result%3D%3DFailed&pageSize=100&page=1"


@pytest.mark.parametrize("query", ["pageSize=0", "pageSize=-1", "pageSize=ten", "pageSize=", "page=0", "page=1.5"])
def test_sizes_and_numbers_must_be_positive(query: str) -> None:
    with pytest.raises(Refusal) as caught:
        page_of(query, 10)
    assert caught.value.status == 400
    assert query.partition("=")[0] in caught.value.message
