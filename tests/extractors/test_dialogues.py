"""Names of formats, instruments and initiatives: their bounds, kinds, short forms and parties."""

from __future__ import annotations

import datetime as dt

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from communique.extractors.annotations import ACTORS, DIALOGUES, Actor, Dialogue
from communique.models.tokenizer import make_tokenizer


@pytest.fixture(scope="module")
def blank() -> Language:
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp)  # spaCy's own takes a minute for 10,000 brackets
    nlp.add_pipe("communique_dialogues")
    return nlp


def found(nlp: Language, text: str) -> list[tuple[str, Dialogue]]:
    doc = nlp(text)
    return [(span.text, span._.dialogue) for span in doc.spans[DIALOGUES]]


# Each name between square brackets, with the first letters of its kind behind a bar.
NAMES = [
    "Ministers opened the third [Norway-Kenya Strategic Dialogue|dia] in Nairobi.",
    "They signed a [Memorandum of Understanding on Cooperation in Fisheries Research|ins] in Lima.",
    "Officials held the [Chile-Peru Foreign and Defence (2+2) Ministerial Meeting|dia] on Monday.",
    "They praised the [Partnership for Clean Ports and Harbours|ini] and the [Harbour Dialogue|dia].",
    "The 18th [Joint Council for Bilateral Cooperation|dia] met in Vienna.",
    "The inaugural [Fiji-Samoa Ocean Dialogue|dia] and the Second [Lagos Forum|dia] took place.",
    "The two sides concluded a [Science, Technology, and Innovation Agreement|ins].",
    "He presented [Finland's Arctic Strategy|ins] to Parliament.",
    "She thanked Kenya's [Coastal Resilience Fund|ini] for its work.",
    "Both recalled the [Treaty between Norway and Kenya|ins] of 1999.",
    "Their troops joined [Operation Calm Waters|ini] in June.",
    "Sweden will join the [Global Coalition to Protect Coral Reefs|ini].",
    "They ended the [Protocol Amending the Air Services Agreement|ins].",
    "They met at the [Oslo Peace Forum|dia].",
    "Peru hosts the [APEC Summit|dia] and Italy the [G7 Summit|dia].",
    "Leaders will meet at the [Quad summit|dia] in May.",
    "They act under the [Charter of the United Nations|ins] (UN), and the UN pays.",
    "They act under the [UN Charter|ins], the [Paris Agreement|ins] and [UNCLOS|ins].",
    "They back the [2030 Agenda for Sustainable Development|ins].",
    "They signed a [Memorandum of Understanding to protect migratory birds|ins] today.",
    "The ministers launched the [Young Farmers Exchange program|ini].",
    "They signed a [Memorandum of Understanding on Cooperation in the field of seed research|ins] today.",
    "They signed a [Memorandum of Understanding on Political and Diplomatic Consultations|ins] today.",
    "They adopted the [Joint Declaration on Cooperation in Promoting Trade|ins] today.",
    "They adopted the [Joint Declaration on the Seas|ins] and a [Joint Statement on seed trade|ins].",
    "The Thirty-Ninth [Oslo Peace Forum|dia] and the Fortieth [Lagos Forum|dia] opened.",
    "Lenders approved the [Coral Water Supply Project|ini] and the [Reef Roads Improvement Project|ini].",
    "They marked the [International Day of Reefs|dia] with a [Port Safety Capacity-Building Workshop|dia].",
    "They will meet at the [CIS summit|dia].",
    "Ties were raised to a [Comprehensive Strategic Partnership|ins].",
    'They concluded a ["123" civil nuclear agreement|ins].',
    "They recalled [UN Security Council resolutions 1373 and 1540 (2004)|ins].",
    "They will sign a [Partnership and Cooperation Agreement|ins].",
    "They support the [Norway-Kenya Alliance|ins].",
    "They expect [COP29|dia] to succeed.",
    "They launched the [Coral Data Hub|ini].",
    "They met at the [Coastal Law Workshop|dia], but in the Ministry workshop nobody met.",
    "They met at the 3rd [Chile-Peru Youth Exchange Visit|dia] and an [Informal Ministerial Gathering|dia].",
    "Chile pays for the [Lima Water Supply Project|ini], a project of ten years.",
    "The [Women in the Coral Economy (WCE) Initiative|ini] grows.",
    "They recalled [ASEAN Vision 2025|ins] and the [Norway-Kenya Roadmap 2030|ins].",
    "The [Agreement Relating to Deep Sea Ports|ins] and the [Plan of Action for Youth|ins] were signed.",
    "They signed a [Memorandum of Understanding between the Ministries of Trade of Peru and Chile|ins].",
    "They met for the [Norway-Kenya Foreign Minister Consultations|dia].",
    "The [Competitiveness and Growth Partnership|ini] was praised by the U.S.-led [Tuna Coalition|ini].",
    "They met at the [Five Country Seabed Ministerial|dia].",
    "They attended the [ASEAN Summits|dia].",
    "They hosted the second [Joint Working Group|dia] in Lima.",
    "Since the [Safe Third Country Agreement|ins] was signed, both act.",
    "They attended the 24th [ASEAN Plus Three Summit|dia] in Lima.",
    "They met at the [Annual Conference|dia] and the [Business Forum|dia].",
    "They attended the 12th [Fisheries Retreat|dia] and the third session of the [Coral Committee|dia].",
    "They will speak at the [World Health Organization Special Meeting|dia] in Oslo.",
    "[TREATY OF FRIENDSHIP BETWEEN CHILE AND PERU|ins]\n\nThe two States agree.",
    "They urged all to keep to the [Seven-Point Consensus|ins] that was reached.",
    "Trade grew under the [Norway-Kenya FTA|ins], and the [Norway-Kenya Special Economic Zone|ini] opened.",
    "The reef is part of the [Coral Coast Plan 2040|ins]; they met in the [Tuna Fishers Week|dia].",
    "They deepened the [Strategic Partnership|ins] between Norway and Kenya.",
    "The [Norway-Kenya Advisory Group|dia] reported.",
    "They thanked the [Fern for Growth Initiative|ini] and the [Reef and Mangrove Forum|dia].",
    "They want an [ASEAN, Peru and Chile Free Trade Agreement|ins].",
    "Peru praised the [Tern Prize Signing Ceremony and Conference|dia] and Chile's [Heat Guidance|ins].",
    "The [Peru-Lagos Comprehensive Cooperation Council|dia] met at the second [Track 1.5 Reef Dialogue|dia].",
    "They support the [Review Conference of the Parties to the Seed Treaty|dia] and [UNSCR 1373 (2001)|ins].",
    "They follow the [Turin process|dia], the [Oslo trade negotiations|dia] and the [Bergen accords|ins].",
    'The [Approved Ports scheme|ini] and the "[Clean Coasts|ini]" campaign grow.',
    'The programme, titled "[Songs of Terns|ini]", goes on.',
    'The [Annual Seminar on "A Sea of Terns"|dia] opened in [St. Anna Forum|dia] style.',
    "At [COP28|dia] and [COP29|dia] both spoke.",
    'The [Quad Reef Taskforce|dia] met in the [Clean Water Decade|ini], and the "[e-Fern project|ini]" grew.',
    "They saw the [United States-Chile Biennial Review|ins].",
    "They ratified the [Optional Protocol to the Tuna Treaty|ins] and the EU's [Horizon 2040|ini].",
    "They led the [High Level Policy Dialogue on Women and the Economy|dia].",
    "They held the second [EU-Kenya policy dialogue on fish and seed|dia] in the [C5+1 summit|dia] year.",
    "The [Terns for Coastal Growth (TCG) scheme|ini] and the Third [Fern and Moss Forum|dia] ended.",
    "As [Strategic Partners|ins] they act.",
    "The [Ministerial Conference of the Bali Process|dia] met.",
    "The [Reef Governance Support Program|ini] and the [Reef Fund|ini]'s goals were praised.",
    "They co-hosted a [Coral Ministerial Forum|dia] July 19-20, 2031.",
    "The [Peru-Chile alliance|ins] helps; the [Peru Relief package|ini] is large.",
    "They visited the [Lima International Fair|dia] and the [Kenya-Norway Industrial Park|ini].",
    "At the [APEC meeting|dia] Chile spoke, and at the [I2U2 leaders meeting|dia] India did.",
    "The [Coral Working Groups|dia] and the [Fern Process Ad Hoc Group|dia] have the [Reef Masterplan|ins].",
    "The [EU-Kenya Partnership Priorities|ins] were adopted at the [B20 summit|dia].",
    "The 2nd Meeting of the [Chile-Peru Joint Commission on Bilateral Cooperation|dia] was held.",
    "The Ninth Regular Session of the [Conference of Heads of Harbours|dia] met.",
    "The 5th Round of [Policy Consultations|dia] and an Open Session of the [Fern Forum|dia] ended.",
    "They saw the [Joint Committee on Moss and Ferns|dia] and of the [Joint Tern Council|dia] both sides.",
    "The 24th [Chile-Peru 21st-Century Partnership|ini] grows; the '[Reef Roadmap 2030|ins]' was adopted.",
    "The ‘[Fern Declaration|ins]’ was adopted at the '[Moss Dialogue|dia]' of the [Fern Leaders' Forum|dia].",
    "She is Policy Advisor, [Fern Roundtable|dia], and praised the [Joint Moss Forum|dia].",
]


def unmarked(marked: str) -> tuple[str, list[tuple[str, str]]]:
    """The sentence without marks, and the names marked in it with their kinds."""
    parts = [piece.partition("]") for piece in marked.split("[")]
    names = [tuple(inside.rsplit("|", 1)) for inside, _, _ in parts[1:]]
    text = parts[0][0] + "".join(inside.rsplit("|", 1)[0] + after for inside, _, after in parts[1:])
    return text, [(name, kind) for name, kind in names]


@pytest.mark.parametrize("marked", NAMES)
def test_name_and_kind(blank: Language, marked: str) -> None:
    text, names = unmarked(marked)
    assert [(name, value.kind[:3]) for name, value in found(blank, text)] == names


NEAR_MISSES = [
    "Joint Statement from the Foreign Ministers of Chile, Peru, and Japan.",
    "He issued a Joint Statement on behalf of the two sides.",
    "They saw a Supply Project and a project to supply water.",
    "The National Seed Network spoke.",
    "The new Heads of Mission presented their credentials.",
    "The agreement was signed and the summit ended.",
    "The Agreement will be reviewed.",
    "The Secretary of State met the Minister of Foreign Affairs in Tokyo.",
    "The Security Council and the Human Rights Council were informed.",
    "He spoke to the House Foreign Affairs Committee.",
    "The International Monetary Fund and the World Food Programme took part.",
    "The Joint Statement was released after the Press Conference.",
    "President Biden signed an Executive Order.",
    "They sailed through the Taiwan Strait and the South China Sea.",
    "The American Rescue Plan passed.",
    "NATO, ASEAN and the Quad act together.",
    "The Millennium Challenge Corporation made a grant.",
    "A strong partnership and a frank dialogue exist.",
    "The Coral Data Hub is in Lima.",
    "They joined the Norway-Kenya Business Council.",
    "The Convention on Cultural Property Implementation Act passed.",
    "They spoke at the North Atlantic Treaty Organization.",
    "Expanding the agenda helps, and the Strategic Dialogue Coordinator agreed.",
    "They adopted a Joint Statement of the Leaders.",
    "A Working Group met, and two countries came to the Related Summits.",
    "The Fisheries Retreat and the Coral Committee are in Lima.",
    "The World Health Organization Commission was told of the United Nations Mission.",
    "MINISTRY OF TRADE AND INDUSTRY\n\nThe Third Meeting of Ministers ended.",
    "Several Memoranda of Understanding (MOUs) were signed, and six MoUs exchanged.",
    "The Peace talks, the Trade negotiations and the Peruvian process go on.",
    "A government-to-government project ends.",
    'The Electric Bus pilot project grew under the theme "Safe Seas".',
    "The Convention on Seed Trade Act 2031 passed.",
    'She was head of the Peruvian Government\'s Reef Task Force, "a great project".',
    "The Coast Operations Centre called Military Operations General Jane Doe.",
    "The Joint Committee of the Fern House and Moss Council met; the EU-mediated talks ended.",
    "A plan of Coast—a bold initiative—was praised.",
    "A Coast Air Ground Task Force trains, and several Memorandum of Understandings were signed.",
    "The Second Meeting of Trade Officials ended, and the Bilateral Meetings went on.",
]


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_near_miss(blank: Language, text: str) -> None:
    assert found(blank, text) == []


def ids(nlp: Language, text: str) -> dict[str, set[str]]:
    """The ids of a text with the forms that each has."""
    out: dict[str, set[str]] = {}
    for form, value in found(nlp, text):
        out.setdefault(value.dialogue_id, set()).add(form)
    return out


SHORT_FORMS = [
    (
        "They held the Norway-Kenya Ocean Policy Dialogue (NKOPD). The NKOPD will meet again. "
        "The Ocean Policy Dialogue is new. The Dialogue ended.",
        {"Norway-Kenya Ocean Policy Dialogue", "NKOPD", "Ocean Policy Dialogue", "Dialogue"},
    ),
    (
        'They signed the Agreement on Extradition (the "Treaty"). The Treaty enters into force.',
        {"Agreement on Extradition", "Treaty"},
    ),
    (
        "They signed a Memorandum of Understanding (MOU) on Seed Research. The MoU lasts. That MOU is first.",
        {"Memorandum of Understanding (MOU) on Seed Research", "MOU", "MoU"},
    ),
    (
        "The Coral Convention Week (CC Week) opens. CC Week is long.",
        {"Coral Convention Week", "CC Week"},
    ),
    (
        "UN Reefs' Week is near. The United Nations Coral Reefs' Week opens.",
        {"UN Reefs' Week", "United Nations Coral Reefs' Week"},
    ),
    (
        "The 29th Conference of the Parties (COP29) to the Framework Convention met. COP29 was long.",
        {"Conference of the Parties (COP29) to the Framework Convention", "COP29"},
    ),
    (
        "They praised the United Nations Convention against Corruption. The Convention is old.",
        {"United Nations Convention against Corruption", "Convention"},
    ),
    (
        "The Green Ports (GP) Initiative began. The GP Initiative grows.",
        {"Green Ports (GP) Initiative", "GP Initiative"},
    ),
]


@pytest.mark.parametrize(("text", "forms"), SHORT_FORMS)
def test_short_forms_are_one(blank: Language, text: str, forms: set[str]) -> None:
    entries = ids(blank, text)
    assert len(entries) == 1
    assert forms <= next(iter(entries.values()))


def test_name_is_the_fullest_form(blank: Language) -> None:
    text = "The Tuna Pact (TP) holds. The Pacific Tuna Pact was renewed."
    assert {value.name for form, value in found(blank, text) if form != "TP"} >= {"Pacific Tuna Pact"}


def test_an_acronym_behind_a_longer_name_stays_that_of_the_known_one(blank: Language) -> None:
    text = "They read the Leaders Statement on the ASEAN Outlook on the Indo-Pacific (AOIP). The AOIP helps."
    assert ids(blank, text)["aoip"] == {"AOIP"}


def test_a_short_form_of_another_owner_is_a_name_of_its_own(blank: Language) -> None:
    text = "They signed the Treaty on Legal Aid Matters. The ASEAN Treaty on Legal Aid Matters is older."
    assert len(ids(blank, text)) == 2


def test_bare_form_of_two_names_is_no_mention(blank: Language) -> None:
    text = "They signed the Fishing Treaty and the Border Treaty. The Treaty is welcome."
    assert [form for form, _ in found(blank, text)] == ["Fishing Treaty", "Border Treaty"]


def test_bare_form_before_its_name_is_no_mention(blank: Language) -> None:
    assert [form for form, _ in found(blank, "The Treaty is old. The Fishing Treaty is new.")] == [
        "Fishing Treaty"
    ]


def test_name_inside_a_longer_name_is_none(blank: Language) -> None:
    text = "They adopted the Action Plan of the Lagos Forum."
    assert [form for form, _ in found(blank, text)] == ["Action Plan of the Lagos Forum"]


def test_two_formats_of_the_same_states_stay_two(blank: Language) -> None:
    text = (
        "They held the Chile-Peru 2+2 Foreign and Defence Ministerial and the "
        "Chile-Peru 2+2 High-Level Economic Security Dialogue."
    )
    assert len(ids(blank, text)) == 2


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("the Norway-Kenya Strategic Dialogue", ("KEN", "NOR")),
        ("the U.S.-ROK Alliance", ("KOR", "USA")),
        ("the ASEAN-Japan Plan of Action", ("ASEAN", "JPN")),
        ("the United Kingdom–New Zealand Free Trade Agreement", ("GBR", "NZL")),
        ("a Treaty between Norway and Kenya", ("KEN", "NOR")),
        ("the North Korean Human Rights Dialogue", ()),
        ("the Paris Agreement", ()),
    ],
)
def test_parties_of_the_name(blank: Language, text: str, parties: tuple[str, ...]) -> None:
    assert [value.parties for _, value in found(blank, f"They support {text}.")] == [parties]


@pytest.mark.parametrize(
    "text", ["", " \n\n", "(" * 10_000 + ")" * 10_000, "A" * 100_000, "Dialogue and " * 5_000]
)
def test_hostile_text_is_read(blank: Language, text: str) -> None:
    assert len(ids(blank, text)) <= 1


def test_spans_do_not_overlap_and_stand_in_order(blank: Language) -> None:
    text = "The Tuna Pact (TP), the TP Summit, the Summit for Democracy and the G7 Summit Declaration (GSD)."
    doc = blank(text)
    spans = list(doc.spans[DIALOGUES])
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))


def with_actors(nlp: Language, text: str, actors: dict[str, Actor]) -> Doc:
    """The document of one sentence with its actors, the dialogues written after them."""
    doc = nlp.make_doc(text)
    for token in doc:
        token.is_sent_start = token.i == 0
    spans = []
    for form, actor in actors.items():
        start = text.index(form)
        span = doc.char_span(start, start + len(form))
        span._.actor = actor
        spans.append(span)
    doc.spans[ACTORS] = spans
    return nlp.get_pipe("communique_dialogues")(doc)


def test_parties_of_the_sentence(blank: Language) -> None:
    actors = {"Norway": Actor("state", "NOR"), "Kenya": Actor("state", "KEN")}
    doc = with_actors(blank, "Norway and Kenya opened the Strategic Dialogue.", actors)
    assert [span._.dialogue.parties for span in doc.spans[DIALOGUES]] == [("KEN", "NOR")]


def test_a_body_that_acts_is_no_dialogue(blank: Language) -> None:
    text = "The Expert Panel on Reefs met Norway at the Reef Dialogue."
    doc = with_actors(blank, text, {"Expert Panel on Reefs": Actor("organization", "expert-panel-on-reefs")})
    assert [span.text for span in doc.spans[DIALOGUES]] == ["Reef Dialogue"]


def test_parties_of_a_group(blank: Language) -> None:
    actors = {"Both sides": Actor("group", None, members=("KEN", "NOR")), "Peru": Actor("state", "PER")}
    doc = with_actors(blank, "Both sides held the Strategic Dialogue on Peru.", actors)
    assert [span._.dialogue.parties for span in doc.spans[DIALOGUES]] == [("KEN", "NOR")]


def test_sentence_gives_a_global_instrument_no_parties(blank: Language) -> None:
    actors = {"Norway": Actor("state", "NOR"), "Kenya": Actor("state", "KEN")}
    doc = with_actors(blank, "Norway and Kenya support the Paris Agreement.", actors)
    assert [span._.dialogue.parties for span in doc.spans[DIALOGUES]] == [()]


def test_a_plan_is_that_of_what_it_implements(blank: Language) -> None:
    doc = blank(
        "They agreed to an Action Plan to implement the Kenya-Norway Lake Accord. The Action Plan is long."
    )
    assert {span._.dialogue.dialogue_id for span in doc.spans[DIALOGUES] if "Plan" in span.text} == {
        "ken-nor-lake-accord-action-plan"
    }


def test_a_bare_plan_is_that_of_the_one_partnership_of_the_release(blank: Language) -> None:
    one = "They raised their ties to the Kenya-Norway Comprehensive Strategic Partnership."
    two = "Peru has the Chile-Peru Strategic Partnership."
    plan = "They adopted an Action Plan for it."
    for text, want in ((f"{one} {plan}", "ken-nor-csp-action-plan"), (f"{one} {two} {plan}", "action-plan")):
        doc = blank(text)
        found = [span for span in doc.spans[DIALOGUES] if span.text == "Action Plan"]
        assert [span._.dialogue.dialogue_id for span in found] == [want]


def test_what_another_state_concludes_is_not_of_the_two(blank: Language) -> None:
    actors = {
        "Both sides": Actor("group", None, members=("KEN", "NOR")),
        "Peru": Actor("state", "PER"),
    }
    doc = with_actors(blank, "Both sides deplored that Peru signed the Comprehensive Lake Treaty.", actors)
    assert [span._.dialogue.parties for span in doc.spans[DIALOGUES]] == [()]


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("Kenya-Norway Memorandum of Understanding", {"ken-nor-mou-2031-05", "ken-nor-mou-2031-06"}),
        ("Ministerial Conference", {"ministerial-conference-2031-05", "ministerial-conference-2031-06"}),
        ("Lake Ministerial Conference", {"lake-ministerial-conference"}),
        ("Strategic Concept", {"strategic-concept"}),  # a known name
    ],
)
def test_a_kind_alone_takes_the_month_of_its_release(blank: Language, name: str, ids: set[str]) -> None:
    found = set()
    for month in (5, 6):
        doc = blank.make_doc(f"Kenya praised the {name}.")
        doc._.published = dt.date(2031, month, 2)
        for _, component in blank.pipeline:
            doc = component(doc)
        found |= {span._.dialogue.dialogue_id for span in doc.spans[DIALOGUES]}
    assert found == ids


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "They left an MoU between the Seed Bank of Peru and the Ministry of Farms and Ports of Chile "
            "on plant pests.",
            "MoU between the Seed Bank of Peru and the Ministry of Farms and Ports of Chile on plant pests",
        ),
        (
            "A memorandum of understanding (MOU) to map coral reefs was signed.",
            "memorandum of understanding (MOU) to map coral reefs",
        ),
        (
            "They praised the memorandum of understanding between Finland and Thailand on seed trade.",
            "memorandum of understanding between Finland and Thailand on seed trade",
        ),
        (
            "Annex\nMOU in the field of seed trade between the Peru Ministry of Farms and Ports and the "
            "Chile Seed Fund\nThe end.",
            "MOU in the field of seed trade between the Peru Ministry of Farms and Ports and the "
            "Chile Seed Fund",
        ),
        (
            "Both signed a Memorandum of Understanding in Lima. The MoU is short.",
            "Memorandum of Understanding",
        ),
        (
            "They hailed the Memorandum of Understanding on Seed Research to train farmers.",
            "Memorandum of Understanding on Seed Research",
        ),
        (
            "They signed a Memorandum of Understanding (MOU) on the sidelines of the fair.",
            "Memorandum of Understanding",
        ),
    ],
)
def test_a_memorandum_reaches_over_its_parties_and_its_matter(blank: Language, text: str, name: str) -> None:
    doc = blank(text)
    assert doc.spans[DIALOGUES][0]._.dialogue.name == name


def test_a_memorandum_in_lower_case_without_a_matter_has_no_name(blank: Language) -> None:
    doc = blank("They signed a memorandum of understanding last week.")
    assert not doc.spans[DIALOGUES]


def test_parties_in_lower_case_are_no_part_of_the_name(blank: Language) -> None:
    doc = blank("They keep the Memorandum of Understanding between Peru and developing countries.")
    assert doc.spans[DIALOGUES][0].text == "Memorandum of Understanding"


def test_an_acronym_inside_the_name_of_a_meeting_is_of_those_who_meet(blank: Language) -> None:
    text = "They joined the Coastal Council (CC) Ministerial Meeting. The CC is old."
    assert [form for form, _ in found(blank, text)] == ["Coastal Council (CC) Ministerial Meeting"]
    dated = "They joined the Coastal Climate Dialogue (CCD) 2031. The CCD is old."
    assert "CCD" in [form for form, _ in found(blank, dated)]


@pytest.mark.parametrize("place", ["İZMİR İN", "IZMIR IN"])
def test_a_line_of_capitals_keeps_its_places(blank: Language, place: str) -> None:
    text = f"{place} MAY\nBoth signed the Treaty of Lasting Friendship there."
    assert [name for name, _ in found(blank, text)] == ["Treaty of Lasting Friendship"]


def test_heads_that_name_nothing_do_not_make_a_long_line_slow(blank: Language) -> None:
    line = "the " + "Trade Council Security and " * 1_500  # minutes, where each head reads back to the first
    assert not blank(line).spans[DIALOGUES]


def test_a_status_is_that_of_those_whose_relations_are_raised_to_it(blank: Language) -> None:
    text = "They {} a Comprehensive Strategic Partnership."
    [(_, raised)] = found(blank, text.format("raised ASEAN-Japan relations to"))
    [(_, beside)] = found(blank, text.format("praised ASEAN-Japan relations and"))
    assert (raised.parties, raised.dialogue_id) == (("ASEAN", "JPN"), "jpn-asean-csp")
    assert beside.parties == ()


def test_the_number_of_a_meeting_is_not_that_of_its_acronym(blank: Language) -> None:
    text = (
        "The Fourteenth Norway-Kenya Annual Retreat on Lakes (14th NKARL) was held. Kenya hosts the 15th {}."
    )
    name = "Norway-Kenya Annual Retreat on Lakes"
    assert ids(blank, text.format("NKARL")) == {"ken-nor-retreat-lake": {name, "NKARL"}}
    assert [form for form, _ in found(blank, text.format("NKA"))] == [name, "NKARL"]
