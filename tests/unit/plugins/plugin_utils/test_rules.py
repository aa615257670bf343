# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is asked of jobs: patterns, special rules, and what is wrong with either."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.plugin_utils import _rules


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("Daily SQL", "daily sql"),
        ("Daily SQL", "*SQL"),
        ("Daily SQL", "Daily ?QL"),
        ("SQL [prod]", "SQL [prod]"),
        ("SQL p", "SQL [prod]"),
        ("Straße", "STRASSE"),
    ],
)
def test_a_pattern_fits(name: str, pattern: str) -> None:
    assert _rules.fits(name, pattern)


@pytest.mark.parametrize(("name", "pattern"), [("Daily SQL", "SQL"), ("Daily SQL", "Daily"), ("a", "b*")])
def test_a_pattern_does_not_fit(name: str, pattern: str) -> None:
    assert not _rules.fits(name, pattern)


@pytest.mark.parametrize(
    ("given", "patterns"),
    [(None, ()), ("", ()), ("Test *\n\n  Lab, old \n", ("Test *", "Lab, old")), (["Test *", 7], ("Test *", "7"))],
)
def test_patterns_are_a_list_or_lines(given: t.Any, patterns: tuple[str, ...]) -> None:
    assert _rules.patterns_of(given) == patterns


def test_the_first_special_rule_that_fits_counts_and_takes_the_rest_from_the_general_ones() -> None:
    rulebook = _rules.rulebook_of(
        "26h",
        "8h",
        jobs=[{"name": "SQL *", "max_age": "4h"}, {"name": "*", "max_age": None, "allow_warnings": False}],
    )
    assert rulebook.of("SQL logs") == _rules.Rules(4 * 3600, 8 * 3600, allow_warnings=True)
    assert rulebook.of("Files") == _rules.Rules(None, 8 * 3600, allow_warnings=False)


@pytest.mark.parametrize(("value", "allowed"), [("false", False), ("No", False), (False, False), ("true", True), (1, True)])
def test_truth_may_be_text(value: t.Any, allowed: bool) -> None:
    rulebook = _rules.rulebook_of(allow_warnings=value, jobs=[{"name": "SQL", "allow_warnings": not allowed}])
    assert (rulebook.general.allow_warnings, rulebook.of("SQL")) == (allowed, _rules.Rules(allow_warnings=not allowed))
    assert _rules.rulebook_of(jobs=[{"name": "SQL", "allow_warnings": value}]).of("SQL") == _rules.Rules(allow_warnings=allowed)


def test_an_ignored_job_has_no_rules() -> None:
    assert _rules.rulebook_of(ignore_jobs="Test *").of("Test restore") is None


def test_without_options_nothing_is_bound() -> None:
    assert _rules.rulebook_of().of("Daily SQL") == _rules.Rules(None, None, allow_warnings=True)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"max_age": "soon"}, "max_age has 'soon'"),
        ({"allow_warnings": "maybe"}, "allow_warnings has 'maybe', which is neither true nor false."),
        ({"jobs": [{"name": "b", "allow_warnings": ""}]}, "allow_warnings of 'b' has ''"),
        ({"jobs": ["SQL"]}, "Each element of jobs needs a name, a pattern such as 'SQL*'; 'SQL' has none."),
        ({"jobs": [{"max_age": "4h"}]}, "Each element of jobs needs a name"),
        ({"jobs": [{"name": "SQL", "maxage": "4h"}]}, "jobs has for 'SQL' the unknown key maxage. The keys are name, max_age"),
        ({"jobs": [{"name": "SQL", "max_duration": "4"}, {"name": "b", "max_age": "x"}]}, "max_age of 'b' has 'x'"),
    ],
)
def test_what_is_wrong_is_named(options: dict[str, t.Any], message: str) -> None:
    with pytest.raises(ValueError, match="^" + message.replace("*", r"\*").replace(".", r"\.")):
        _rules.rulebook_of(**options)
