# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is written about the event source is what it has."""

from __future__ import annotations

import importlib
import typing as t

from ansible_collections.backupops.veeam_em.extensions.eda.plugins.event_source import em_sessions
from ansible_collections.backupops.veeam_em.plugins.module_utils._options import CONNECTION
from ansible_collections.backupops.veeam_em.plugins.plugin_utils._events_options import EVENTS, SOURCE
from ansible_collections.backupops.veeam_em.tests.unit.support import COLLECTION

yaml: t.Any = importlib.import_module("yaml")  # it brings no types

OPTIONS = {option.name: option for option in (*CONNECTION, *SOURCE)}


def test_the_documented_options_are_those_of_the_source() -> None:
    documented = yaml.safe_load(em_sessions.DOCUMENTATION)["options"]
    assert list(documented) == list(OPTIONS)
    for name, entry in documented.items():
        option = OPTIONS[name]
        assert (entry["type"], entry.get("elements"), entry.get("default")) == (option.type, option.elements, option.default), name
        assert (entry.get("required", False), tuple(entry.get("choices", ()))) == (option.required, option.choices), name
        assert option.env is None or option.env in " ".join(entry["description"]), name


def test_the_example_and_the_rulebook_use_options_and_events_that_there_are() -> None:
    rulebook = (COLLECTION / "extensions" / "eda" / "rulebooks" / "em_sessions.yml").read_text(encoding="utf-8")
    for text in (em_sessions.EXAMPLES, rulebook):
        (ruleset,) = yaml.safe_load(text)
        (used,) = ruleset["sources"]
        given = used["backupops.veeam_em.em_sessions"]
        assert set(given) <= set(OPTIONS)
        assert set(given["events"]) <= set(EVENTS)
        waited_for = {rule["condition"].split('"')[1] for rule in ruleset["rules"]}
        assert waited_for <= set(given["events"])
