"""Every table, declared once: fields with type and description, primary key, sort order.

The columns follow the table contract; a reader finds the descriptions in the Parquet field metadata
and the version of the declarations in the file metadata under `communique.schema_version`.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from communique.outputs.asking import ACT_WORDS, SCOPE_WORDS

SCHEMA_VERSION = "4"
NAMED_FAILURES = 100  # in the row of a run, which every later commit keeps
VERSION_KEY = b"communique.schema_version"


# Named as Parquet names it, so that a schema read back equals the one declared.
STRINGS = pa.list_(pa.field("element", pa.string()))
UTC = pa.timestamp("us", tz="UTC")


@dataclass(frozen=True, slots=True)
class Table:
    """One table: `key` is its primary key, `order` how rows are sorted inside a file.

    `monthly` tables have one file per month of publication, the others a single file.
    """

    name: str
    schema: pa.Schema
    key: tuple[str, ...]
    order: tuple[str, ...]
    monthly: bool = True


def _field(name: str, kind: pa.DataType, description: str, nullable: bool = True) -> pa.Field:
    return pa.field(name, kind, nullable, metadata={"description": description})


def _text(name: str, description: str) -> pa.Field:
    return _field(name, pa.string(), description)


def _must(name: str, description: str, kind: pa.DataType | None = None) -> pa.Field:
    return _field(name, kind or pa.string(), description, nullable=False)


def _ids(name: str, description: str) -> pa.Field:
    return _field(name, STRINGS, description)


def _day(name: str, description: str) -> pa.Field:
    return _field(name, pa.date32(), description)


def _offsets(prefix: str, of: str) -> list[pa.Field]:
    return [
        _must(f"{prefix}start_char", f"offset of {of} in releases.text, in code points", pa.int32()),
        _must(f"{prefix}end_char", f"offset after {of} in releases.text, in code points", pa.int32()),
    ]


def _quote(name: str, of: str) -> list[pa.Field]:
    return [_must(name, of), *_offsets(f"{name}_", of)]


def _table(
    name: str, fields: list[pa.Field], key: tuple[str, ...], order: tuple[str, ...], monthly: bool = True
) -> Table:
    return Table(name, pa.schema(fields, metadata={VERSION_KEY: SCHEMA_VERSION}), key, order, monthly)


RELEASE_ID = _must(
    "release_id", "the release: from its URL where no other has it, else from its path under the source root"
)
MENTION = [
    RELEASE_ID,
    _must("mention_id", "stable id of the mention: from the release, the offsets and what is mentioned"),
    *_offsets("", "the mention"),
    _must("text", "the mention as written"),
]
MENTION_ORDER = ("release_id", "start_char", "end_char", "mention_id")

RELEASES = _table(
    "releases",
    [
        RELEASE_ID,
        _must("source", "path relative to the source root, `file#id` for a row of a file"),
        _text("url", "address of publication"),
        _text(
            "duplicate_of",
            "release_id of the earliest release with the same text after normalisation",
        ),
        _must("file_name", "last part of source"),
        _text("title", "headline"),
        _text("publisher", "who published it"),
        _text("language", "ISO 639-1 code; only English releases are extracted"),
        _text("place", "place of the dateline"),
        _day("published", "day of publication"),
        _text("published_from", "`metadata`, `dateline` or `text` (inferred)"),
        _must("text", "the text that all offsets index"),
        _must("source_sha256", "hash of the bytes read"),
        _must("text_sha256", "hash of text in UTF-8"),
        _must("text_key", "hash of the normalised text, equal for duplicates"),
        _must("n_tokens", "tokens of text", pa.int32()),
        _must("extracted_at", "when the rows were made", UTC),
        _must(
            "first_seen", "when the release first came into the tables; kept when it is extracted again", UTC
        ),
        _text(
            "scope",
            "`joint`, `external` or `domestic`: that of most commitments, else of who is mentioned; "
            "null where nothing is extracted",
        ),
        _must("pipeline_version", "fingerprint of code, lexicons and model that made the rows"),
    ],
    key=("release_id",),
    order=("release_id",),
)

ACTORS = _table(
    "actors",
    [
        *MENTION,
        _must("kind", "`state`, `organization`, `person` or `group`"),
        _text("actor_id", "ISO 3166-1 alpha-3 code, acronym or slug; null for a group"),
        _text("name", "canonical name"),
        _text("role", "office of a person as written"),
        _text("country", "actor_id of the state or organisation served"),
        _ids("members", "actor_ids that a group stands for"),
    ],
    key=("mention_id",),
    order=MENTION_ORDER,
)

DATES = _table(
    "dates",
    [
        *MENTION,
        _must("timex_type", "`DATE`, `DURATION` or `SET`, after TIMEX3"),
        _text("value", "TIMEX3 value: what was said"),
        _day("date_start", "first day denoted; null where open or unresolved"),
        _day("date_end", "last day denoted; null where open or unresolved"),
        _text("granularity", "day, week, month, quarter, season, half, year or interval"),
        _text("anchor", "what resolved it: `explicit`, `published` or `context`"),
    ],
    key=("mention_id",),
    order=MENTION_ORDER,
)

DIALOGUES = _table(
    "dialogues",
    [
        *MENTION,
        _must("dialogue_id", "the same for the same dialogue in every release"),
        _must("name", "canonical name"),
        _must("kind", "`dialogue`, `instrument` or `initiative`"),
        _ids("parties", "actor_ids told by the name or its sentence"),
    ],
    key=("mention_id",),
    order=MENTION_ORDER,
)

ACTS = tuple(ACT_WORDS)
ACT = _must("act", "`enact`, `agree`, `commit`, `reaffirm` or `intend`")
AGREED_ON = _text("agreed_on", "day of the undertaking at its own precision: YYYY-MM-DD, YYYY-MM or YYYY")
DUE = [
    _day("due_start", "first day it is due; null where open"),
    _day("due_end", "last day it is due; null where open"),
]

COMMITMENTS = _table(
    "commitments",
    [
        RELEASE_ID,
        _must("commitment_id", "stable id: from the release, act and the offsets of what"),
        ACT,
        _must("negated", "an undertaking not to do something", pa.bool_()),
        _must("status", "`current`, or `background` for an earlier agreement only recalled"),
        *_quote("trigger", "the governing predicate"),
        *_quote("what", "the undertaking"),
        *_quote("sentence", "the sentence that is its evidence"),
        _ids("parties", "actor_ids of the states and organisations bound; a company by its name"),
        _text("parties_text", "the subject as written"),
        _text("speaker", "actor_id of the person quoted or speaking"),
        AGREED_ON,
        _text("agreed_on_from", "`meeting`, `signature`, `statement`, or `published` as fallback"),
        _text("due_text", "the expression that tells when it is due"),
        *DUE,
        _text("recurrence", "ISO 8601 period"),
        _ids("dialogues", "dialogue_ids inside what"),
        _ids("counterparts", "actor_ids, no parties of it, towards whom the undertaking is directed"),
        _must(
            "scope",
            "`joint` (two states or organisations or more, or a group of states), `external` (one party's "
            "word that concerns others), `domestic`",
        ),
        _field(
            "confidence", pa.float32(), "the chance that it is an undertaking of these parties, calibrated"
        ),
        _text("rule", "the decision that made the row"),
    ],
    key=("commitment_id",),
    order=("release_id", "what_start_char", "what_end_char", "commitment_id"),
)

SCOPES = tuple(SCOPE_WORDS)
EVENT_KINDS = ("held", "launched", "signed", "adopted", "in_force", "ended", "scheduled")

EVENTS = _table(
    "events",
    [
        RELEASE_ID,
        _must("event_id", "stable id: from the release, the dialogue, the event and its days"),
        *_offsets("", "the evidence"),
        _must("text", "the words that tell it"),
        _must("dialogue_id", "the dialogue or instrument, as in dialogues"),
        _must("name", "its canonical name"),
        _must("kind", "`dialogue`, `instrument` or `initiative`"),
        _must(
            "event",
            "`held`, `launched`, `signed`, `adopted`, `in_force`, `ended`; `scheduled`: what is to come",
        ),
        _day("date_start", "first day that dates it; null where nothing does"),
        _day("date_end", "last day that dates it; null where nothing does"),
        _field("ordinal", pa.int32(), "its number in the series: 3 for the third meeting"),
        _text("place", "where, as written"),
    ],
    key=("event_id",),
    order=("release_id", "start_char", "end_char", "event_id"),
)

COMMITMENT_PARTIES = _table(
    "commitment_parties",
    [
        _must("commitment_id", "the commitment"),
        RELEASE_ID,
        _must("actor_id", "the party bound"),
        _must("actor_name", "its canonical name"),
        ACT,
        _must("what", "the undertaking"),
        AGREED_ON,
        *DUE,
        _day("published", "day of publication"),
    ],
    key=("commitment_id", "actor_id"),
    order=("release_id", "commitment_id", "actor_id"),
)

FAILURES = _table(
    "failures",
    [
        _must("source", "path relative to the source root, `file#id` for a row of a file"),
        _must("stage", "`read` or `extract`"),
        _must("reason", "why, in words"),
        _text("source_sha256", "hash of the bytes, where they could be read"),
        _must("first_seen", "when it first failed", UTC),
        _must("last_seen", "when it last failed", UTC),
        _must("root", "the folder that source is relative to"),
    ],
    key=("root", "source"),
    order=("root", "source"),
    monthly=False,
)

COUNTED = ("releases", "actors", "dates", "dialogues", "commitments", "events", "commitment_parties")

RUNS = _table(
    "runs",
    [
        _must("run_id", "the run"),
        _must("started_at", "when it began", UTC),
        _must("finished_at", "when it was done", UTC),
        _must("pipeline_version", "fingerprint of code, lexicons and model"),
        *(
            _must(f"releases_{name}", description, pa.int64())
            for name, description in {
                "seen": "releases found in the sources",
                "new": "extracted for the first time",
                "changed": "extracted again",
                "unchanged": "skipped, for nothing had changed",
                "failed": "sources that could not be read or extracted",
            }.items()
        ),
        *(_must(f"rows_{name}", f"rows written to {name}", pa.int64()) for name in COUNTED),
        _field(
            "failed_sources",
            STRINGS,
            f"the first {NAMED_FAILURES} of those that failed, by name; null in runs of earlier versions",
        ),
    ],
    key=("run_id",),
    order=("started_at", "run_id"),
    monthly=False,
)

FOLLOWUPS = _table(
    "followups",
    [
        _must("commitment_id", "an undertaking about a named dialogue or instrument"),
        _must("dialogue_id", "the dialogue or instrument"),
        _text(
            "wanted", "the event that would keep it: `held`, `launched`, `signed` ...; null where none would"
        ),
        _text("event_id", "the first event on or after its day, of any release, that keeps it"),
        _must("done", "whether it was done when it was told: the event stands in its sentence", pa.bool_()),
        *DUE,
    ],
    key=("commitment_id", "dialogue_id"),
    order=("commitment_id", "dialogue_id"),
    monthly=False,
)

PERSONS = _table(
    "persons",
    [
        _must("person_id", "one person over all releases: a slug of the name"),
        _must("name", "the fullest form of the name"),
        _ids("aliases", "the other forms"),
        _ids("actor_ids", "actor_ids of the mentions joined, each as its release has it"),
        _ids("offices", "the offices as written"),
        _text("country", "actor_id of the state or organisation served"),
        _day("first_published", "day of the first release that has the person"),
        _day("last_published", "day of the last"),
    ],
    key=("person_id",),
    order=("person_id",),
    monthly=False,
)

PROMISES = _table(
    "promises",
    [
        _must("commitment_id", "the commitment"),
        _must(
            "promise_id",
            "commitment_id of the first that tells the promise: its own, or one of an earlier release with "
            "the same parties, the same day and nearly the same words",
        ),
        _ids("told_in", "sources of the releases that tell it, the first one first"),
    ],
    key=("commitment_id",),
    order=("commitment_id",),
    monthly=False,
)

TABLES = {
    table.name: table
    for table in (RELEASES, ACTORS, DATES, DIALOGUES, COMMITMENTS, EVENTS, COMMITMENT_PARTIES, FAILURES, RUNS)
}
MONTHLY = tuple(table for table in TABLES.values() if table.monthly)
#: Derived from the rows of the others when they are read: no run writes them, so none can leave them behind.
DERIVED = {table.name: table for table in (FOLLOWUPS, PERSONS, PROMISES)}
