# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The arithmetic of the benchmark, and how its page is written. It measures nothing."""

from __future__ import annotations

import json
import pathlib
import xml.etree.ElementTree as ET

import pytest

from ansible_collections.backupops.veeam_em.tests.benchmark import page, slices, tables
from ansible_collections.backupops.veeam_em.tests.benchmark.bodies import Bodies
from ansible_collections.backupops.veeam_em.tests.benchmark.figures import (
    Figure,
    Figures,
    above,
    per_item,
    ratio,
    ratio_above,
)
from ansible_collections.backupops.veeam_em.tests.benchmark.targets import Target, targets
from ansible_collections.backupops.veeam_em.tests.unit.support import COLLECTION

EMPTY = Figure("a", "empty play", 100, [1.0, 2.0, 1.0])
INFO = Figure("a", "info", 100, [1.5, 2.5, 9.0])
URI = Figure("a", "uri", 100, [3.0, 4.0, 3.0])


def summaries(*peaks: float) -> list[Figure]:
    """Return figures of summary_only: of 20 sessions and then of 100,000 and 200,000, which take so much memory."""
    return [
        Figure("c", "summary_only", number, [seconds], megabytes=[peak])
        for number, seconds, peak in zip((20, 100_000, 200_000), (0.5, 2.5, 4.5), peaks)
    ]


def test_differences_and_ratios_are_those_within_rounds() -> None:
    assert above(INFO, EMPTY) == 0.5
    assert ratio_above(INFO, URI, EMPTY) == 0.25
    assert ratio(URI, EMPTY) == 3.0


def test_what_one_more_costs() -> None:
    first, second = summaries(0, 30, 40)[1:]
    assert per_item(second, first, lambda figure: figure.time) == pytest.approx(20e-6)
    assert per_item(second, first, lambda figure: figure.peak) == pytest.approx(1e-4)


def test_figures_are_found_by_name_and_in_the_order_of_their_numbers() -> None:
    figures = Figures([*reversed(summaries(30, 40, 50)), INFO])
    assert [figure.number for figure in figures.of("c", "summary_only")] == [20, 100_000, 200_000]
    assert figures.get("a", "info", 100) is INFO
    assert figures.get("a", "info", 20) is None


def test_a_measure_is_renewed_as_a_whole_and_the_others_stay() -> None:
    again = Figure("a", "info", 20, [7.0])
    figures = Figures([EMPTY, INFO, URI, *summaries(30, 40, 50)]).renewed(Figures([again]))
    assert figures.of("a") == [again]
    assert len(figures.of("c")) == 3


def test_a_table_of_plays_does_without_what_was_not_measured() -> None:
    ping = Figure("a", "ping", 100, [1.25, 2.25, 1.25])
    assert tables.of_plays(Figures([EMPTY, INFO, URI, ping]))[1:] == [
        ("100", "0.25 s", "", "0.50 s", "2.00 s", "0.25", "2.00"),
    ]


@pytest.mark.parametrize(("measured", "met"), [(None, "not measured"), (1.604, "yes"), (1.61, "no")])
def test_a_target_is_met_up_to_its_value(measured: float | None, met: str) -> None:
    assert Target("something", 1.6, measured).met == met


def test_targets_say_what_was_measured() -> None:
    found = {target.what: target for target in targets(Figures([EMPTY, INFO, URI, *summaries(40, 60, 70)]))}
    uri = found["Reading 100 sessions by one info task, against three uri tasks and filters, above an empty play"]
    assert uri.cells[1:] == ("at most 0.40", "0.25", "yes")
    memory = found["summary_only of 100,000 sessions: memory above reading 20"]
    assert memory.cells[1:] == ("at most 25.00 MB", "20.00 MB", "yes")
    assert found["Stopping 200 sessions: stops"].cells[1:] == ("at most 200 requests", "", "not measured")


def test_growth_is_told_per_session() -> None:
    assert tables.of_growth(Figures(summaries(40, 60, 70)))[1:] == [("100,000", "200,000", "20 µs", "105 bytes")]


def test_the_largest_slice_decides() -> None:
    assert slices.seconds(10, 3, start=5, each=2) == 5 + 3 * 2
    assert slices.seconds(1, 1, start=5, each=2) == 5


def test_every_block_has_its_place_in_the_page_also_with_nothing_measured() -> None:
    frame = (COLLECTION / page.FRAME).read_text(encoding="utf-8")
    for name, rows in page.BLOCKS.items():
        once = page.with_block(frame, name, page.table(rows(Figures())))
        assert page.with_block(once, name, page.table(rows(Figures()))) == once
    with pytest.raises(ValueError, match="no block"):
        page.with_block(frame, "something else", "")


def test_a_table_has_a_row_for_each() -> None:
    lines = page.table([("What", "Time"), ("ping", "")]).splitlines()
    assert lines[3:] == ["   * - What", "     - Time", "   * - ping", "     -"]


def test_bodies_have_the_same_sessions_in_both_representations(tmp_path: pathlib.Path) -> None:
    bodies = Bodies(tmp_path)
    whole = ET.fromstring(bodies.collection(90).read_bytes())
    ids = [session.attrib["UID"] for session in whole]
    assert len(set(ids)) == 90
    pages = [json.loads(bodies.json_page(index, 50, 90).read_bytes()) for index in range(3)]
    in_json = [item["UID"] for body in pages for item in body["Entities"]["BackupJobSessions"]["BackupJobSessions"]]
    assert in_json == ids
    assert pages[2]["PagingInfo"] == {"Links": None, "PageNum": 3, "PageSize": 50, "PagesCount": 2}
    assert 1000 < bodies.collection(90).stat().st_size / 90 < 2000
