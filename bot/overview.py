"""Questions about the whole article: its subject, main points, times, speakers and sides.

They are answered from the article's structure, not from similarity to the question: the lead, the
speakers, and the sentences that stand for the others (maximal marginal relevance over shared
words: Carbonell and Goldstein 1998).
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.bearing import stems_of
from index.passages import Passage
from index.words import STOP_WORDS, stem, words

Asks = Literal["about", "points", "timeline", "speakers", "sides"]

POINTS = 5  # sentences of a summary
_DIVERSITY = 0.6  # how much a sentence loses for repeating one that is chosen already
_MOST_SIDES = 8

_THE_ARTICLE = (
    r"(?:this|that|it|(?:(?:this|the|that|your) )?(?:whole |entire |news )?"
    r"(?:article|story|text|report|piece|news|page|document|interview|match report)(?: all)?)"
)
_ABOUT = re.compile(
    rf"\bwhat(?:'s|s| is| was)? {_THE_ARTICLE}(?: all| mainly| mostly|"
    rf" basically)? (?:about|on|discuss\w*|deal\w* with)\b"
    rf"|\bwhat (?:does|do|did) {_THE_ARTICLE} (?:talk|speak|report|say|cover|discuss|"
    rf"deal|describe)(?: about| on| with)?$"
    rf"|\bwhat (?:is|was) (?:the )?(?:main |general |central |overall )?(?:topic|"
    rf"subject|theme|gist|story|news|headline|idea|message)(?: here| (?:of|"
    rf"in) {_THE_ARTICLE})?$"
    r"|\bwhat(?:'s|s) the (?:story|news|headline|gist|topic|subject|idea)(?: here)?$"
    r"|\bwhat(?:'s| is)? (?:happening|going on|being reported)(?: here)?$"
    r"|\bwhat happened(?: here)?(?: exactly)?$"
    rf"|^(?:tell me|explain|describe)(?: me)?(?: what)?(?: about)? {_THE_ARTICLE}(?: is about)?"
    r"(?: to me)?$|^(?:give me )?(?:the )?gist\b|\bin (?:a|one) (?:nutshell|sentence|few words)\b|"
    r"\bwhat (?:should|do) i (?:need to )?know\b"
)
_POINTS = re.compile(
    r"\bsummar(?:y|ise|ize|ies|ised|ized)\b|\b(?:main|key|most important|central|"
    r"major|important) (?:points?|facts?|takeaways?|ideas?|things?|details?|events?)\b"
    r"|\btl;?dr\b|\boverview\b|\btakeaways?\b|\bsum (?:it |this |that )?up\b"
    r"|\b(?:quick )?rundown\b|\bbullet points\b|\bwhat did i miss\b|^the essentials$"
    r"|\b(?:the )?short version\b|^long story short$|\bessence\b"
    r"|\bbrief me\b|\brecap\b|\boutline\b|\bhighlights\b"
    rf"|\bwhat (?:does|do) (?:we|you|i) learn (?:from|in) {_THE_ARTICLE}"
)
_TIMELINE = re.compile(
    r"\btime ?line\b|\bchronolog\w+\b|\b(?:sequence|order) of (?:the )?events\b"
    r"|\bwhat happened (?:when|and when|in (?:what )?order|first)\b|"
    r"\b(?:in )?what order did (?:things|it all|everything|events?|this) (?:happen|occur|unfold)"
    r"|\bwhat happened step by step\b|\bwalk me through\b|\bevents in order\b"
    r"|\bhow did (?:events|things|it|it all|this|everything) unfold\b"
    r"|\b(?:which|what) (?:dates?|times?|days)(?: and (?:dates|times|days))? (?:are|is|were) "
    r"(?:mentioned|given|named|in)\b|\bwhen did each (?:thing|event)\b"
    r"|\bwhen did (?:what|everything|things|it all) happen\b"
)
_SPEAKERS = re.compile(
    rf"\bwho(?: all| else)? (?:is|are|was|were|gets?)(?: all)? (?:being )?(?:quoted|"
    rf"cited|interviewed|speaking|heard|mentioned as speaking)(?: here|"
    rf" in {_THE_ARTICLE}| by {_THE_ARTICLE})?$"
    rf"|\bwho(?: all)? (?:speaks?|talks?|says? (?:something|anything)|has (?:a say|spoken|"
    rf"something to say)|comment(?:s|ed)?|gets to speak|is (?:mentioned|named)|said what)"
    rf"(?: here| in {_THE_ARTICLE})?$"
    rf"|\bwho (?:are|were) (?:all )?(?:the )?(?:key |main )?(?:people|players|persons)"
    rf"(?: quoted| cited| involved)?(?: here| in {_THE_ARTICLE})?$"
    rf"|\bwhose (?:opinions|views|voices|words)\b.*\b(?:in {_THE_ARTICLE}|hear)\b"
    rf"|\b(?:whose|which|what) (?:voices|people|persons|experts|officials|"
    rf"politicians|sources|speakers|words|"
    rf"quotes)\b.*\b(?:quoted|cited|heard|speak\w*|appear|are (?:there|in)|used)\b"
    rf"|\b(?:list|name|show|give)(?: me)? (?:all )?(?:of )?(?:the )?(?:speakers|"
    rf"sources|people(?: quoted)?(?: in {_THE_ARTICLE})?$|quotes|people who (?:speak|are quoted))\b"
    rf"|\bwho (?:are|were) the (?:speakers|sources)\b|"
    rf"\bwho did {_THE_ARTICLE} (?:quote|cite|interview)\b|"
    rf"\bwho does {_THE_ARTICLE} (?:quote|cite|interview)\b"
)
_SIDES = re.compile(
    r"^(?:and )?who(?:'s| is| are| was| were)?(?: all)? (?:for|against|"
    r"in favou?r of|opposed to|supporting|opposing|supports?|opposes?|backs?|backing|"
    r"critici[sz]\w+|in support of|objects? to|(?:dis)?agrees? with|welcom\w+|condemn\w*|"
    r"critical of|unhappy (?:with|about)|angry (?:at|about)|happy (?:with|about)|pro|anti|"
    r"prais\w+|reject\w*)"
    r"(?: and (?:who(?: is|'s)? )?(?:for|against|opposes?|opposed to))? (?P<matter>(?!sale\b).+)$"
    r"|^(?:what are |give me |list )?(?:the )?(?:arguments?|reasons|case|pros and cons) "
    r"(?:for and against|for|against|of|about|in favou?r of) (?P<argued>.+)$"
    r"|^where do (?:people|they|all|the sides|parties|politicians) stand on (?P<stood>.+)$"
    r"|^who thinks (?P<thought>.+?) (?:is|are|was|were) (?:an? )?(?:good|bad|right|wrong|useful|"
    r"unfair|fair|necessary|unnecessary)\b.*$"
    r"|^who (?:wants|wanted) (?P<wanted>.+?) (?:to )?(?:end|ended|stop|stay|go|lifted|removed|"
    r"scrapped|kept)$"
    r"|^(?:which|what) (?:people|parties|politicians|groups|experts) (?:are |is )?(?:for|against|"
    r"critical of|in favou?r of|opposed to|opposed|oppose|support) (?P<which>.+)$"
    r"|^(?:what are )?(?:the )?(?:different )?(?:positions?|views?|opinions?|sides|"
    r"arguments?)(?: for and against| on| about| of)+ (?P<topic>.+)$"
)
_FAVOUR = frozenset(
    stem(word)
    for word in "support supports supported back backed backs favour favor endorse endorsed praise "
    "praised welcome welcomed agree agreed defend defended benefits good best protect protected "
    "voiced approve approved champion safe worth vital essential pro".split()
)
_AGAINST = frozenset(
    stem(word)
    for word in "oppose opposed opposes opposition against criticise criticised criticize "
    "criticized reject rejected condemn condemned protest protesters deny denied refuse end "
    "lift lifted remove removed stop ban wrong concern concerned warn warned fear fears objected "
    "object disagree disagreed violate gutless unfair harmful move rethink costs doubt".split()
)
_TIME = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|"
    r"August|September|October|November|December|(?:1[5-9]|20)\d\d|yesterday|today|"
    r"tonight|tomorrow|"
    r"this (?:morning|afternoon|evening|week|month|year)|last (?:night|week|month|year)|earlier|"
    r"\d{1,2}(?:[.:]\d\d)?\s?[ap]\.?m|(?:days?|weeks?|months?|years?) (?:ago|later|"
    r"before|earlier)|day \d+)\b"
)


@dataclass(frozen=True)
class Overview:
    """What a whole-article question asks for."""

    asks: Asks
    matter: str = ""
    """With "sides": what one can be for or against."""
    side: str = ""
    """With "sides": "for", "against", or empty for both."""


def asked_overview(text: str) -> Overview | None:
    """Whether a question is about the whole article, in any wording; None where it is not."""
    simple = " ".join(text.lower().replace("’", "'").split()).strip(" ?!.\"'")
    simple = re.sub(
        r"^(?:please |can you |could you |would you |so,? |and |ok,? |now )+", "", simple
    )
    simple = re.sub(r"(?: please| for me)+$", "", simple)
    if _TIMELINE.search(simple):
        return Overview("timeline")
    if _SPEAKERS.search(simple):
        return Overview("speakers")
    sides = _SIDES.search(simple)
    if sides:
        matter = next((named for named in sides.groupdict(default="").values() if named), "")
        return Overview("sides", matter, _side(simple))
    if _POINTS.search(simple) and not re.search(
        r"\bhighlights? of\b|\bsummary of (?!the article)", simple
    ):
        return Overview("points")
    if _ABOUT.search(simple):
        return Overview("about")
    return None


def overview(asked: Overview, passages: Sequence[Passage]) -> list[Passage]:
    """The sentences that answer, in article order; empty where the article has none.

    Args:
        asked: from `asked_overview`.
        passages: of one article, in order.
    """
    passages = [each for each in passages if not each.asks]
    if asked.asks == "about":
        return _central(passages, 2)
    if asked.asks == "points":
        return _central(passages, POINTS)
    if asked.asks == "timeline":
        return [each for each in passages if _TIME.search(each.text)][: 2 * POINTS]
    if asked.asks == "speakers":
        return _one_of_each(passages)
    return _sides(asked, passages)


def _central(passages: Sequence[Passage], most: int) -> list[Passage]:
    """The lead, then sentences that share most with the article and least with those chosen."""
    body = [each for each in passages if len(each.text) >= 40 or each.number == 0]
    if not body:
        return list(passages[:most])
    often = Counter(word for each in body for word in stems_of(each.text))
    chosen = [_lead(body)]
    while len(chosen) < min(most, len(body)):
        rest = [each for each in body if each not in chosen]
        chosen.append(
            max(rest, key=lambda each: _weight(each, often) - _DIVERSITY * _repeats(each, chosen))
        )
    return sorted(chosen, key=lambda each: each.number)


def _lead(body: Sequence[Passage]) -> Passage:
    """The first whole sentence; a headline above it has no full stop."""
    for each in body[:3]:
        if each.text.rstrip("\"'”’)").endswith((".", "!", "?")):
            return each
    return body[0]


def _weight(passage: Passage, often: Counter[str]) -> float:
    """How much a sentence stands for the article: its frequent words, and how early it is."""
    stems = stems_of(passage.text)
    shared = sum(math.log(often[word]) for word in stems) / (4 + len(stems))
    question = 0.5 if passage.text.endswith("?") else 0.0
    return shared + 1 / (2 + passage.number / 3) - question


def _repeats(passage: Passage, chosen: Sequence[Passage]) -> float:
    stems = stems_of(passage.text)
    return max(
        len(stems & stems_of(each.text)) / (len(stems | stems_of(each.text)) or 1)
        for each in chosen
    )


def _one_of_each(passages: Sequence[Passage]) -> list[Passage]:
    """Every speaker's first sentence, a direct quotation before a report of one."""
    best: dict[str, Passage] = {}
    for passage in passages:
        speaker = passage.speaker
        if speaker is None:
            continue
        known = best.get(speaker.name)
        if known is None or (_is_direct(passage) and not _is_direct(known)):
            best[speaker.name] = passage
    return sorted(best.values(), key=lambda each: each.number)


def _is_direct(passage: Passage) -> bool:
    return passage.speaker is not None and passage.speaker.kind != "indirect"


def _side(simple: str) -> str:
    against = re.search(
        r"\b(?:against|oppos\w+|critic\w+|objects?|disagrees?|condemn\w*|unhappy|angry|anti|"
        r"reject\w*|bad|wrong|unfair|unnecessary|end|ended|stop|go|lifted|removed|scrapped|cons)\b",
        simple,
    )
    favour = re.search(
        r"\b(?:for|favou?r|support\w*|back\w*|agrees?|welcom\w+|happy|pro|prais\w+|good|right|"
        r"useful|fair|necessary|stay|kept|pros)\b",
        simple,
    )
    return "" if bool(against) == bool(favour) else "against" if against else "for"


def _sides(asked: Overview, passages: Sequence[Passage]) -> list[Passage]:
    """Sentences on the matter that take a side, those of speakers before the narrator's."""
    matter = {stem(word) for word in words(asked.matter) if word not in STOP_WORDS}
    taking = []
    for passage in passages:
        stems = stems_of(passage.text)
        if not matter & stems:
            continue
        favour, against = bool(stems & _FAVOUR - matter), bool(stems & _AGAINST - matter)
        if (favour and asked.side != "against") or (against and asked.side != "for"):
            taking.append(passage)
    spoken = [each for each in taking if each.speaker is not None]
    return (spoken or taking)[:_MOST_SIDES]
