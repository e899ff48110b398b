"""Who is bound, chosen: sets of parties that the release offers, and how likely each is by what supports it.

Each set comes from one or more readings of the release, which are named: the rules' answer, the publisher,
the title, the subject, the sentence. A conditional logistic model over these names, the kind of subject and
the occasion gives each set its probability.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from communique.extractors.actors.referents import listed
from communique.extractors.actors.serving import members_of, party_id, state_codes, unique, words
from communique.extractors.actors.titles import is_joint, is_shared
from communique.extractors.commitments.candidate import Candidate
from communique.extractors.commitments.parties_release import ReleaseParties
from communique.models.choice import circumstances, likeliest, logits, shares
from communique.models.lexicons import load_lexicon
from communique.models.weights import load_weights, probability

PRONOUNS = {"i": "I", "my": "I", "he": "he", "she": "he", "his": "he", "her": "he", "it": "it", "its": "it"}
BETWEEN = {"both", "two", "joint", "jointly", "shared", "mutual", "bilateral", "each", "together"}
# Grounds on which the rules are not to be doubted.
SURE = {"beside", "firm", "speaker", "agent", "government", "holder", "signed"}
LONG = 200  # tokens of a release that says itself whose it is, unlike a paragraph
MOST = 3  # sizes above count as one


@dataclass(frozen=True, slots=True)
class Option:
    """A set of parties in text order, and the readings that give it."""

    ids: tuple[str, ...]
    readings: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Choice:
    """The parties in text order, and the probability that they are the right ones."""

    ids: tuple[str, ...]
    sure: float


def choose(release: ReleaseParties, candidate: Candidate, ruled: tuple[str, ...]) -> Choice:
    """The likeliest of the sets that the release offers; `ruled` is the rules' answer."""
    found = options(release, candidate, ruled)
    offered = [traits(release, candidate, option, ruled) for option in found]
    occasion, fitted = signs(release, candidate, ruled), _fitted()
    taken, chance = likeliest(offered, occasion, fitted["weights"], fitted["margin"])
    sure = probability(circumstances(offered, occasion, taken, chance), fitted["right"])
    return Choice(found[taken].ids, sure)


def chances(
    release: ReleaseParties, candidate: Candidate, ruled: tuple[str, ...]
) -> list[tuple[Option, float]]:
    """Each set that the release offers with its probability among them."""
    found = options(release, candidate, ruled)
    offered = [traits(release, candidate, option, ruled) for option in found]
    told = logits(offered, signs(release, candidate, ruled), _fitted()["weights"])
    return list(zip(found, shares(told), strict=True))


@cache
def _fitted() -> dict[str, Any]:
    """The weight of each feature by name, by how much another set must be likelier than the rules', and the
    model of how often the choice is right.
    """
    return load_weights("parties")


def options(release: ReleaseParties, candidate: Candidate, ruled: tuple[str, ...]) -> list[Option]:
    """What the readings of the release offer, each set once; the rules' answer comes first, alone if sure."""
    found = {frozenset(ruled): Option(ruled, {"rule"})}
    if ground(release, candidate, ruled) in SURE:
        return list(found.values())
    company = {*_company(release, candidate)}
    for reading, ids in _readings(release, candidate, ruled):
        if ids and not {*ids} <= company:
            found.setdefault(frozenset(ids), Option(unique(ids))).readings.add(reading)
    return list(found.values())


def _company(release: ReleaseParties, candidate: Candidate) -> tuple[str, ...]:
    """With whom "we" do it, who are not bound without us: "we will work with Peru"."""
    if candidate.subject is None or candidate.subject.root.lower_ not in listed("first_person"):
        return ()
    link = next((token for token in candidate.what if token.lower_ == "with"), None)
    return release.behind(link, candidate.what.end)


def ground(release: ReleaseParties, candidate: Candidate, ruled: tuple[str, ...]) -> str:
    """On what the rules rely.

    Who acts beside the subject or in a passive, a firm's name, one's own words, the sides of what is signed,
    a government that no name goes with, who holds an office.
    """
    quotation, subject = release.quotations.at(candidate.predicate.i), candidate.subject
    if release.beside(candidate):
        return "beside"
    if any(code != code.upper() and not members_of(code) for code in ruled):
        return "firm"
    if quotation is not None and quotation.speaker is not None:
        return "speaker"
    if candidate.act == "enact" and len(ruled) > 1 and signed(candidate):
        return "signed"
    if subject is None:
        return "other"
    if subject.root.lower_ in listed("own"):
        return "government"
    unnamed = subject.root.i not in release.referents.mentions
    if unnamed and ruled and release.referents.of_office(subject.root) == ruled:
        return "holder"
    named = release.named(subject.start, subject.end)
    if named and subject.start > candidate.predicate.i:
        return "agent"
    return "list" if len(ruled) > 1 and {*named} == {*ruled} else "other"


def signed(candidate: Candidate) -> bool:
    """Whether it is an instrument that comes about, not what one side allows to."""
    trigger = {token.lower_ for token in candidate.trigger}
    words = trigger | {token.lower_ for token in candidate.what[:2]}
    return bool(listed("signing") & words) and not listed("approving") & trigger


def _readings(
    release: ReleaseParties, candidate: Candidate, ruled: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Named readings of who may be bound."""
    own, scene = release.cast.own, release.scene(candidate)
    sides, titled, other = scene.sides, scene.titled, scene.others[:1]
    sentence = release.named(candidate.sentence.start, candidate.trigger.start)
    subject = next((release.ids_of(head) for head in release.heads(candidate)), ())
    yield "own", own
    yield "sides", sides
    yield "title", titled
    yield "own+title", (*own, *titled)
    yield "title-own", tuple(code for code in titled if code not in own)
    yield "own+other", (*own, *other)
    yield "sides+other", (*sides, *other)
    yield "other", other
    yield "subject", subject
    yield "own+subject", (*own, *subject)
    yield "subject+title", (*subject, *titled)
    yield "sentence", sentence
    yield "own+sentence", (*own, *sentence)
    yield "last", sentence[-1:]
    if candidate.subject is not None:
        yield "in-subject", release.named(candidate.subject.start, candidate.subject.end)
    yield "opening", scene.opening
    yield "own+opening", (*own, *scene.opening)
    yield "own+whole", (*own, *release.named(candidate.sentence.start, candidate.what.end))
    yield "members", _members(release, ruled)
    yield "own+rule", (*own, *ruled)
    yield "rule-own", tuple(code for code in ruled if code not in own)
    yield "own+sides", (*own, *sides)
    yield "sides+rule", (*sides, *ruled)
    yield "partner", (*ruled, *_partners(release, candidate))
    yield "partners", _partners(release, candidate)
    if own:  # of no publisher it would be one state alone, whoever met
        yield "own+most", (*own, *release.most_named[:1])
    yield "own+people", (*own, *release.served)
    yield "groups", tuple(code for code in ruled if members_of(code))
    yield "region", _regions(f"{release.doc._.title or ''} {candidate.sentence.text}")
    yield "speaker", _speakers(release, candidate)
    yield "states", tuple(code for code in ruled if code in state_codes())


def _members(release: ReleaseParties, ruled: tuple[str, ...]) -> tuple[str, ...]:
    """The rules' answer with a grouping spelled out where the release names each of its members."""
    return unique(code for side in ruled for code in _spelled(release, side))


def _spelled(release: ReleaseParties, side: str) -> tuple[str, ...]:
    members = members_of(side)
    return tuple(sorted(members)) if members and members <= release.ids else (side,)


def _partners(release: ReleaseParties, candidate: Candidate) -> tuple[str, ...]:
    """Whoever stands behind the first "with" or "between" of what is done."""
    link = next((t for t in candidate.what if t.lower_ in {"with", "between"}), None)
    return release.behind(link, candidate.what.end)


def _speakers(release: ReleaseParties, candidate: Candidate) -> tuple[str, ...]:
    """For whom the person speaks whose words these are."""
    quotation = release.quotations.at(candidate.predicate.i)
    speaker = quotation.speaker if quotation is not None else release.author
    return party_id(speaker._.actor) if speaker is not None else ()


def _regions(text: str) -> tuple[str, ...]:
    """The states that names of their regions stand for: "North American Leaders"."""
    plain = text.lower().replace("\\_", " ").replace("-", " ")
    regions: dict[str, list[str]] = load_lexicon("protagonists")["regions"]
    return unique(code for name, codes in regions.items() if name in plain for code in codes)


def signs(release: ReleaseParties, candidate: Candidate, ruled: tuple[str, ...]) -> list[str]:
    """What the undertaking and the release are like, by names: the same for all options."""
    cast, title = release.cast, release.doc._.title or ""
    kind = kind_of_subject(release, candidate)
    phrase = candidate.sentence.doc[candidate.sentence.start : candidate.what.start]
    said = {token.lower_ for token in phrase}
    joined = candidate.subject is not None and any(t.lower_ == "and" for t in candidate.subject)
    scene = release.scene(candidate)
    return [
        kind,
        f"{kind}&title={_kind_of_title(title)}{_size(scene.titled)}",
        f"{kind}&sides={_size(scene.sides)}&own={len(cast.own) > 0}",
        f"{kind}&act={candidate.act}",
        f"{kind}&and={joined}",
        f"quoted={release.quotations.at(candidate.predicate.i) is not None}",
        f"between={bool(said & BETWEEN)}",
        f"rule={_size(ruled)}&own={_held(cast.own, ruled)}",
        f"ground={ground(release, candidate, ruled)}",
        f"long={len(release.doc) > LONG}",
        f"receives={candidate.what[0].lemma_ == 'receive'}",
    ]


def kind_of_subject(release: ReleaseParties, candidate: Candidate) -> str:
    """What the subject is: a pronoun, a name by its kind, a group, an office, another noun."""
    if candidate.subject is None:
        return "none"
    root = candidate.subject.root
    lower = root.lower_
    if lower in listed("first_person"):
        return "we"
    if lower in listed("third_person"):
        return "they"
    if lower in PRONOUNS:
        return PRONOUNS[lower]
    if {"both", "two"} & {token.lower_ for token in candidate.subject}:
        return "both"
    if lower in listed("heads"):
        return "parties"
    span = release.referents.mentions.get(root.i)
    if span is not None:
        actor = span._.actor
        return f"{actor.kind}{'' if actor.kind != 'organization' or actor.country else '-alone'}"
    return "office" if lower in words("offices") | words("representing") else root.pos_


def _kind_of_title(title: str) -> str:
    opening = title.split(" ")[0].lower().strip(":")
    if is_joint(title):
        return "joint"
    return "shared" if is_shared(title) else "single" if opening in words("single") else "other"


def _size(ids: tuple[str, ...]) -> int:
    return min(len(ids), MOST)


def _held(some: tuple[str, ...], ids: tuple[str, ...]) -> str:
    """How much of `some` is in `ids`: none, part or all."""
    held = len({*some} & {*ids})
    return "no" if not held else "all" if held == len({*some}) else "part"


def traits(
    release: ReleaseParties, candidate: Candidate, option: Option, ruled: tuple[str, ...]
) -> list[str]:
    """What an option is like, by names."""
    ids = option.ids
    return [
        *sorted(option.readings),
        f"size={_size(ids)}",
        f"holds-own={_held(release.cast.own, ids)}",
        f"holds-title={_held(release.scene(candidate).titled, ids)}",
        f"holds-rule={_held(ruled, ids)}&size={_size(ids)}",
        f"states={all(code in state_codes() for code in ids)}",
    ]
