"""Questions about someone's words: which passages are theirs, and who else speaks of it."""

import itertools
import re
from collections.abc import Collection, Sequence

from bot.bearing import Bearing, known_by, stems_of
from index.alike import likeness
from index.passages import Passage
from index.questions import Question
from index.speakers import Speaker
from index.words import content_words, words

# A sentence by the narrator can still tell someone's view: "Zuma denied", "the bank refused".
_TELLS_A_VIEW = (
    r"(?:sa(?:id|ys?)|told|tells|den(?:y|ied|ies)|refus\w+|declin\w+|accus\w+|agree[ds]?|"
    r"disagree[ds]?|believ\w+|thinks?|thought|wants?|wanted|calls?|called|urg\w+|oppos\w+|"
    r"support\w*|back(?:s|ed)|critici[sz]\w+|warn\w*|claim\w*|argu\w+|insist\w*|promis\w+|"
    r"comment\w*|welcom\w+|prais\w+|condemn\w*|reject\w*|describ\w+|announc\w+|demand\w*|"
    r"hop(?:e[ds]?|ing)|respond\w*|express\w*|vow\w*|pledg\w+|apologi[sz]\w+|admit\w*)"
)
_FULL_NAME = r"[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)+"
_SHORTENED = {
    "capt": "captain", "cllr": "councillor", "cmdr": "commander", "col": "colonel",
    "det": "detective", "gen": "general", "gov": "governor", "lt": "lieutenant",
    "prof": "professor", "rep": "representative", "rev": "reverend", "sen": "senator",
    "sgt": "sergeant", "supt": "superintendent",
}  # fmt: skip
_MARKS = re.compile('["“”]')
ON_TOPIC = 0.45  # of the topic's words, by rarity, so much must be spoken of
_ASKS = re.compile(r"\?[\"”’']?\s*$|\b[Aa]sked\b")
LONGEST_LEAD = 2  # sentences in which somebody else puts a question
MOST_ANSWERED = 4  # sentences of the reply
NEAR = 0.6  # cosine of question and sentence; so near it is on the topic in other words
SAME = 0.7  # cosine; cops/police, lawyers/attorneys


def words_of(name: str, passages: Sequence[Passage]) -> list[Passage]:
    """The passages that `name` speaks; a part of the name or of the description is enough."""
    theirs = _spoken_by(name, passages)
    if theirs or name[:1].isupper():
        return theirs
    # "The captain" is whoever the article calls so, also where it gives no description to a
    # speaker: "captain Jane Doe headed the winner".
    called = dict.fromkeys(who for passage in passages for who in _called(name, passage.text))
    everyone = (_spoken_by(who, passages) for who in called)
    return next((spoken for spoken in everyone if spoken), [])


def _spoken_by(name: str, passages: Sequence[Passage]) -> list[Passage]:
    return [
        passage
        for passage in passages
        if passage.speaker is not None and is_speaker(name, passage.speaker)
    ]


def _called(description: str, text: str) -> list[str]:
    """The full names that stand right behind a description in `text`."""
    wording = r"[\s-]+".join(map(re.escape, description.split()))
    found = re.finditer(rf"(?i:\b{wording})\s+({_FULL_NAME})", text)
    return [match.group(1) for match in found]


def views_told_of(name: str, passages: Sequence[Passage]) -> list[Passage]:
    """The narrator's sentences in which `name` is the one who says, thinks or refuses."""
    last = re.escape((name.split() or [r"\Z"])[-1])
    tells = re.compile(
        rf"(?i)\b{last}\b(?:,[^,]{{1,60}},)?(?: (?!is\b|was\b|are\b|were\b|been\b|to\b)[\w-]+)"
        rf"{{0,2}} {_TELLS_A_VIEW}\b|\baccording to (?:[\w-]+ ){{0,3}}{last}\b"
    )
    return [passage for passage in passages if tells.search(passage.text)]


def is_speaker(name: str, speaker: Speaker) -> bool:
    """Whether "Foster", "the mayor", "cops" or "police" means this speaker."""
    asked = frozenset(content_words(name))
    if not asked:
        return False
    if name[:1].isupper() and known_by(name) <= stems_of(speaker.name):
        return True
    if len(name.split()) > 1 and speaker.name == _initials(name):
        return True  # "JD:", as an interview calls Jane Doe after the first answer
    known = words(f"{speaker.name} {speaker.description}")
    known += [_SHORTENED[word] for word in known if word in _SHORTENED]
    if asked <= stems_of(" ".join(known)):
        return True
    if any(word[:1].isupper() for word in name.split()):
        return False
    called = [word for word in known if len(word) > 2]
    return bool(called) and float(likeness(words(name)[-1:], called).max()) >= SAME


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[:1].isupper())


def is_mentioned(name: str, passages: Sequence[Passage]) -> bool:
    """Whether any passage has the word by which `name` is known."""
    known = known_by(name)
    return any(known & stems_of(passage.text) for passage in passages)


def on_topic(theirs: Sequence[tuple[Bearing, float]], most: int = 6) -> list[Passage]:
    """Those of someone's sentences that speak of what is asked, best first."""
    if not theirs:
        return []
    reach = max(_topical(bearing) for bearing, _ in theirs)
    nearest = max(bearing.measures["dense"] for bearing, _ in theirs)
    if reach < ON_TOPIC and nearest < NEAR:
        return []
    return [
        bearing.passage
        for bearing, _ in theirs
        if _topical(bearing) >= 0.7 * max(reach, ON_TOPIC)
        or bearing.measures["dense"] >= max(0.9 * nearest, 0.3)
    ][:most]


def asked_about(
    theirs: Collection[Passage],
    scored: Sequence[tuple[Bearing, float]],
    passages: Sequence[Passage],
) -> list[Passage]:
    """What someone answers to a question on the topic: "Did it hurt?" and then "Not for long."."""
    topical = {bearing.passage for bearing, _ in scored if _topical(bearing) >= ON_TOPIC}
    found: list[Passage] = []
    put: list[Passage] = []  # the latest run of sentences that are not theirs
    answering = False
    for passage in passages:
        if passage not in theirs:
            put = [*put, passage] if not answering else [passage]
            answering = False
            continue
        lead = put[-LONGEST_LEAD:]
        asks = any(_ASKS.search(each.text) for each in lead[-1:])
        answering = answering or (asks and any(each in topical for each in lead))
        put = []
        if answering:
            found.append(passage)
    return found[:MOST_ANSWERED]


def with_words(chosen: Sequence[Passage], passages: Sequence[Passage]) -> list[Passage]:
    """`chosen`, and the quotation that a sentence without one leads to.

    "Yapp defended the decision." says little without the words of hers that follow it.
    """
    following = dict(itertools.pairwise(passages))
    kept = dict.fromkeys(chosen)
    for passage in chosen:
        after = following.get(passage)
        if after is None or passage.speaker is None or after.speaker is None:
            continue
        same = (after.article_id, after.speaker.name) == (passage.article_id, passage.speaker.name)
        if same and not _MARKS.search(passage.text) and _MARKS.match(after.text):
            kept[after] = None
    return list(kept)


def _topical(bearing: Bearing) -> float:
    """How much a sentence is on the topic: its words, or their like where the whole is near too."""
    measures = bearing.measures
    return max(measures["exact"], measures["covered"] * min(1.0, 0.4 + 1.5 * measures["dense"]))


def others_on(question: Question, scored: Sequence[tuple[Bearing, float]]) -> list[Passage]:
    """What everyone else says on the question's topic, best first."""
    return [
        bearing.passage
        for bearing, _ in scored
        if bearing.passage.speaker is not None
        and not is_speaker(question.speaker or "", bearing.passage.speaker)
        and bearing.measures["exact"] >= ON_TOPIC
    ]
