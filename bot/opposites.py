"""Words that news uses for opposite outcomes: granted or denied, convicted or acquitted.

Each side of a pair lists words that say much the same. A word in brackets has other meanings too,
so it counts where a question uses it and never as what a sentence says; a word in square brackets
only as what a sentence says.
"""

import re
from collections import defaultdict
from collections.abc import Mapping

from index.words import stem

_PAIRS = """
agree agreed accept accepted consent consented approve approved grant granted
    | refuse refused reject rejected decline declined deny denied veto vetoed refusal rejection
allow allowed permit permitted legalise legalised legalize legalized (legal) (let) (authorise)
    | ban banned prohibit prohibited forbid forbidden forbade barred illegal outlawed unlawful
support supported supporter favoured endorse endorsed praise praised welcomed (back) (favour)
    (favor) | oppose opposed opposes opposition reject rejected criticise criticised criticized
    criticize condemn condemned denounce denounced slammed lambasted
win won wins winning winner victory triumph triumphed victorious beat beats
    | lose lost loss losing [defeat] [defeated] [beaten]
convict convicted conviction guilty jailed imprisoned sentenced [fined] (fine)
    | acquit acquitted acquittal innocent cleared exonerated mistrial deadlocked (dropped)
uphold upheld | overturn overturned quash quashed reversed annulled
rise rose risen increase increased grow grew grown climb climbed gained improve improved (gain)
    | fall fell fallen drop dropped decrease decreased decline declined shrink shrank shrunk
    deteriorate deteriorated worsen worsened plunged slumped (reduce)
survive survived survivor alive (rescue) | die died killed dead (kill)
raise raised | cut lowered reduced slashed (lower) (reduce)
hire hired appoint appointed | fire fired sacked dismissed ousted (sack) (dismiss)
succeed succeeded success successful | fail failed failure unsuccessful
pass passed | rejected defeated
release released freed (free) | detained imprisoned custody remained (hold) (jail)
confirm confirmed admit admitted confess confessed acknowledge acknowledged concede conceded
    | deny denied denies denial
peaceful peacefully | violent violence
cancel cancelled canceled scrap scrapped abandon abandoned | scheduled
agree unanimous unanimously unanimity | disagree disagreed disagreement divided (split) (dissent)
strengthen strengthened | weaken weakened
tighten tightened | eased loosened (relax) (ease)
expand expanded extend extended | shrink shrank shorten shortened curtailed
encourage encouraged urge urged | discourage discouraged
reveal revealed disclose disclosed | withheld conceal concealed hid hidden (hide)
safe safely | dangerous unsafe hazardous
easy easily | struggled difficult (struggle)
love loved | hate hated
huge large enormous (big) | small tiny
keep kept retain retained | stripped
(withdraw) (remove) | installed
worried concerned worry afraid | confident unconcerned
"""
# Words of which one that is denied denies the others: "agreed not to engage" of "meet".
_ALIKE_DENIED = """
meet engage negotiate talk
talk speak spoken spoke
arrest detain detained
hurt injure injured wounded
resign quit
attack assault
shut close
find discover
apologise apologize apology sorry
desert abandon leave
pay paid posted
charge file
"""
# What a prefix turns round; of any other word it makes another word: "inform", "dismiss".
_TURNED = (
    "un:safe happy popular fair able willing aware lawful constitutional armed likely necessary "
    "successful healthy harmed injured hurt changed affected certain clear satisfied known "
    "expected paid married reliable true realistic acceptable "
    "in:correct accurate sufficient complete effective adequate active appropriate secure "
    "sincere capable "
    "im:possible proper mature moral il:legal legitimate ir:responsible relevant regular "
    "dis:agree approve honest satisfied loyal trust obey respect qualified prove"
)


def _stems(side: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words that a question may use, and those of them that a sentence may."""
    asked = {stem(word.strip("()")) for word in side.split() if not word.startswith("[")}
    said = {stem(word.strip("[]")) for word in side.split() if not word.startswith("(")}
    return frozenset(asked), frozenset(said)


def _read() -> tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]:
    opposite: defaultdict[str, set[str]] = defaultdict(set)
    alike: defaultdict[str, set[str]] = defaultdict(set)
    for pair in re.split(r"\n(?!\s)", _PAIRS.strip()):
        sides = [_stems(side) for side in pair.split("|")]
        for (asked, said), (_, others) in (sides, sides[::-1]):
            for word in asked:
                opposite[word] |= others - asked
                alike[word] |= said
    prefix = ""
    for word in _TURNED.split():
        start, _, base = word.rpartition(":")
        prefix = start or prefix
        opposite[stem(base)].add(stem(prefix + base))
        opposite[stem(prefix + base)].add(stem(base))
    return (
        {word: frozenset(found) for word, found in opposite.items()},
        {word: frozenset(found) for word, found in alike.items()},
    )


_OPPOSITE, _ALIKE = _read()
_DENIED = [frozenset(map(stem, line.split())) for line in _ALIKE_DENIED.strip().splitlines()]
WINNING, LOSING = (_stems(side)[0] for side in ("win beat triumph victory", "lose loss"))


def opposites(word: str) -> frozenset[str]:
    """The stems that say the contrary of the stem `word`."""
    return _OPPOSITE.get(word, frozenset())


def same_side(word: str) -> frozenset[str]:
    """The stem `word` and those that say much the same."""
    return _ALIKE.get(word, frozenset()) | {word}


def denied_with(word: str) -> frozenset[str]:
    """The stems that deny the stem `word` too where they are denied."""
    return same_side(word).union(*(group for group in _DENIED if word in group))
