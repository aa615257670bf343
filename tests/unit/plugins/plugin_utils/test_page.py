# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The page: it stands alone, shows what the report says, and takes no name for markup."""

from __future__ import annotations

import importlib
import typing as t

import jinja2
import pytest

from ansible_collections.backupops.veeam_em.plugins.plugin_utils._page import page_of
from ansible_collections.backupops.veeam_em.plugins.plugin_utils._report import Source, report_of
from ansible_collections.backupops.veeam_em.plugins.plugin_utils._rules import rulebook_of
from ansible_collections.backupops.veeam_em.tests.unit.plugins.plugin_utils.stories import NOW_EPOCH, session
from ansible_collections.backupops.veeam_em.tests.unit.support import COLLECTION

html: t.Any = importlib.import_module("lxml.html")
TEMPLATE = (COLLECTION / "roles" / "session_report" / "files" / "page.html.j2").read_text(encoding="utf-8")
NASTY = "<script>alert(1)</script> & \"two\" 'three' {{ 7 * 6 }}"


def page(*sources: Source) -> str:
    """Return the page of a week."""
    kinds = ["backup", "restore"]
    rulebook = rulebook_of("26h", "8h")
    return page_of(report_of(sources, kinds, rulebook, NOW_EPOCH - 7 * 86400, NOW_EPOCH), TEMPLATE)


def rows(text: str, section: str) -> list[list[str]]:
    """Return the cells of a section's table."""
    table = html.fromstring(text).get_element_by_id(section)
    return [[" ".join(cell.text_content().split()) for cell in row.findall("td")] for row in table.findall(".//tbody/tr")]


def test_the_page_needs_nothing_else() -> None:
    tree = html.fromstring(page(Source("em", [session(5, 1, "Failed"), session(3, None, job="Files")])))
    assert tree.findall(".//script") == []
    assert tree.findall(".//link") == []
    assert tree.findall(".//img") == []
    attributes = {name for element in tree.iter() for name in element.attrib}
    assert not [name for name in attributes if name in ("src", "href") or name.startswith("on")]
    (style,) = tree.findall(".//style")
    assert "url(" not in style.text
    assert "@import" not in style.text


def test_failures_are_read_in_a_table() -> None:
    failed = session(5, 1, "Failed")
    tasks = [{"session_id": failed["id"], "name": "sql01", "vm_name": "sql01", "result": "Failed", "reason": "No space"}]
    text = page(Source("em", [failed, session(4, is_retry=True)], tasks=tasks))
    assert rows(text, "failures") == [["2026-03-10 08:00", "Daily SQL", "Not enough space sql01: No space", "a retry succeeded"]]


def test_a_name_is_text_wherever_it_stands() -> None:
    failed = session(5, 1, "Failed", job=NASTY, failure_message=NASTY)
    tasks = [{"session_id": failed["id"], "name": NASTY, "vm_name": NASTY, "result": "Failed", "reason": NASTY}]
    text = page(
        Source(NASTY, [failed, session(2, None, job="<b>x")], tasks=tasks, notes=[NASTY]), Source(f"{NASTY} b", (), error=NASTY)
    )
    assert "<script" not in text
    assert "42" not in text.replace("{{ 7 * 6 }}", "")
    assert rows(text, "failures")[0][2] == NASTY
    assert NASTY in [lane.get("title") for lane in html.fromstring(text).iterfind(".//span[@title]")]


def test_bars_can_be_told_apart_without_colour() -> None:
    sessions = [session(50, 9), session(40, 9, "Warning"), session(30, 9, "Failed"), session(20, 9, "New"), session(5, None)]
    (picture,) = [svg for svg in html.fromstring(page(Source("em", sessions))).iterfind(".//svg") if svg.get("role") == "img"]
    shapes = [(shape.get("class"), shape.get("y"), shape.get("height")) for shape in picture if shape.tag == "rect"]
    assert [look for look, dummy, dummy in shapes] == ["success", "warning", "failed", "other"]
    assert len({height for dummy, dummy, height in shapes}) == 4
    (running,) = picture.findall("path")
    assert running.get("d").count("V") == 1, "an open end"


def test_figures_are_shown_by_kind() -> None:
    sessions = [session(5, 1, "Failed"), session(4, is_retry=True), session(30), session(3, 1, "Warning", job=None, kind="restore")]
    assert rows(page(Source("em", sessions)), "families") == [
        ["Backup job sessions", "3", "2", "0", "1", "0", "0", "2 of 2 (100.0 %)"],
        ["Restore sessions", "1", "0", "1", "0", "0", "0", "1 of 1 (100.0 %)"],
    ]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (Source("em", [session(5)]), "Every job does what is asked of it (judged: 1)."),
        (Source("em", [session(5, 1, "Failed")]), "1 of 1 jobs need attention."),
        (Source("em", (), error="Nothing listens"), "em could not be read: Nothing listens"),
        (Source("em", ()), "No session failed."),
    ],
)
def test_the_first_words_say_how_it_stands(source: Source, words: str) -> None:
    assert words in html.fromstring(page(source)).text_content()


def test_what_could_not_be_told_is_told() -> None:
    text = html.fromstring(page(Source("em", [session(5)], notes=["Cannot query Job: 403."]))).find(".//footer").text_content()
    assert "em: jobs without a session in this period cannot be missed. Cannot query Job: 403." in text


def test_several_are_told_apart() -> None:
    text = page(Source("a", [session(5, 1, "Failed")]), Source("b", [session(5)]))
    assert rows(text, "attention")[0][:2] == ["a", "Daily SQL"]
    assert "Enterprise Manager" not in html.fromstring(page(Source("a", [session(5, 1, "Failed")]))).xpath("//th/text()")


def test_backup_servers_are_named_where_there_are_several() -> None:
    servers = [{**session(5, 1, "Failed", job_id=name), "backup_server": {"id": name, "name": name}} for name in ("vbr01", "vbr02")]
    assert [row[0] for row in rows(page(Source("em", servers)), "attention")] == ["Daily SQL vbr01", "Daily SQL vbr02"]
    assert rows(page(Source("em", servers[:1])), "attention")[0][0] == "Daily SQL"


def test_a_template_that_is_none_is_refused() -> None:
    with pytest.raises(jinja2.TemplateError):
        page_of({}, "{% if %}")
    with pytest.raises(jinja2.UndefinedError):
        page_of({}, "{{ report.totals.sessions }}")


def test_a_template_of_ones_own_is_escaped_as_well() -> None:
    assert page_of(
        {"x": "<b>"}, "{{ report.x }} {{ 5400 | spoken }} {{ '2026-03-10T12:00:00Z' | moment }} {{ none | moment }}"
    ) == ("&lt;b&gt; 1 h 30 min 2026-03-10 12:00 -")
