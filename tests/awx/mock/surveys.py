# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What AWX asks of a survey."""

from __future__ import annotations

import typing as t

from ansible_collections.backupops.veeam_em.tests.awx.mock.errors import Refused
from ansible_collections.backupops.veeam_em.tests.awx.mock.kinds import Fields, is_a

# Types of questions, with the type of their defaults.
_QUESTIONS: t.Mapping[str, type] = {
    "text": str,
    "textarea": str,
    "password": str,
    "multiplechoice": str,
    "multiselect": str,
    "integer": int,
    "float": float,
}


def check_survey(survey: Fields) -> None:
    """Raise Refused for a survey that AWX would not take."""
    for field, wanted in (("name", str), ("description", str), ("spec", list)):
        if not isinstance(survey.get(field), wanted):
            raise _error(f"The survey has no {field}, or not as {wanted.__name__}")
    if not survey["spec"]:
        raise _error("'spec' doesn't contain any items.")
    for question in survey["spec"]:
        _check_question(question)
    variables = [question["variable"] for question in survey["spec"]]
    if len(set(variables)) < len(variables):
        raise _error("A variable is asked for twice")


def _check_question(question: Fields) -> None:
    for field, wanted in (("type", str), ("question_name", str), ("variable", str), ("required", bool)):
        if not isinstance(question.get(field), wanted):
            raise _error(f"The question {question} has no {field}, or not as {wanted.__name__}")
    if question["type"] not in _QUESTIONS:
        raise _error(f"There is no type {question['type']} of questions")
    default = question.get("default", "")
    if default != "" and not is_a(default, _QUESTIONS[question["type"]]):
        raise _error(f"The default of {question['variable']} has another type than the question")
    for field in ("min", "max"):
        if question.get(field) is not None and not is_a(question[field], int):
            raise _error(f"The limit {field} of {question['variable']} is no integer")
    if question["type"] in ("multiplechoice", "multiselect"):
        _check_choices(question, default.splitlines())


def _check_choices(question: Fields, chosen: list[str]) -> None:
    choices = question.get("choices")
    if not isinstance(choices, list) or not all(isinstance(choice, str) for choice in choices):
        raise _error(f"{question['variable']} has no choices, or not as texts")
    if question["type"] == "multiplechoice" and len(chosen) > 1:
        raise _error(f"{question['variable']} has more than one default")
    if not set(chosen) <= set(choices):
        raise _error(f"The default of {question['variable']} is no choice")


def _error(message: str) -> Refused:
    return Refused(400, {"error": message})
