"""Short sentences for the reader: annotated actions in frames that deny, refuse, blame, thank or ask.

Releases seldom tell of these; a reader that never saw them doubts "Neither side will ...". The frames are in
`short.yaml`; the actions are those of the lines at hand, so that nothing held out comes in.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from communique.models.training.reader_examples import Example, Mark

DATA = Path(__file__).with_name("short.yaml")
# Behind these an action begins with its bare verb.
GOVERNING = {"will", "shall", "agreed to", "decided to", "intend to", "intends to", "plans to"}
NO_ACTION = {"be", "not"}  # what is done to somebody, what is not done
WORDS = range(3, 13)
SPECIAL = re.compile(r"[{}<>;\[\]]")
MARKUP = re.compile(r"([\[\]<>])")


def short_sentences(lines: Sequence[Example], number: int) -> Iterator[Example]:
    """A number of short sentences, with the actions of the lines."""
    data: dict[str, Any] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    actions = sorted({action for line in lines for action in _actions(line)})
    frames = [(act, frame) for act, of_act in data["frames"].items() for frame in of_act]
    for n in range(number):
        act, frame = frames[n % len(frames)]
        words = _words(data, random.choice(actions))
        ones, when = random.choice(data["ones"]), random.choice(data["times"])
        filled = frame.format(ones=ones, when=when, **words).format_map(words)
        *head, line = filled.split(" | ")
        yield _example(line, act, head[0] if head else random.choice(data["before"]).format_map(words))


def _actions(line: Example) -> Iterator[str]:
    """Short undertakings of a line that begin with a bare verb."""
    triggers = {end + 1: line.line[start:end] for start, end, _ in line.marks["trigger"]}
    for start, end, _ in line.marks["what"]:
        action = line.line[start:end]
        first = action.split(" ", 1)[0]
        bare = triggers.get(start) in GOVERNING and first.isalpha() and first.islower()
        plain = len(action.split()) in WORDS and not SPECIAL.search(action)
        if bare and plain and first not in NO_ACTION:
            yield action


def _words(data: dict[str, Any], action: str) -> dict[str, str]:
    """What fills the places of a frame."""
    a, b, c = random.sample(data["states"], 3)
    thing, done = random.choice(data["made"]).split(" | ")
    words = {"a": a, "b": b, "c": c, "do": action, "thing": thing, "done": done.format(b=b)}
    return words | {"kind": random.choice(data["kinds"])}


def _example(filled: str, act: str, before: str) -> Example:
    """A filled frame without its markup, which gives the marks."""
    places: dict[str, int] = {}
    line = ""
    for part in MARKUP.split(filled):
        if MARKUP.fullmatch(part):
            places[part] = len(line)
        else:
            line += part
    marks: dict[str, list[Mark]] = {"what": [], "trigger": []}
    if "<" in places:
        marks["what"].append((places["<"], places[">"], act))
    if "[" in places:
        marks["trigger"].append((places["["], places["]"], "trigger"))
    return Example(line[:1].upper() + line[1:], before, 0, marks)
