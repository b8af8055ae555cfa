"""The words that give somebody's words: "said", "according to", "believes", "the poll shows".

Verbs are listed by what may follow them, because "he found his keys" is no attribution and
"he found that ..." is one. Which verbs belong here was checked against the cues of PolNeAR's
training part. How far each is to be trusted, and in which sentences, `confidence.json` says.
"""

from dataclasses import dataclass
from typing import Literal

Strength = Literal["speech", "stance", "clause", "weak", "open"]


@dataclass(frozen=True)
class Cue:
    """A verb that may attribute words to its subject."""

    lemma: str
    strength: Strength
    """speech: always; stance: what is wanted, praised, denied; clause: only with a "that" clause;
    weak: only beside a quotation; open: now and then, as the confidence that was learned says."""
    form: Literal["base", "third", "past", "participle", "ing"]


_SPEECH = (
    "say tell write add note argue announce suggest tweet declare explain state claim insist "
    "reply respond recall stress warn conclude acknowledge admit assert contend allege reiterate "
    "maintain predict remark joke caution complain lament quip comment emphasize emphasise boast "
    "confess testify opine muse retort reason exclaim recount elaborate clarify interject "
    "proclaim disclose reveal confirm speculate estimate promise vow pledge assure remind inform "
    "advise recommend imply hint signal report mention describe chant shout yell scream cry "
    "whisper ask wonder brag gush counter observe affirm reaffirm pronounce message email text "
    "blog post summarise summarize philosophise theorise theorize plead implore urge beg intone "
    "chime echo apologise apologize proffer venture answer repeat swear attest profess surmise "
    "posit postulate relate enthuse grumble grouse gripe gloat crow marvel rant fume snap scoff "
    "sniff murmur mutter bellow thunder roar deadpan retweet forecast foresee allude discuss "
    "talk certify reckon chuckle laugh agree disagree react accuse outline stipulate underline"
).split()
_STANCE = (
    "believe think want hope expect fear plan intend wish prefer propose endorse oppose support "
    "criticize criticise denounce condemn praise blame deny dismiss reject refuse decline demand "
    "call question defend applaud slam blast attack mock rail tout cite trash bash skewer pan "
    "excoriate taunt savage lament feel doubt worry suspect favor favour back welcome hail decry "
    "deride lambast assail rebuke chide deem regard view consider envision portray liken "
    "characterize characterise label dub credit thank congratulate challenge dispute contradict "
    "refute rebut disavow promote advocate champion threaten decide voice express cast highlight "
    "underscore cheer boo invoke order request mull complain laud bemoan backtrack ridicule "
    "castigate scold admonish lash encourage press persuade convince offer seek point refer "
    "appeal protest object rule forecast project compare anticipate regret resent admire love "
    "hate dislike envisage warn speak accept recognize recognise imagine understand know assume "
    "aim acknowledge dream detail downplay resolve name embrace identify invite trust"
).split()
_CLAUSE = (
    "concede find show indicate learn notice realize realise remember read mean see hear "
    "demonstrate discover determine guess hold figure prove calculate teach gather hypothesize "
    "foresee rule know understand conclude judge infer suppose appreciate care forget record "
    "list presume decide fret"
).split()
_WEAK = (
    "go start begin continue address laugh smile nod sigh shrug grin offer put urge charge joke "
    "sing read open close finish interrupt break beam sneer gasp croak drawl groan growl hiss "
    "interject moan pray quote rasp reflect share sob stammer volunteer wail weep deliver "
    "release shoot snarl fire hit retaliate thunder issue publish warn advance label brand term "
    "title follow push vent"
).split()
_OPEN = (
    "acquiesce adopt appoint approve articulate author authorize authorise avoid balk bark "
    "belittle bristle celebrate choose concur contemplate contrast convey count define "
    "depict differ disparage disregard distance distrust double dwell empathize empathise enact "
    "exemplify exhort explore extol focus foreshadow frame give grapple guarantee heckle herald "
    "hesitate ignore illustrate include instruct insult interpret intimate introduce justify "
    "lecture lobby look make mandate nominate opt overstate perceive pitch ponder position preach "
    "prescribe present prohibit provide publicize publicise raise rank ratify reassure rebuff "
    "recite reconsider relish renounce reprimand repudiate require resist restrict rethink revere "
    "revile revise revisit satirize scorn side sound spar spurn strive sue symbolize symbolise "
    "trumpet try unveil utter veto vie vote vouch withhold witness"
).split()
_IRREGULAR = {
    "choose": ("chose", "chosen"),
    "make": ("made", "made"),
    "give": ("gave", "given"),
    "withhold": ("withheld", "withheld"),
    "rethink": ("rethought", "rethought"),
    "spar": ("sparred", "sparred"),
    "rebut": ("rebutted", "rebutted"),
    "fret": ("fretted", "fretted"),
    "say": ("said", "said"),
    "tell": ("told", "told"),
    "write": ("wrote", "written"),
    "think": ("thought", "thought"),
    "feel": ("felt", "felt"),
    "swear": ("swore", "sworn"),
    "begin": ("began", "begun"),
    "find": ("found", "found"),
    "show": ("showed", "shown"),
    "read": ("read", "read"),
    "mean": ("meant", "meant"),
    "see": ("saw", "seen"),
    "hear": ("heard", "heard"),
    "hold": ("held", "held"),
    "know": ("knew", "known"),
    "understand": ("understood", "understood"),
    "teach": ("taught", "taught"),
    "foresee": ("foresaw", "foreseen"),
    "forget": ("forgot", "forgotten"),
    "go": ("went", "gone"),
    "shoot": ("shot", "shot"),
    "hit": ("hit", "hit"),
    "pan": ("panned", "panned"),
    "put": ("put", "put"),
    "sing": ("sang", "sung"),
    "seek": ("sought", "sought"),
    "speak": ("spoke", "spoken"),
    "cast": ("cast", "cast"),
    "forecast": ("forecast", "forecast"),
    "break": ("broke", "broken"),
    "weep": ("wept", "wept"),
    "beg": ("begged", "begged"),
    "plan": ("planned", "planned"),
    "brag": ("bragged", "bragged"),
    "admit": ("admitted", "admitted"),
    "refer": ("referred", "referred"),
    "prefer": ("preferred", "preferred"),
    "infer": ("inferred", "inferred"),
    "regret": ("regretted", "regretted"),
    "quip": ("quipped", "quipped"),
    "snap": ("snapped", "snapped"),
    "slam": ("slammed", "slammed"),
    "dub": ("dubbed", "dubbed"),
    "label": ("labeled", "labelled"),
    "grin": ("grinned", "grinned"),
    "sob": ("sobbed", "sobbed"),
    "retort": ("retorted", "retorted"),
    "dream": ("dreamed", "dreamt"),
    "blog": ("blogged", "blogged"),
    "nod": ("nodded", "nodded"),
}
# What may stand first in a "..., said Smith" order.
_INVERTIBLE = frozenset(
    "say write add ask note explain reply declare tweet argue shout recall state quip remark cry "
    "announce observe read continue exclaim insist claim report joke warn conclude respond "
    "retort go yell think admit lament begin".split()
)
# "called for", "points to": these need their particle, or a quotation, to be anybody's words.
PARTICLES = {
    "call": frozenset("for on to".split()),
    "point": frozenset("out to".split()),
    "speak": frozenset("of about out against".split()),
    "talk": frozenset(["about"]),
    "refer": frozenset(["to"]),
    "press": frozenset(["for"]),
    "push": frozenset(["for", "back"]),
    "appeal": frozenset(["for", "to"]),
    "lash": frozenset(["out"]),
    "care": frozenset(["about"]),
    "dream": frozenset(["of"]),
    "rail": frozenset(["against"]),
    "agree": frozenset("that with to on".split()),
    "allude": frozenset(["to"]),
    "laugh": frozenset(["at"]),
}

# Nouns for words: "his claim that", "Smith's promise to".
NOUN_CUES = frozenset(
    "claim claims statement suggestion belief assertion argument promise promises warning "
    "warnings call calls demand demands proposal plan pledge vow contention allegation "
    "allegations insistence view prediction desire hope hopes fear fears concern concerns "
    "conclusion decision refusal assessment estimate description complaint remark remarks "
    "comment comments opinion assurance accusation accusations acknowledgment admission "
    "announcement declaration attack attacks criticism criticisms opposition endorsement "
    "endorsements support approval disapproval objection objections backing praise anger outrage "
    "frustration skepticism scepticism doubt doubts anxiety optimism enthusiasm disdain dislike "
    "message pitch case argument arguments position stance views proposals plans comment speech "
    "speeches question questions answer response reaction request requests order invitation "
    "threat threats apology defense defence denial explanation preference commitment bid effort "
    "push campaign pressure recommendation recommendations advice assurances reference".split()
)
# "made a promise", "has doubts".
OWN_VERBS = frozenset(
    "made make makes making gave give gives giving issued issue issues have has had having "
    "expressed voiced raised delivered offered sent released".split()
)
# What one may have: "has doubts about", but not "has the support of".
HELD = frozenset(
    "belief plan plans desire hope hopes fear fears concern concerns view views opinion anxiety "
    "objection objections doubt doubts question questions reaction position stance".split()
)
COPULAS = frozenset(
    "remain remains remained seem seems seemed appear appears appeared feel feels felt look looks "
    "looked sound sounds sounded became become".split()
)
# Verbs whose forms are nouns too: "the claims", "plans"; the others are verbs wherever they stand.
NOUN_LIKE = frozenset(
    "claim report call plan hope fear demand vote offer question detail comment remark address "
    "sign support state estimate promise attack note rule show find view answer request order "
    "forecast project post message email quote charge worry doubt desire want like love back "
    "favor favour list record read mean release issue text tweet mention boast praise blame "
    "challenge dispute label brand credit thank welcome appeal protest press push object accept "
    "name identify trust highlight vow pledge warn joke reason counter advance land mock slam "
    "blast trash fire shot start stress signal guess care judge study hear set chant shout cry "
    "scream update result talk brag debate focus reflect share aim dream voice cast cheer boo "
    "wish advocate estimate complaint document pronounce experience author balk contrast "
    "count distance double focus frame give guarantee herald insult lecture lobby look make "
    "figure mandate pitch position raise rank scorn side sound spar trumpet try veto vote "
    "witness".split()
)
# "is confident that", "are worried about".
ADJECTIVE_CUES = frozenset(
    "confident sure certain aware worried concerned convinced optimistic hopeful skeptical "
    "sceptical wary adamant happy glad sorry proud disappointed surprised shocked angry afraid "
    "eager willing determined opposed excited pleased delighted furious frustrated grateful "
    "critical supportive dismissive doubtful unhappy unsure clear keen reluctant uncertain "
    "quick upset impressed vocal open satisfied dissatisfied outspoken divided "
    "committed alarmed outraged nervous leery enthusiastic enamored ready interested tired sick "
    "fed anxious mindful dismayed stunned horrified offended bothered sympathetic amenable "
    "hesitant prepared inclined united resigned cautious relieved comfortable uncomfortable "
    "insistent resolute steadfast passionate serious unequivocal emphatic blunt scathing "
    "thankful thrilled troubled unconvinced undecided unimpressed mad pessimistic bullish "
    "bearish puzzled perplexed focused".split()
)


def _inflections(lemma: str) -> dict[str, str]:
    """Each written form of a regular or listed verb -> its form's name."""
    past, participle = _IRREGULAR.get(lemma, ("", ""))
    stem = lemma.removesuffix("e")
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        third, regular, ing = lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"
    else:
        third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "go")) else "s")
        regular = stem + "ed"
        ing = (lemma if lemma.endswith("ee") else stem) + "ing"
    doubled = past.endswith("ed") and len(past) == len(lemma) + 3 and past[-3] == lemma[-1]
    if doubled or lemma == "put":
        ing = lemma + lemma[-1] + "ing"
    forms = {lemma: "base", third: "third", past or regular: "past", ing: "ing"}
    forms.setdefault(participle or regular, "participle")
    return forms


def _lexicon() -> dict[str, Cue]:
    lexicon: dict[str, Cue] = {}
    groups: tuple[tuple[Strength, list[str]], ...] = (
        ("speech", _SPEECH),
        ("stance", _STANCE),
        ("clause", _CLAUSE),
        ("weak", _WEAK),
        ("open", _OPEN),
    )
    for strength, lemmas in groups:
        for lemma in lemmas:
            for written, form in _inflections(lemma).items():
                lexicon.setdefault(written, Cue(lemma, strength, form))  # type: ignore[arg-type]
    return lexicon


CUES = _lexicon()
"""Written form -> its cue; a constant."""


def invertible(cue: Cue) -> bool:
    """Whether the speaker may stand after the verb: "..., said Smith"."""
    return cue.lemma in _INVERTIBLE and cue.form in {"past", "third"}
