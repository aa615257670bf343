# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The run: one case after the other until time is up, each from a seed of its own, and a file for each finding."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import itertools
import json
import pathlib
import random
import time
import traceback
import typing as t

from ansible_collections.backupops.veeam_em.tests.fuzz.bodies import READINGS, check_body
from ansible_collections.backupops.veeam_em.tests.fuzz.conversations import (
    Conversation,
    check_conversation,
    held_with_liar,
    invented,
)
from ansible_collections.backupops.veeam_em.tests.fuzz.corpus import Body, corpus
from ansible_collections.backupops.veeam_em.tests.fuzz.generated import check_generated
from ansible_collections.backupops.veeam_em.tests.fuzz.mutation import mutated

# Of processor time, which a loaded machine makes no longer: a case that takes more does not end soon.
MOST_SECONDS = 10.0
# A mutated body is read in so many of the ways in which bodies are read.
_READINGS_PER_BODY = 3
# A grammar has its turn once in so many turns of the others: it checks a hundred bodies in each.
_TURNS_PER_GRAMMAR = 200
_SHORTEST_TURN = 0.1
# Both are JSON in ASCII: whatever a body is, its file bothers neither an editor nor a linter.
_CONVERSATION = ".conversation.json"
_BODY = ".body.json"


class Turn(t.NamedTuple):
    """What a target did in one turn: how many cases, and the last of them as a file would have it, with what did not hold."""

    cases: int
    content: bytes
    suffix: str
    problem: BaseException | None


@dataclasses.dataclass(frozen=True)
class Finding:
    """Something that did not hold: the name of its target, the seed of its case, the words, and a file that shows it."""

    target: str
    case: str
    words: str
    content: bytes
    suffix: str

    @property
    def file_name(self) -> str:
        """The name of the file."""
        return f"{hashlib.sha256(self.content).hexdigest()[:12]}{self.suffix}"


# From the seed of a case and the time.monotonic at which all should be over.
Target = t.Callable[[str, float], Turn]


def check_file(path: pathlib.Path) -> None:
    """Check again what the file of a finding shows. Raises whatever it should not, where something still does not hold."""
    begin = time.process_time()
    if path.name.endswith(_CONVERSATION):
        check_conversation(Conversation.of_text(path.read_bytes()))
    else:
        shown = json.loads(path.read_bytes())
        check_body(base64.b64decode(shown["body"]), shown["media"])
    _check_seconds(begin, len(READINGS))


def fuzz(seed: str, seconds: float) -> tuple[dict[str, int], list[Finding]]:
    """Fuzz for so long, but each target at least once; return the number of cases of each, and of each kind of findings one."""
    schedule = _schedule(corpus())
    end = time.monotonic() + seconds
    counts = dict.fromkeys((name for name, dummy in schedule), 0)
    findings: dict[str, Finding] = {}
    for number, (name, target) in enumerate(itertools.cycle(schedule)):
        if time.monotonic() >= end and all(counts.values()):
            break
        case = f"{seed}-{number}"
        turn = _timed(target, case, max(end, time.monotonic() + _SHORTEST_TURN))
        counts[name] += turn.cases
        if turn.problem:
            words = _words_of(turn.problem)
            findings.setdefault(f"{name}: {words}", Finding(name, case, words, turn.content, turn.suffix))
    return counts, list(findings.values())


def _schedule(bodies: t.Sequence[Body]) -> list[tuple[str, Target]]:
    often: list[tuple[str, Target]] = [("mutated bodies", _mutating(bodies)), ("conversations", _converse)]
    seldom = [(f"{media} by its grammar", _by_grammar(media)) for media in ("xml", "json")]
    return [*seldom, *often * _TURNS_PER_GRAMMAR]


def _timed(target: Target, case: str, until: float) -> Turn:
    begin = time.process_time()
    turn = target(case, until)
    try:
        _check_seconds(begin, max(turn.cases, 1))
    except AssertionError as error:
        return turn._replace(problem=turn.problem or error)
    return turn


def _check_seconds(begin: float, cases: int) -> None:
    seconds = (time.process_time() - begin) / cases
    assert seconds < MOST_SECONDS, f"a case took {seconds:.0f} s"


def _mutating(bodies: t.Sequence[Body]) -> Target:
    of_media = {media: [body.content for body in bodies if body.media == media] for media in ("xml", "json")}

    def turn(case: str, dummy: float) -> Turn:
        dice = random.Random(case)
        body = dice.choice(bodies)
        content = mutated(dice, body.content, of_media[body.media])
        problem: Exception | None = None
        try:
            check_body(content, body.media, dice.sample(sorted(READINGS), _READINGS_PER_BODY))
        except Exception as error:
            problem = error
        return Turn(1, _file_of(content, body.media), _BODY, problem)

    return turn


def _by_grammar(media: str) -> Target:
    def turn(case: str, until: float) -> Turn:
        cases, content, problem = check_generated(media, random.Random(case).getrandbits(32), until)
        return Turn(cases, _file_of(content, media), _BODY, problem)

    return turn


def _converse(case: str, dummy: float) -> Turn:
    dice = random.Random(case)
    held, problem = held_with_liar(invented(dice), dice)
    return Turn(1, held.as_text(), _CONVERSATION, problem)


def _file_of(body: bytes, media: str) -> bytes:
    return json.dumps({"media": media, "body": base64.b64encode(body).decode()}, indent=1).encode()


def _words_of(error: BaseException) -> str:
    """Return the error and where it happened, which are the same for the same cause."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {pathlib.PurePath(last.filename).name}, line {last.lineno}: {str(error)[:200]!r}"
