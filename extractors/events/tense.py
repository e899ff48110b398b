"""Whether what a word tells is done by this release's own meeting, was done earlier, or is still to come."""

from __future__ import annotations

from spacy.tokens import Span, Token

from communique.extractors.commitments.negation import is_denied_verb, is_refused
from communique.extractors.events.details import number_of
from communique.extractors.events.lexicon import phrases, words

CLIMB = 6
ABOVE = 4  # words above a name by which it may be looked forward to
NOUNS = {"NOUN", "PROPN"}


def is_negated(trigger: Token) -> bool:
    """ "was not signed", "Neither side signed", "refused to sign"."""
    return is_denied_verb(trigger) or is_refused(trigger, "refusing")


def is_unreal(trigger: Token) -> bool:
    """ "should conclude", "may be held": what ought to be or can be is neither done nor planned."""
    if _is_subjunctive(trigger):
        return True
    verb = trigger
    while verb.dep_ == "conj" and verb.pos_ == "VERB" and verb.tag_ == "VB":
        if _has(verb, "possibilities", {"aux"}):
            return True
        verb = verb.head
    return _has(verb, "possibilities", {"aux"})


def _is_subjunctive(verb: Token) -> bool:
    """ "hopes that the talks be held": no word makes it future, and no plan."""
    be = next((child for child in verb.children if child.dep_ == "aux:pass"), None)
    alone = not any(child.dep_ == "aux" or child.lower_ == "to" for child in verb.children)
    wished = verb.dep_ != "conj" and verb.head.lemma_.lower() not in words("intentions")
    return be is not None and be.lower_ == "be" and alone and wished


def is_condition(trigger: Token) -> bool:
    """ "it will enter into force after six states have ratified it": that is no news."""
    verb = trigger
    while verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        verb = verb.head
    opening = (child for child in (*trigger.children, *verb.children) if child.dep_ in {"mark", "advmod"})
    conditional = any(child.lower_ in words("conditions") for child in opening)
    return conditional and any(token.lower_ in {"will", "shall"} for token in trigger.sent)


def is_future(trigger: Token) -> bool:
    """ "will be signed", "agreed to hold", "to be held", "the proposal to sign"."""
    token = trigger
    for _ in range(CLIMB):
        if _is_there(token):
            return False
        if token.dep_ == "acl" and token.head.lemma_.lower() in words("chances"):
            token = token.head
            continue
        infinitive = _is_infinitive(token)
        if _has(token, "auxiliaries", {"aux"}) or (infinitive and token.dep_ in {"acl", "acl:relcl"}):
            return True
        head = token.head
        if head != token and _looks_forward(head) and token.dep_ != "conj":
            return True
        if (infinitive or token.tag_ == "VBG") and head.lemma_.lower() in words("intentions"):
            return True
        if infinitive and not is_purpose(token):
            return True
        if infinitive:
            token = head
            continue
        if _is_promised(token):
            return True
        if head == token or token.dep_ in {"advcl", "acl", "acl:relcl", "parataxis"} or _is_second(token):
            return False
        if token.pos_ in NOUNS and head.pos_ == "VERB" and token.dep_ in {"obl", "conj"}:
            return _is_within(token) or head.lemma_.lower() in words("intentions")
        token = head
    return False


def _is_second(verb: Token) -> bool:
    """Whether a verb has no part in the "will" of that which it is coordinated with."""
    return verb.dep_ == "conj" and verb.pos_ == "VERB" and verb.tag_ not in {"VB", verb.head.tag_}


def _is_there(token: Token) -> bool:
    """Whether it is there, whatever comes of it."""
    return _is_cause(token) or _is_ranked(token) or token.lemma_.lower() in words("anniversaries")


def _is_ranked(verb: Token) -> bool:
    """ "the 18th country to sign", "among the first to sign": they have."""
    if verb.dep_ != "acl" or not _is_infinitive(verb):
        return False
    return any(number_of(token.lower_) is not None for token in (verb.head, *verb.head.children))


def _is_within(noun: Token) -> bool:
    """ "will take part in the signing of the Treaty"."""
    cases = {child.lower_ for child in noun.children if child.dep_ == "case"}
    return noun.i > noun.head.i and "in" in cases and _has(noun.head, "auxiliaries", {"aux"})


def _is_promised(verb: Token) -> bool:
    """ "will deepen ties by holding", "agreed to deepen ties by holding", "progress towards holding"."""
    above = verb.head
    if verb.tag_ == "VBG" and any(c.dep_ == "mark" and c.lower_.startswith("toward") for c in verb.children):
        return True
    if verb.tag_ != "VBG" or verb.dep_ not in {"advcl", "acl"} or above == verb:
        return False
    return _has(above, "auxiliaries", {"aux"}) or (
        _is_infinitive(above) and above.head.lemma_.lower() in words("intentions")
    )


def is_purpose(verb: Token) -> bool:
    """Whether an infinitive tells what was done by what its verb tells: "met to sign"."""
    return _is_infinitive(verb) and verb.head.lemma_.lower() in words("gathered")


def _is_cause(noun: Token) -> bool:
    """What brings something about is there: "the signing of the Treaty will strengthen ties"."""
    if noun.pos_ not in NOUNS or noun.dep_ != "nsubj" or phrases(noun.head.lemma_.lower()):
        return False
    return any(child.dep_ == "obj" for child in noun.head.children)


def _is_infinitive(token: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ == "mark" for child in token.children)


def _has(token: Token, key: str, deps: set[str]) -> bool:
    return any(child.lower_ in words(key) and child.dep_ in deps for child in token.children)


def _looks_forward(token: Token) -> bool:
    return token.lemma_ == "look" and any(c.lower_ in {"forward", "towards"} for c in token.subtree)


def is_next(name: Span) -> bool:
    """ "the next", "the upcoming" before the name or the meeting of it, or a name looked forward to."""
    head = name.root.head
    tokens = [name.root, head] if head.lemma_.lower() in words("meetings") else [name.root]
    before = name.doc[max(name.start - 2, 0) : name.start]
    if any(t.lower_ in words("next") for t in (*before, *(c for token in tokens for c in token.children))):
        return True
    above = name.root
    for _ in range(ABOVE):
        if above.dep_ in {"conj", "acl", "acl:relcl", "advcl"} and above.pos_ == "VERB":
            return False
        above = above.head
        if _looks_forward(above):
            return True
    return False


def is_recent(name: Span) -> bool:
    """ "the recent Summit", "its recent participation at the Summit": it was held, nothing tells when."""
    above = [name.root.head] if name.root.head.pos_ == "NOUN" and name.root.dep_ == "nmod" else []
    before = [*name.doc[max(name.start - 2, 0) : name.start], *(c for t in above for c in t.children)]
    return any(token.lower_ == "recent" for token in (*before, *name.root.children))


def is_own(trigger: Token) -> bool:
    """Whether the sentence reports it as its news: by its main verb, or as what was welcomed or announced."""
    token = trigger
    if trigger.pos_ in NOUNS:
        return _is_reported(trigger)
    if trigger.dep_ == "acl" and trigger.head.lemma_.lower() in words("chances"):
        return trigger.head.head.lemma_.lower() in words("reporting")
    if any(child.lower_ == "had" and child.dep_ == "aux" for child in trigger.children):
        return False
    children = {child.lower_ for child in trigger.children}
    if "we" in children and children & {"have", "'ve", "’ve"}:
        return True
    while (token.dep_ == "conj" and token.head.pos_ == "VERB") or is_purpose(token) or _is_result(token):
        token = token.head
    return token.dep_ in {"ROOT", "xcomp", "ccomp"}


def _is_reported(noun: Token) -> bool:
    """ "welcomed the signing", "held a signing ceremony"; its anniversary was long after."""
    token = noun
    while token.head != token and token.pos_ in NOUNS and token.dep_ in {"nmod", "conj", "compound", "appos"}:
        token = token.head
        if token.lemma_.lower() in words("anniversaries"):
            return False
    verb = token.head
    if verb.lemma_.lower() in words("reporting"):
        return verb.dep_ != "acl:relcl"
    return verb.pos_ == "VERB" and verb.lemma_.lower() in words("same_time") and is_own(verb)


def _is_result(verb: Token) -> bool:
    """ "signed a Memorandum, establishing the Forum"."""
    opened = any(child.dep_ in {"mark", "aux", "nsubj"} for child in verb.children)
    return verb.tag_ == "VBG" and verb.dep_ == "advcl" and verb.i > verb.head.i and not opened


def is_earlier(trigger: Token, name: Span) -> bool:
    """ "the recent signing", "signed earlier": not of this release."""
    near = [t for token in (trigger, name.root, trigger.head) for t in token.children]
    return any(t.lower_ in words("earlier") and not _is_same_day(t) for t in near)


def _is_same_day(word: Token) -> bool:
    """ "earlier in the afternoon", "earlier today"."""
    return any(t.lower_ in words("same_day") for t in word.doc[word.i + 1 : word.i + 4])
