"""How far a name reaches from its head: to the left over modifiers, to the right over complements."""

from __future__ import annotations

import re
from collections.abc import Sequence

from communique.extractors.dialogues.heads import Found, head_at
from communique.extractors.dialogues.identity import is_state
from communique.extractors.dialogues.lexicon import (
    COMPOUND_ORDINAL,
    body_nouns,
    fold,
    heads,
    mapping,
    organizations,
    words,
)
from communique.extractors.dialogues.runs import Unit, stretch, text_of

POSSESSIVE = re.compile(r"'s?$")
_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th)")
_YEAR = re.compile(r"(?:19|20)\d\d(?:-\d\d)?")
_ADJECTIVE = re.compile(r"(?:al|ic|ive|ary)$")
_AND = {"and", "&", "/", ",", ", and"}
_LONGEST_SPELLED = 6  # units that an acronym spells beyond the name
_LONGEST_LIST = 24  # units
_LONGEST_OPENED = 4  # units behind an opener ("Operation North Pacific Guard")


def left_edge(units: Sequence[Unit], found: Found, floor: int) -> int:
    """Index of the first unit of the name."""
    left = found.first
    while left > floor and _modifies(units, left - 1, found):
        left -= 1
    if left > floor and _YEAR.fullmatch(units[left].text) and units[left - 1].fold in words("calendar"):
        left += 1
    left = _acronym_edge(units, left, found.first, floor)
    while left < found.first and (_leads(units[left], found) or units[left].fold in words("gerunds")):
        if _counts(units, left):
            break
        left += 1
    return left


def _acronym_edge(units: Sequence[Unit], left: int, first: int, floor: int) -> int:
    """`left`, or further left the unit that the bracketed acronym between `left` and `first` starts with.

    "Women in the Coral Economy (WCE) Initiative": over links that no name crosses without an acronym.
    """
    inside = (unit.text[1] for unit in units[left : first + 2] if unit.bracketed)
    letter = next(inside, None)
    if letter is None or units[left].text[0] == letter:
        return left
    for at in range(left - 1, max(floor, left - _LONGEST_SPELLED) - 1, -1):
        if outside(units[at]) or units[at].fold in words("titles"):
            return left
        if units[at].text[0] == letter:
            return at
    return left


def opening(units: Sequence[Unit], left: int) -> int:
    """`left`, or the unit at which by its article or by the acronym at the end the name of `units` starts."""
    if left > 0 and (units[left].link == "for" or units[left].link in _AND) and _led(units, left - 1):
        left -= len(_before(units, left - 1))
    return _acronym_edge(units, left, len(units) - 1, 0)


def _leads(unit: Unit, found: Found) -> bool:
    """Whether a first unit is no part of the name: a bracket, "Third", or a year that dates a meeting."""
    dated = _YEAR.fullmatch(unit.text) is not None and found.head.kind != "instrument"
    return dated or unit.bracketed or unit.fold in words("front")


def _modifies(units: Sequence[Unit], at: int, found: Found) -> bool:
    """Whether `units[at]`, before a part of the name, belongs to the name too."""
    unit, after = units[at], units[at + 1]
    office = unit.fold in words("titles") and at != found.first - 1  # but "Foreign Minister Consultations"
    if office or unit.fold in words("calendar") or _owns(unit, found):
        return False
    if unit.fold in words("counting") and unit.link == "" and at > 0 and units[at - 1].fold == "plus":
        return True  # "ASEAN Plus Three Summit"
    if _counts(units, at):
        return True
    if after.link == "":
        if unit.fold in words("ordinals") and unit.link == "" and at > 0:
            return True  # "Safe Third Country Agreement"
        noun = unit.link == "" and at > 0 and topical(unit.fold)  # "Reef Governance Support Program"
        return noun or not (outside(unit) or _ORDINAL.fullmatch(unit.text))
    if after.link == "of":
        return unit.fold in words("of_left")
    if after.link == "-":
        return is_state(unit.text) or is_state(after.text)
    if after.link == "for":
        return _led(units, at)
    if after.link not in _AND or (after.link == "," and not _closes(units, at + 2, found.first)):
        return False
    told = topical(unit.fold) or (unit.link == "" and at > 0 and topical(units[at - 1].fold))
    return told or _led(units, at) or _share(units, at, found.first)


def _closes(units: Sequence[Unit], at: int, end: int) -> bool:
    """Whether an "and" closes a list: "Science, Technology, *and* Innovation Agreement"."""
    return any(unit.link.endswith(("and", "&")) for unit in units[at : end + 1])


def _led(units: Sequence[Unit], at: int) -> bool:
    """Whether an article opens the words that end at `at`, and they name nothing themselves.

    What follows "and" or "for" is then theirs too: "the *Fern and* Moss Forum", "the *Aid for* Trade Fund".
    """
    part = _before(units, at)
    acronym = len(part) == 1 and part[0].text.isupper() and not units[at + 1].text.isupper()
    own = acronym or head_at(part, 0, len(part)) is not None or is_state(text_of(part)) or _is_body(part)
    return part[0].led and not own and not any(_serves(unit) for unit in part)


def _share(units: Sequence[Unit], at: int, first: int) -> bool:
    """Whether states that end at `at` hold it with those behind: "the *Peru and* Chile Forum"."""
    part = _before(units, at)
    behind = units[at + 1 : first]
    if not any(is_state(text_of(behind[:size])) for size in range(1, len(behind) + 1)):
        return False
    while part[0].link == "," and _holds(part):
        part = _before(units, at := at - len(part))
    return part[0].led and _holds(part)


def _holds(part: Sequence[Unit]) -> bool:
    return is_state(text_of(part)) or text_of(part).lower() in words("groupings")


def _before(units: Sequence[Unit], at: int) -> Sequence[Unit]:
    """The unit at `at` and those before it with nothing in between, without what is no part of a name."""
    first = at
    while first > 0 and units[first].link == "" and not outside(units[first - 1]):
        first -= 1
    return units[first : at + 1]


def _serves(unit: Unit) -> bool:
    """Whether a word is an office, a body or a month: "Minister", "Agency"."""
    return unit.fold in words("titles") or unit.fold in words("calendar") or unit.fold in body_nouns()


def _counts(units: Sequence[Unit], at: int) -> bool:
    """Whether a number tells whose it is: "Five Country Ministerial"."""
    number, after = units[at], units[at + 1]
    return number.fold in words("counting") and after.link in {"", "-"} and after.fold in words("counted")


def outside(unit: Unit) -> bool:
    """Whether a word is no part of any name: "Our", "Signed", "U.S.-led"."""
    listed = unit.fold in words("front") or unit.fold.endswith(tuple(words("front_endings")))
    return listed or COMPOUND_ORDINAL.fullmatch(unit.fold) is not None


def _owns(unit: Unit, found: Found) -> bool:
    """Whether a possessive is the owner of what is named, no part of the name."""
    if not POSSESSIVE.search(unit.text):
        return False
    if unit.fold.endswith("'s"):
        strategy = found.text in words("owned_heads") and is_state(unit.text)
        return not strategy and unit.fold not in words("kept_possessives")
    return is_state(unit.text) or unit.fold in words("owners")


def opens(units: Sequence[Unit], found: Found) -> bool:
    """Whether the head opens the name: "Operation NEON", but not "Special Operations Command"."""
    kind = mapping("openers").get(found.text)
    before = units[found.first - 1] if found.first and units[found.first].link == "" else None
    free = (
        before is None or POSSESSIVE.search(before.text) or outside(before) or before.fold in words("joint")
    )
    return kind is not None and (kind != "initiative" or bool(free))


def right_edge(units: Sequence[Unit], found: Found) -> int:
    """Index behind the last unit of the name."""
    right = found.last
    if opens(units, found) and right < len(units) and not units[right].bracketed:
        named = stretch(units, right - 1)[1 : 1 + _LONGEST_OPENED]
        if named:
            return right + len(named)
    while right < len(units) and units[right].bracketed and units[right].link == "":
        right += 1
    dated = right < len(units) and units[right].link == "" and _YEAR.fullmatch(units[right].text)
    if dated and not units[right - 1].bracketed:
        right += 1  # "Roadmap 2030"
        return right if right == len(units) or units[right].link else found.last
    opened = right < len(units) and units[right].link == ""
    if opened:
        if units[right].fold not in words("participles"):
            return found.last
        right += 1 + len(stretch(units, right + 1))
    while right < len(units) and (step := _step(units, right, found, opened)):
        opened = True
        right += step
        right += len(stretch(units, right - 1)) - 1
    while right > found.last and units[right - 1].bracketed:
        right -= 1
    return right if opened else found.last


def _step(units: Sequence[Unit], at: int, found: Found, opened: bool) -> int:
    """How many units from `at` on continue the name: 0, 1, or the heads of a whole list "X, Y, and Z"."""
    first, links = units[at], units[at].link.split(" ")
    if first.fold in words("calendar") or first.fold in words("titles") or _YEAR.fullmatch(first.text):
        return 0
    if links[0] in words("complement_links") or links[:2] == ["as", "to"]:
        return int(_complements(units, at, found))
    if links[0] in {"between", "among"}:
        status = found.text.split(" ")[-1] in words("status_heads")
        return _pair(units, at) if found.head.kind == "instrument" and not status else 0
    if links[0] == "in" and opened and units[at - 1].fold in words("shared_work"):
        return int(len(links) > 1 or first.fold.endswith("ing") or topical(first.fold))  # "in Selling Tea"
    if links[0] in words("place_links"):
        told = topical(first.fold) and first.fold not in words("speakers")
        return int((opened or found.head.kind == "instrument") and told)
    if not opened:
        return 0
    if links[0] in {"the", "a", "an"}:
        return int(units[at - 1].fold.endswith("ing") or units[at - 1].link == "to")
    if links[0] in {"and", "&", "/"} and links[1:2] != ["of"]:
        other = first.text[:2].isupper() and not units[at - 1].text.isupper()  # "Growth and SDGs"
        topic = topical(first.fold) and not units[at - 1].bracketed
        if found.text in words("memoranda") and _ADJECTIVE.search(units[at - 1].fold) and links == ["and"]:
            return 1  # "Memorandum of Understanding on Legal and Judicial Cooperation"
        apart = links[-1] == "the" and not topic  # but "Women and the Economy"
        return int(not apart and not other and _plain(stretch(units, at)))
    return _list(units, at, found.text in words("memoranda")) if links[0] == "," else 0


def _complements(units: Sequence[Unit], at: int, found: Found) -> bool:
    """Whether "on X" is a complement; "to" asks for an action, "for" a state only of an initiative."""
    topic, link = stretch(units, at), units[at].link.split(" ")[0]
    if link == "to":
        if found.text.endswith("parties") or _amends(topic, found):
            return True
        object_follows = at + 1 < len(units) and units[at + 1].link == "the"
        return (len(topic) > 1 or object_follows) and not is_state(text_of(topic))
    if link in {"for", "of"} and is_state(text_of(topic)):
        return found.head.kind == ("initiative" if link == "for" else "instrument")
    return found.text not in words("complement_heads") or topic[0].fold not in words("speakers")


def _amends(topic: Sequence[Unit], found: Found) -> bool:
    """Whether behind "to" stands an instrument that the named one belongs to: "Protocol to the Treaty"."""
    of_theirs = head_at(topic, 0, 1)
    both = of_theirs is not None and of_theirs.head.kind == found.head.kind == "instrument"
    return both and not topic[0].fold.endswith("s")


def _pair(units: Sequence[Unit], at: int) -> int:
    """Number of units of "X (of the Y) and (the) Z (of the W)" after "between"; 0 without an "and".

    A second "and" goes on only before an article ("the Ministries of X and Y *and the* Z").
    """
    end, ands = at + 1, 0
    while end < len(units):
        link = units[end].link
        if link.startswith("and") and (ands == 0 or (ands == 1 and link == "and the")):
            ands += 2 if link == "and the" else 1
        elif link.split(" ")[0] not in {"", "of", "for"} or _YEAR.fullmatch(units[end].text):
            break
        end += 1
    return end - at if ands else 0


def _list(units: Sequence[Unit], at: int, articles: bool) -> int:
    """Number of units of ", Y, and Z" inside a complement; 0 where the list holds a name or no "and"."""
    end = at
    while end < len(units) and end - at < _LONGEST_LIST:
        item = stretch(units, end)
        link = item[0].link
        if not _plain(item) or (link.endswith("the") and not articles):
            return 0
        if not (link.startswith(",") or link in {"and", "&"}):
            return 0
        end += len(item)
        if "and" in link or "&" in link:
            return end - at
    return 0


def _plain(stretch: Sequence[Unit]) -> bool:
    """Whether adjacent units may be one more topic of a name: no head, no office, no state."""
    if any((head := heads().get((unit.fold,))) is not None and not head.weak for unit in stretch):
        return False
    if stretch[-1].fold in words("of_heads"):
        return False
    return stretch[0].fold not in words("titles") and not is_state(text_of(stretch)) and not _is_body(stretch)


def _is_body(stretch: Sequence[Unit]) -> bool:
    """Whether adjacent units start with an organisation ("USAID", "World Health Organization ...")."""
    return any(
        fold(text_of(stretch[:size])) in organizations() for size in range(1, min(len(stretch), 5) + 1)
    )


def topical(word: str) -> bool:
    """Whether a folded word is a topic ("security", "competitiveness"), not a place, partner or person."""
    abstract = word.endswith(tuple(words("abstract_endings")))
    return abstract or any(part in words("topics") for part in word.split("-"))
