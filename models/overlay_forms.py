"""What the shipped lexicons do not show of themselves: which keys are words, what is fixed, what chosen from.

A form is a place in a lexicon: its name and the keys down to it, where * stands for any key that is a word.
"""

from __future__ import annotations

# Mappings whose keys are words or codes; the keys of all others are fields.
OPEN = {
    "dates.fiscal",
    *(f"dialogues.{name}" for name in ("abbreviations", "lower_heads", "lower_names", "openers")),
    *(f"dialogues.{name}" for name in ("pair_heads", "spelling")),
    *(f"events.{name}" for name in ("nouns", "ordinals", "phrases", "verbs")),
    "first_names.short",
    "groups.numbers",
    "leaders.leaders",
    *("members.groupings", "members.groupings.*.members"),
    *("offices.held_in", "offices.missing_in", "offices.only_of", "offices.plurals"),
    "organizations.organizations",
    *(f"predicates.{name}" for name in ("adjectives", "hosts", "modals", "nouns", "verbs")),
    "protagonists.organs",
    "scope.territories",
    *("states.combining", "states.contexts", "states.contexts.*.unless", "states.own_names", "states.states"),
    *(f"undertakings.{name}" for name in ("forms", "joins", "nouns", "past", "phrases", "verbs")),
}
# Lists of entries with an id.
ENTRIES = {"dialogues_known"}
# Lists that are one value.
VALUES = {"members.groupings.*.members.*"}
# Rules, and tables whose words the rules spell out.
FIXED = {
    f"dates.{name}"
    for name in (
        *("after_article", "decades", "fragments", "months", "numbers", "openers", "ordinals", "recurring"),
        *("rules", "seasons", "skip", "units", "weekdays"),
    )
}
# Words of which the program knows no others than those that the shipped lexicon has.
CHOICES = {
    "dates.fiscal.*.named",
    *(f"dialogues.{name}.*" for name in ("lower_heads", "lower_names", "openers", "pair_heads")),
    "dialogues_known.*.kind",
    *("events.nouns.*", "events.verbs.*.as", "events.verbs.*.event"),
    *(f"predicates.{name}.*.act" for name in ("adjectives", "nouns", "verbs")),
    *("predicates.hosts.*", "predicates.modals.*"),
    *("undertakings.nouns.*", "undertakings.verbs.*"),
}
# Lexicons whose words may be regular expressions, or become parts of one.
PATTERNS = {"dates", "dialogues"}
# Fields that a new entry needs beside those that all have.
NEEDED = {"states.states": {"name"}}
# What a new key of an open mapping looks like; "*id" for entries.
KEYS = {
    "*id": r"[a-z0-9]+(-[a-z0-9]+)*",
    **dict.fromkeys(("dates.fiscal", "leaders.leaders", "states.states"), r"[A-Z]{3}"),
    **dict.fromkeys(("members.groupings", "organizations.organizations"), r"[A-Za-z0-9][A-Za-z0-9-]*"),
}


def form_of(path: tuple[str, ...]) -> tuple[str, ...]:
    """The form of a path: the keys of open mappings and the ids of entries as *."""
    form = path[:1]
    for key in path[1:]:
        where = ".".join(form)
        form = (*form, "*" if where in OPEN or where in ENTRIES else key)
    return form
