"""What speaks for whom a person serves: named readings of the release and of the words around the name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator

from communique.extractors.actors.names import fold
from communique.extractors.actors.namings import Naming, namings
from communique.extractors.actors.offices import find_offices
from communique.extractors.actors.outright import is_head, on_record, outright
from communique.extractors.actors.persons import Mention, Person
from communique.extractors.actors.service import HEADS, Reading, served_by
from communique.extractors.actors.serving import state_codes, words
from communique.extractors.actors.systems import has_office
from communique.models.lexicons import load_lexicon

Readings = dict[str, set[str]]
SENTENCE_END = re.compile(r"(?<![HIhR])\.|_")
NEAR = (5, 15, 40)  # tokens between a name and a party named beside it, by steps
BESIDE = 3  # tokens between a party and the word for its people
SIDE = 20  # names read before and behind a mention
LINES = 12  # lines above that may head a list
REACH = 150  # tokens before a name that are read at most
HEADING = 12  # tokens of a line that may be a heading
NUMBER = 8  # tokens behind a name in which a telephone number stands
ENTRY_END = re.compile(r"[._;]")

# Eight digits or more in groups, of which neither a year nor a date is the first.
TELEPHONE = re.compile(
    r"(?<!\d)\+?\(?(?!(?:19|20)\d\d(?!\d)|\d\d?[./-]\d\d?[./-]\d{4}(?!\d))\d(?:[ ().-]{0,2}\d){7,}"
)


class Evidence:
    """A release while it is asked whom its persons serve; `persons` in text order."""

    def __init__(
        self,
        reading: Reading,
        persons: list[Person],
        title: Reading,
        named: list[Person],
        own: tuple[str, ...],
    ) -> None:
        self.reading, self.shape, self.own = reading, reading.shape, own
        self.persons = sorted(persons, key=_first_start)
        self.ranks = {id(person): rank for rank, person in enumerate(self.persons)}
        for person in persons:
            person.served = outright(reading, person, named)
        names = {i for p in persons for m in p.mentions for i in range(m.start, m.end)}
        self.namings = [naming for naming in namings(reading) if naming.start not in names]
        self.starts = [naming.start for naming in self.namings]
        offices = [m.office for p in persons for m in p.mentions if m.office]
        self.taken = {naming for o in offices for naming in self._between(o.start, o.end)}
        self.publisher = office_key(str(reading.doc._.publisher or "").replace(",", "")) - words(
            "shared_offices"
        )
        self.named = Counter(naming.code for naming in self.namings if naming.code in state_codes())
        self.parties = list(title.states())
        foreign = [code for code, _ in self.named.most_common() if code not in own]
        others = [code for code in self.parties if code not in own]
        self.sides = list(dict.fromkeys([*own, *(others or foreign[:1])]))
        self.title_words = {fold(token.text) for token in title.doc}
        self.offices = _placed([title, reading])
        spoken = sorted((m.start, m.end, i) for i, p in enumerate(self.persons) for m in p.mentions)
        self.mentioned = [start for start, _, _ in spoken]
        self.mentions = [(end, self.persons[i]) for _, end, i in spoken]

    def of(self, person: Person) -> Readings:
        """By whom the person may serve, the names of the readings that say so."""
        found: Readings = defaultdict(set)
        for name, code in (*self._release(person), *self._neighbours(person)):
            found[code].add(name)
        inside, first = _with_office(person), min(person.mentions, key=_start)
        for mention in {first.start: first, inside.start: inside}.values():
            for name, code in self._around(mention):
                found[code].add(name)
        return found

    def is_held(self, code: str, person: Person) -> bool:
        """Whether another is known to hold the same office there: no bare "Secretary", no director."""
        key = office_key(person.role or "")
        single = person.role in HEADS or (len(key) > 1 and bool(key & words("single_offices")))
        return single and any(
            other.served == code and office_key(other.role or "") == key
            for other in self.persons
            if other is not person
        )

    def is_possible(self, code: str, person: Person) -> bool:
        """Whether the state has such an office, and of heads no other holder."""
        role = person.role or ""
        held = role in HEADS and self.is_held(code, person)
        return has_office(code, role) and not held

    def head(self, person: Person) -> str:
        """The kind of office: that of a head of state or government, or the last word of the title."""
        office = _with_office(person).office
        if is_head(person) or office is None:
            return "leader" if person.role else "none"
        last = self.reading.doc[office.head_end - 1].text.capitalize()
        return str(load_lexicon("offices")["plurals"].get(last, last))

    def is_honoured(self, person: Person) -> bool:
        """Whether the first mention bears the title of a guest: "His Excellency"."""
        at = min(map(_start, person.mentions))
        return any(token.text in words("honours") for token in self.reading.doc[max(0, at - BESIDE) : at])

    def place(self, person: Person) -> str:
        """Whether the person is the first, the second or a later one, and named in the title."""
        titled = any(m.words[-1] in self.title_words for m in person.mentions if m.words)
        return f"{min(self.ranks[id(person)], 2)}, titled={titled}"

    def _release(self, person: Person) -> Iterator[tuple[str, str]]:
        """The publisher, those in the title and most named, and who holds such an office."""
        yield from (("own", code) for code in self.own)
        if office_key(person.role or "") & self.publisher:
            yield from (("publisher", code) for code in self.own)
        yield from (("title", code) for code in self.parties)
        bare = all(len(mention.words) == 1 for mention in person.mentions)
        if bare and (state := on_record(person)) is not None:
            yield "record", state  # "Lima's war"
        if any(self._has_number(mention) for mention in person.mentions):
            yield from (("number", code) for code in self.own)
        others = [code for code in self.parties if code not in self.own]
        if len(others) == 1:
            yield "title-only", others[0]
        foreign = [code for code, _ in self.named.most_common() if code not in self.own]
        yield from zip(("most", "second"), foreign, strict=False)
        left = [
            code for code in self.sides if self.is_possible(code, person) and not self.is_held(code, person)
        ]
        if len(left) == 1 < len(self.sides):
            yield "left", left[0]
        yield from (
            ("office-elsewhere", code) for code in self.offices.get(office_key(person.role or ""), ())
        )

    def _neighbours(self, person: Person) -> Iterator[tuple[str, str]]:
        """Whom those serve who are named before in the sentence, by what stands between, and right behind."""
        start = _first_start(person)
        at, sentence = bisect_left(self.mentioned, start), self._sentence(start)
        cue, kind = self._cue(sentence, start)
        code: str | None
        if kind == "met" and any(t.lower_ in words("speakers") for t in self.reading.doc[sentence:cue]):
            for code in self.own:  # "I met Foreign Minister Lima"
                yield "meets the speaker", code
                yield from self._across(code)
        for i in range(at - 1, max(0, at - SIDE) - 1, -1):
            end, other = self.mentions[i]
            if end <= sentence:
                break
            joint = "peer" if end > cue else kind
            if joint == "met" and self._cue(sentence, self.mentioned[i])[1] == "met":
                joint = "again"  # "Lima called on Ana Reyes and met | Jorge Sol"
            # Those of whom nothing is said and who meet somebody are mostly the publisher's.
            code = other.served or (next(iter(self.own), None) if joint == "met" else None)
            if code is not None and other is not person:
                free = [naming for naming in self._between(end, start) if naming not in self.taken]
                yield f"{joint}, marked={bool(free)}", code
                if joint == "met":
                    yield from self._across(code)
                if joint in {"met", "with"}:
                    break
        if at + 1 < len(self.mentions) and (following := self.mentions[at + 1][1].served):
            between = self.shape[self.mentions[at][0] : self.mentioned[at + 1]]
            if self._cue(self.mentions[at][0], self.mentioned[at + 1])[1] == "met" and "." not in between:
                yield from self._across(following)
            yield f"next, joined={between[:1] in {'a', ','} and len(between) < HEADING}", following

    def _across(self, code: str) -> Iterator[tuple[str, str]]:
        """The other of two sides, for who meets somebody of the one."""
        others = [side for side in self.sides if side != code]
        if len(others) == 1:
            yield "across", others[0]

    def _cue(self, start: int, end: int) -> tuple[int, str]:
        """The last word between by which people meet or come together, and which of both it tells."""
        encounters, company = words("encounters"), words("company")
        for token in reversed(self.reading.doc[max(start, end - REACH) : end]):
            if token.lower_ in encounters or token.lower_ in company:
                return token.i, "met" if token.lower_ in encounters else "with"
        return -1, "none"

    def _between(self, start: int, end: int) -> list[Naming]:
        return self.namings[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def _sentence(self, at: int) -> int:
        """Where the sentence of a token starts, by full stops and line ends."""
        line = max(self.shape.rfind("_", 0, at) + 1, at - REACH)
        ends = [match.end() for match in SENTENCE_END.finditer(self.shape, line, at)]
        return ends[-1] if ends else line

    def _around(self, mention: Mention) -> Iterator[tuple[str, str]]:
        """Who is named in the office, and before and behind it in the line."""
        line, sentence = self.shape.rfind("_", 0, mention.start) + 1, self._sentence(mention.start)
        at, office = bisect_left(self.starts, mention.start), mention.office
        stop = SENTENCE_END.search(self.shape, mention.end, mention.end + REACH)
        end = stop.start() if stop else mention.end + REACH
        beside = [
            naming for naming in self.namings[max(0, at - SIDE) : at + SIDE] if line <= naming.start < end
        ]
        inside = [naming for naming in beside if office and office.start <= naming.start < office.end]
        beside = [naming for naming in beside if not self._is_paired(naming)]
        before = [naming for naming in beside if naming.start < mention.start and naming not in self.taken]
        behind = [naming for naming in beside if naming.start >= mention.end and naming not in inside]
        yield from ((f"office {self._manner(naming)}", naming.code) for naming in inside)
        if before:
            naming = before[-1]
            away = _steps(mention.start - naming.end) if naming.start >= sentence else "sentence"
            yield f"before {self._manner(naming)}", naming.code
            yield f"before {naming.kind}, away={away}", naming.code
        else:
            yield from self._above(line)
        if groups := [naming for naming in before if self._is_group(naming)]:
            yield f"represented, same={groups[-1].start >= sentence}", groups[-1].code
        if behind:
            naming = behind[0]
            away = _steps(naming.start - mention.end)
            yield f"behind {self._manner(naming)}, near={away == 0}", naming.code
            yield f"behind {naming.kind}, away={away}", naming.code
        yield from (("in the sentence behind", naming.code) for naming in behind)
        yield from self._closing(mention)

    def _closing(self, mention: Mention) -> Iterator[tuple[str, str]]:
        """Who is named last in the entry of a person, or the sentence: "Ana Lima, Head, Lima Bank"."""
        stop = ENTRY_END.search(self.shape, mention.end, mention.end + REACH)
        following = bisect_left(self.mentioned, mention.end)
        end = stop.start() if stop else mention.end + REACH
        if stop and (following == len(self.mentioned) or end <= self.mentioned[following]):
            for naming in self._between(mention.end, end)[-1:]:
                yield f"closes {naming.kind}, by={stop.group()}, last={naming.end == end}", naming.code

    def _has_number(self, mention: Mention) -> bool:
        """Whether a telephone number stands behind the name: who answers the press is of the publisher."""
        behind = self.reading.doc[mention.end : mention.end + NUMBER].text.partition("\n")[0]
        return TELEPHONE.search(behind) is not None

    def _above(self, line: int) -> Iterator[tuple[str, str]]:
        """Who is named last in the nearest line above that names a party: it may head a list."""
        end = line - 1
        for _ in range(LINES):
            start = self.shape.rfind("_", 0, max(end, 0)) + 1
            low, high = bisect_left(self.starts, start), bisect_left(self.starts, end)
            if low < high:
                heads = self.shape[start:end].rstrip(" _")[-1:] == ":"
                group = self._is_group(self.namings[high - 1])
                yield f"above, heads={heads}, group={group}", self.namings[high - 1].code
                return
            end = start - 1

    def _is_group(self, naming: Naming) -> bool:
        """Whether those of a party are named: "the Mexican officials", "representing Mexico"."""
        doc = self.reading.doc
        led = doc[max(0, naming.start - 2) : naming.start]
        behind = doc[naming.end : naming.end + BESIDE]
        speaking_for, people = words("speaking_for"), words("people_of")
        return any(t.lower_ in speaking_for for t in led) or any(t.lower_ in people for t in behind)

    def _is_paired(self, naming: Naming) -> bool:
        """Whether a hyphen joins the name to another: "the Chile-Peru Dialogue"."""
        return "-" in (self.shape[naming.start - 1 : naming.start], self.shape[naming.end : naming.end + 1])

    def _manner(self, naming: Naming) -> str:
        """What kind of name stands how: in the genitive, behind a preposition, in a list."""
        if self.shape[naming.end : naming.end + 1] == "'":
            return f"{naming.kind}'"
        start = naming.start - (self.shape[naming.start - 1 : naming.start] == "t")
        if start and self.reading.doc[start - 1].lower_ == "from":
            return f"from {naming.kind}"
        led = self.shape[start - 1 : start]
        return f"{led} {naming.kind}" if led in set("frai,(") else naming.kind


def office_key(role: str) -> frozenset[str]:
    """What tells one office from another: "Foreign Affairs Minister" equals "Minister of Foreign Affairs"."""
    return frozenset(fold(role).split()) - {"of", "for", "the", "and", "republic"}


def _placed(readings: list[Reading]) -> dict[frozenset[str], set[str]]:
    """Offices named with their state, be it without a holder: "the Prime Minister of Thailand"."""
    offices: dict[frozenset[str], set[str]] = defaultdict(set)
    for reading in readings:
        for office in find_offices(reading.shape):
            if code := served_by(reading, office, office.end):
                offices[office_key(reading.text(office.head, office.head_end))].add(code)
    return offices


def _steps(away: int) -> int:
    return sum(away > step for step in NEAR)


def _with_office(person: Person) -> Mention:
    """The first mention with an office, else the first."""
    mentions = sorted(person.mentions, key=_start)
    return next((mention for mention in mentions if mention.office), mentions[0])


def _start(mention: Mention) -> int:
    return mention.start


def _first_start(person: Person) -> int:
    return min(mention.start for mention in person.mentions)
