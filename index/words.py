"""Words as they are compared: lower case, without accents, stemmed, without the little ones."""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:[.,][0-9]+)*(?:[’'][a-z]+)?")

STOP_WORDS = frozenset(
    "a about after all also am an and any anyone anything are as at be because been before "
    "being between both but by can could did do does doing done during each either for from "
    "get had has have having he her here hers him his how i if in into is it its just let "
    "like many may me might more most much must my no nor not now of off on one only or other "
    "our out over own per please shall she should so some somebody someone something such "
    "than that the their them then there these they this those through to too under until up "
    "upon us was we were what whats when where which while who whom whose whos why will with "
    "within without would you your article story tell know according mentioned mention says".split()
)
# Irregular forms that no suffix rule brings together, the ones that news uses: past then base.
_IRREGULAR = dict(
    pair.split(":")
    for pair in (
        "said:say told:tell thought:think felt:feel made:make took:take taken:take gave:give "
        "given:give went:go gone:go came:come became:become began:begin begun:begin bought:buy "
        "brought:bring built:build caught:catch chose:choose chosen:choose drove:drive "
        "driven:drive fell:fall fallen:fall fought:fight found:find flew:fly flown:fly got:get "
        "grew:grow grown:grow heard:hear held:hold kept:keep knew:know known:know led:lead "
        "left:leave lost:lose meant:mean met:meet paid:pay ran:run rose:rise risen:rise saw:see "
        "seen:see sent:send shot:shoot sold:sell spent:spend spoke:speak spoken:speak stole:steal "
        "stolen:steal stood:stand struck:strike taught:teach threw:throw thrown:throw "
        "understood:understand won:win wore:wear worn:wear wrote:write written:write "
        "children:child men:man women:woman people:person died:die dead:die death:die dying:die "
        "deaths:die killing:kill born:birth"
    ).split()
)


def plain(text: str) -> str:
    """Lower case, straight apostrophes, no accents: "Māori’s" is "maori's"."""
    text = text.lower().replace("’", "'")
    if text.isascii():
        return text
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text)
        if not unicodedata.combining(letter)
    )


def words(text: str) -> list[str]:
    """Every word of `text` in order, plain and without the possessive."""
    return [_without_possessive(found) for found in _WORD.findall(plain(text))]


def content_words(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order, repeats kept."""
    return [stem(word) for word in words(text) if word not in STOP_WORDS]


def _without_possessive(word: str) -> str:
    return word.removesuffix("'s").split("'", 1)[0] if "'" in word else word


_SUFFIXES_2 = (
    "ational:ate tional:tion enci:ence anci:ance izer:ize abli:able alli:al entli:ent eli:e "
    "ousli:ous ization:ize ation:ate ator:ate alism:al iveness:ive fulness:ful ousness:ous "
    "aliti:al iviti:ive biliti:ble"
)
_SUFFIXES_3 = "icate:ic ative: alize:al iciti:ic ical:ic ful: ness:"
_SUFFIXES_4 = (
    "ement: ment: ance: ence: able: ible: ant: ent: ism: ate: iti: ous: ive: ize: ion: al: "
    "er: ic: ou:"
)


def _rules(listed: str) -> tuple[tuple[str, str], ...]:
    return tuple((rule.split(":")[0], rule.split(":")[1]) for rule in listed.split())


_STEP_2, _STEP_3, _STEP_4 = _rules(_SUFFIXES_2), _rules(_SUFFIXES_3), _rules(_SUFFIXES_4)


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Porter's stem (Program 14(3), 1980), as SQLite's "porter" does, after irregular forms."""
    word = _IRREGULAR.get(word, word)
    if len(word) <= 2 or not word.isalpha() or not word.isascii():
        return word
    word = _BRITISH_OUR.sub("or", _BRITISH_ISE.sub(r"iz\1", word))
    word = _plural(word)
    word = _past(word)
    if word.endswith("y") and "v" in _shape(word[:-1]):
        word = word[:-1] + "i"
    word = _replaced(word, _STEP_2, 0)
    word = _replaced(word, _STEP_3, 0)
    word = _replaced(word, _STEP_4, 1)
    if word.endswith("e"):
        base = word[:-1]
        if _measure(base) > 1 or (_measure(base) == 1 and not _short(base)):
            word = base
    if word.endswith("ll") and _measure(word) > 1:
        word = word[:-1]
    return word


# "criticised" meets "criticized", "labour" meets "labor"; that "rise" becomes "rize" is no harm.
_BRITISH_ISE = re.compile(r"is(e[drs]?|ing|ations?)$")
_BRITISH_OUR = re.compile(r"our(?=s?$|ed$|ing$|able$)")


def _shape(word: str) -> str:
    """A "v" for each vowel and a "c" for each consonant; "y" is a vowel after a consonant."""
    shape = ""
    for letter in word:
        vowel = letter in "aeiou" or (letter == "y" and shape.endswith("c"))
        shape += "v" if vowel else "c"
    return shape


def _measure(word: str) -> int:
    return len(re.findall("v+c+", _shape(word)))


def _short(word: str) -> bool:
    return _shape(word).endswith("cvc") and word[-1] not in "wxy"


def _plural(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def _past(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    for suffix in ("ed", "ing"):
        base = word.removesuffix(suffix)
        if base != word and "v" in _shape(base):
            if base.endswith(("at", "bl", "iz")):
                return base + "e"
            if base[-1:] == base[-2:-1] and _shape(base[-1]) == "c" and base[-1] not in "lsz":
                return base[:-1]
            return base + "e" if _measure(base) == 1 and _short(base) else base
    return word


def _replaced(word: str, rules: tuple[tuple[str, str], ...], least: int) -> str:
    for suffix, replacement in rules:
        if word.endswith(suffix):
            base = word[: -len(suffix)]
            if suffix == "ion" and not base.endswith(("s", "t")):
                return word
            return base + replacement if _measure(base) > least else word
    return word
