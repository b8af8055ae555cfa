"""Questions that take something for granted which the article contradicts.

"Why did Ardern agree to meet the protesters?" supposes that she did; the article has "She refused
to budge on any of their demands, or consider meeting with them". A sentence contradicts where it
speaks of the same people and things and denies what is supposed, tells the opposite outcome, counts
otherwise, or only considers it; unless another sentence, as near to the question, bears it out.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.bearing import Bearing, asked_words, known_by, stems_of
from bot.denials import Denial, denials, is_denying
from bot.little_words import BE, is_verb
from bot.opposites import LOSING, WINNING, denied_with, opposites, same_side
from bot.quantities import quantities
from bot.wording import form, subject_and_rest
from index.alike import likeness
from index.passages import Passage, searchable_text
from index.questions import Question
from index.words import STOP_WORDS, stem, words

_ASKS = re.compile(r"(?i)\b(?:why|when|how|what|which|who|whom|whose|where)\b")
_CLAUSE = re.compile(r"(?i)\w \b(?:when|after|before|while|as|since|because)\b")
_NEGATED = re.compile(
    r"(?i)\b(?:not|never|no|nobody|none|nothing|neither|nor|without|cannot|"
    r"(?:recommend|advis|warn|vot|rul|decid|argu)\w* against)\b|n[’']t\b"
)
_DID_NOT = re.compile(r"(?i)\b(?:did|was|were|has|have|had)(?:n[’']t\b| (?:[\w-]+ ){1,4}?not\b)")
_REFUSED = re.compile(
    r"(?i)\b(?:(?:refus|declin|fail)\w*|unable) to (\w+)|\bden(?:y|ied|ies) (?:having )?(\w+ing)\b"
)
_PAST = re.compile(r"(?i)\b(?:did|was|were|has|have|had)\b")
# "It could be used only if ...", "awaiting deportation": considered and not done.
_CONSIDERED = re.compile(
    r"(?i)\b(?:could|may|might|would|consider\w*|awaiting|plan(?:s|ned|ning)? to|propos\w+|"
    r"threaten\w* to|asked for|call(?:ed|s|ing) for|expected to|scheduled to|hopes? to|ordered|"
    r"want(?:s|ed)? to)\s+((?:\w+\s+){0,2}\w+)"
)
_ONLY_CONSIDERED = re.compile(
    r"(?i)\b(?:could|may|might|should) (?:only )?be considered\b|\bunder consideration\b"
)
# Words that only lead to what is asked.
_LEADING = frozenset(map(stem, "say said think believe claim tell against".split()))
_LEAST = 0.5  # of what else is asked, so much must be held
_COUNTED_LEAST = 0.6
_BESIDE = 0.5  # what a word counts that stands in the sentence before
_ALIKE, _ALIKE_COUNTS = 0.6, 0.8  # cosine from which a like word counts, and how much
_NAME = r"(?:the\s+)?(?P<name>[A-ZÀ-Þ][\w’'-]*(?:\s+[A-ZÀ-Þ][\w’'-]*)*)"


@dataclass(frozen=True)
class _Sentence:
    """A sentence as it is compared."""

    bearing: Bearing
    words: frozenset[str]
    stems: frozenset[str]
    before: frozenset[str]
    """The stems of the sentence before it."""
    denials: tuple[Denial, ...]

    @property
    def text(self) -> str:
        return self.bearing.passage.text


@dataclass(frozen=True)
class _Supposed:
    """What a question takes for granted."""

    text: str
    asked: Mapping[str, str]
    """By stem, in order."""
    alike: Mapping[str, frozenset[str]]
    """The article's words that mean much the same, by stem."""
    names: frozenset[str]
    actions: tuple[str, ...]
    """Those of the asked stems that do not name the subject."""
    verb: str
    """The stem of what is said to be done; empty where that can't be told."""
    passive: bool
    """Whether it is done to the subject."""
    asks_who: bool
    """Whether the one who does it is asked for."""

    @property
    def refusal(self) -> str:
        """The stem of "refuse", "deny" or "fail"; empty where the question has none."""
        return next((own for own, word in self.asked.items() if is_denying(word)), "")

    @property
    def done(self) -> str:
        """What is not done, where the question asks why: what follows "refuse to" or "not"."""
        after = _REFUSED.search(self.text)
        return (
            stem(after.group(after.lastindex or 0).lower())
            if after
            else ""
            if self.refusal
            else self.verb
        )

    def held(self, sentence: _Sentence, without: str) -> float:
        """The share of what is asked, `without` aside, that the sentence speaks of.

        A name counts where it stands in the sentence before.
        """
        others = [word for word in self.asked if word != without]
        if not others:
            return 0.0
        held = {word: self._speaks_of(sentence, word) for word in others}
        rest = [held[word] for word in others if word not in self.names]
        if rest and all(share == 1.0 for share in rest):
            return max(_LEAST, sum(held.values()) / len(held))
        if sentence.bearing.measures["named"] < _BESIDE:
            return 0.0
        return sum(held.values()) / len(held)

    def _speaks_of(self, sentence: _Sentence, word: str) -> float:
        if word in sentence.stems:
            return 1.0
        if word in self.names:
            return 1.0 if word in sentence.before else 0.0
        if self.alike[word] & sentence.words:
            return _ALIKE_COUNTS
        return _BESIDE if word in sentence.before else 0.0


_Rule = Callable[[_Supposed, _Sentence], str | None]


def contradicting(question: Question, measured: Sequence[Bearing]) -> Passage | None:
    """The sentence that says otherwise than the question takes for granted, or None."""
    if not _ASKS.search(question.text) or question.kind in {"who_said", "yes_no"}:
        return None
    if question.kind == "speech" and not _CLAUSE.search(question.text):
        return None  # that someone said something is all that is supposed
    rules = _rules(question)
    sentences = _sentences(measured) if rules else []
    supposed = _supposed(question, sentences)
    best: tuple[float, Passage] | None = None
    for sentence in sentences:
        for rule in rules:
            word = rule(supposed, sentence)
            held = 0.0 if word is None else supposed.held(sentence, word)
            if word is None or held < _LEAST:
                continue
            share = max(held, sentence.bearing.measures["near"])
            better = best is None or share > best[0]
            if better and not _borne_out(supposed, word, held, sentences, rules):
                best = (share, sentence.bearing.passage)
    return best[1] if best else None


def denied(asked: dict[str, str], text: str) -> str | None:
    """The asked word, not the first, that a sentence denies."""
    if any(is_denying(word) for word in asked):
        return None  # "Why did she refuse to ...?" supposes the denial itself
    return _denied(list(asked)[1:], denials(text))


def _denied(actions: Sequence[str], found: Sequence[Denial]) -> str | None:
    for denial in found:
        met = [word for word in actions if denied_with(word) & set(denial.words)]
        if len(met) >= denial.least:
            return met[-1]
    return None


def _supposed(question: Question, sentences: Sequence[_Sentence]) -> _Supposed:
    every = asked_words(replace(question, topic=question.words))
    asked = {own: word for own, word in every.items() if own not in _LEADING}
    names = frozenset(part for name in question.names for part in known_by(name))
    parts = form(question.text)
    subject, rest = subject_and_rest(parts.rest, question.names)
    named = {stem(word) for word in words(subject)} | names
    actions = tuple(own for own in asked if own not in named)
    participle = parts.auxiliary.lower() in BE | {"has", "have", "had"}
    done = [word for word in words(rest) if word not in STOP_WORDS]
    verbs = [word for word in done if is_verb(word)] if participle else done
    verb = stem(verbs[0]) if verbs else ""
    return _Supposed(
        question.text,
        asked,
        _alike(asked, sentences),
        names,
        actions or tuple(asked),
        verb,
        passive=parts.auxiliary.lower() in BE,
        asks_who=not parts.auxiliary or (parts.asked.lower() == "who" and not subject),
    )


def _sentences(measured: Sequence[Bearing]) -> list[_Sentence]:
    """Those that tell something, and ask nothing, each with what stands before it."""
    stems = {
        (each.passage.article_id, each.passage.number): stems_of(searchable_text(each.passage))
        for each in measured
    }
    return [
        _Sentence(
            bearing,
            _words_of(bearing.passage.text),
            stems[bearing.passage.article_id, bearing.passage.number],
            stems.get((bearing.passage.article_id, bearing.passage.number - 1), frozenset()),
            denials(bearing.passage.text),
        )
        for bearing in measured
        if not bearing.passage.text.rstrip("\"'”’)").endswith("?")
    ]


@lru_cache(maxsize=16_384)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(words(text)) - STOP_WORDS


def _alike(
    asked: Mapping[str, str], sentences: Sequence[_Sentence]
) -> Mapping[str, frozenset[str]]:
    """The words told that mean much the same as each asked one, by its stem."""
    told = sorted(frozenset[str]().union(*(sentence.words for sentence in sentences)))
    near = likeness(list(asked.values()), told) >= _ALIKE
    return {
        own: frozenset(word for word, alike in zip(told, row, strict=True) if alike)
        for own, row in zip(asked, near, strict=True)
    }


def _rules(question: Question) -> Sequence[_Rule]:
    text = question.text
    if not form(text).auxiliary:
        return (_not_done, _opposed) if question.kind == "person" else ()
    if any(is_denying(word) for word in words(text)) or _DID_NOT.search(text):
        return (_done_after_all, _opposed)
    if _NEGATED.search(text):
        return ()
    if question.kind == "number":
        much = re.search(r"(?i)\bhow (?:much|long)\b", text)
        return (_opposed, _counted) if much else (_counted,)
    if question.kind == "place" and form(text).auxiliary.lower() in BE:
        return (_not_done,)  # where something is legal, another place may ban it
    considered = (_only_considered,) if _PAST.search(text) else ()
    return (_not_done, _opposed, _counted, _another_did, *considered)


def _not_done(supposed: _Supposed, sentence: _Sentence) -> str | None:
    return _denied(supposed.actions, sentence.denials)


def _opposed(supposed: _Supposed, sentence: _Sentence) -> str | None:
    """The asked word whose opposite stands in the sentence, itself not being there."""
    for word in supposed.asked:
        against = opposites(word) & sentence.stems
        if not against or same_side(word) & sentence.stems:
            continue
        if any(against & set(denial.words) for denial in sentence.denials):
            continue
        if word in WINNING | LOSING and not _of_the_same_side(supposed, sentence.text, against):
            continue
        if supposed.asks_who and not supposed.names & sentence.stems:
            continue
        return word
    return None


def _of_the_same_side(supposed: _Supposed, text: str, against: frozenset[str]) -> bool:
    """Whether "defeat to Del Potro" is told of whom the question says that they won."""
    subject = next(iter(supposed.asked))
    if supposed.asks_who:
        return False  # "Which team beat Arsenal?" supposes nothing of a team
    for match in re.finditer(r"[^\W\d_]+", text):
        said = match.group().lower()
        if stem(said) not in against:
            continue
        following = re.match(rf"\s+(?P<lead>to|by|against|over)?\s*{_NAME}", text[match.end() :])
        if following is None:
            return True
        named = subject in stems_of(following.group("name"))
        if said in {"winner", "winners", "victor", "champion", "champions"}:
            return named
        return not named and (said not in {"defeated", "beaten"} or bool(following.group("lead")))
    return False


def _counted(supposed: _Supposed, sentence: _Sentence) -> str | None:
    """The number of the question, where the sentence has another for the same thing."""
    if supposed.verb and supposed.verb not in sentence.stems:
        return None
    for wanted in quantities(supposed.text):
        number = next((own for own, word in supposed.asked.items() if wanted.is_written(word)), "")
        others = [told for told in quantities(sentence.text) if told.differs(wanted)]
        if number and others and supposed.held(sentence, number) >= _COUNTED_LEAST:
            return number
    return None


def _only_considered(supposed: _Supposed, sentence: _Sentence) -> str | None:
    if supposed.verb not in supposed.asked:
        return None
    for match in _CONSIDERED.finditer(sentence.text):
        if supposed.verb in {stem(each) for each in words(match.group(1))}:
            return supposed.verb
    considered = _ONLY_CONSIDERED.search(sentence.text) is not None
    return supposed.verb if considered and supposed.verb not in sentence.stems else None


def _done_after_all(supposed: _Supposed, sentence: _Sentence) -> str | None:
    """Asked why someone refused to or did not, where the sentence has it done."""
    if sentence.denials or not denied_with(supposed.done) & sentence.stems:
        return None
    if supposed.refusal:
        return None if supposed.refusal in sentence.stems else supposed.refusal
    return supposed.done if supposed.held(sentence, supposed.done) == 1.0 else None


def _another_did(supposed: _Supposed, sentence: _Sentence) -> str | None:
    """As in "sent off by referee Dean", where Probert is asked about; "Boyd beat Hall" of Hall."""
    subject = next(iter(supposed.asked), "")
    if subject not in supposed.names or not supposed.verb or supposed.passive:
        return None
    for match in re.finditer(r"[^\W\d_]+", sentence.text):
        if stem(match.group().lower()) != supposed.verb:
            continue
        after, before = sentence.text[match.end() :], sentence.text[: match.start()]
        by = re.match(rf"[^,;:.]{{0,40}}?\bby\s+(?:the\s+|[a-z]+\s+){{0,3}}{_NAME}", after)
        if by is not None:
            return None if subject in stems_of(by.group("name")) else supposed.verb
        doer = re.search(rf"{_NAME}\s+(?:has\s+|had\s+|have\s+)?$", before)
        done_to = re.match(rf"\s+(?:[a-z]+\s+){{0,3}}{_NAME}", after)
        if doer is not None and done_to is not None and subject in stems_of(done_to.group("name")):
            swapped = stems_of(doer.group("name")) & supposed.names - {subject}
            return supposed.verb if swapped else None
    return None


def _borne_out(
    supposed: _Supposed,
    word: str,
    held: float,
    sentences: Sequence[_Sentence],
    rules: Sequence[_Rule],
) -> bool:
    """Whether some sentence says what is supposed, and speaks of as much of the rest."""
    denying = _done_after_all in rules
    for sentence in sentences:
        if denying and _denied([supposed.done], sentence.denials):
            if supposed.held(sentence, word) >= held:
                return True
            continue
        said = same_side(word) & sentence.stems
        if not said or supposed.held(sentence, word) < held:
            continue
        if word in WINNING | LOSING and not _of_the_same_side(supposed, sentence.text, said):
            continue
        if not any(rule(supposed, sentence) for rule in rules):
            return True
    return False
