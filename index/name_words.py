"""The words that tell names apart: titles, kinds of group, months, first names."""

from typing import Literal

from index.first_names import FEMALE, MALE

Gender = Literal["m", "f", ""]

HONORIFICS: dict[str, Gender] = {
    "mr": "m", "mr.": "m", "sir": "m", "lord": "m", "king": "m", "prince": "m", "pope": "m",
    "mrs": "f", "mrs.": "f", "ms": "f", "ms.": "f", "miss": "f", "lady": "f", "dame": "f",
    "queen": "f", "princess": "f", "madam": "f", "baroness": "f", "duchess": "f", "duke": "m",
    "dr": "", "dr.": "", "mx": "", "mx.": "",
}  # fmt: skip
ROLES = frozenset(
    "president vice-president minister secretary chancellor chairman chairwoman chair "
    "chairperson leader senator sen sen. sens. representative rep rep. reps. congressman "
    "congresswoman governor gov gov. govs. mayor deputy commissioner superintendent supt supt. "
    "inspector insp. detective det det. constable const. sergeant sgt sgt. officer chief captain "
    "capt capt. lieutenant lt lt. colonel col col. general gen gen. admiral adm. major maj. "
    "commander cmdr. judge justice professor prof prof. rev rev. reverend bishop archbishop "
    "cardinal father sister imam rabbi ambassador speaker spokesman spokeswoman spokesperson "
    "director manager coach striker ceo cfo executive founder co-founder editor attorney sheriff "
    "councillor councilman councilwoman cllr mp msp pres. hon. premier taoiseach candidate "
    "nominee strategist analyst economist pollster host anchor reporter correspondent columnist "
    "author actor actress singer billionaire adviser advisor aide lawyer barrister prosecutor "
    "treasurer whip front-runner frontrunner historian scientist researcher doctor nurse teacher "
    "principal headteacher head boss owner player midfielder defender goalkeeper batsman bowler "
    "winger forward pastor activist resident protester student farmer businessman businesswoman "
    "mogul colleague rival democrat republican congressmen lawmaker legislator veteran official "
    "spokespeople organiser organizer".split()
)
GENDERED_WORDS: dict[str, Gender] = {
    "spokesman": "m", "chairman": "m", "congressman": "m", "businessman": "m", "father": "m",
    "councilman": "m", "son": "m", "husband": "m", "brother": "m", "actor": "m", "man": "m",
    "spokeswoman": "f", "chairwoman": "f", "congresswoman": "f", "businesswoman": "f",
    "sister": "f", "councilwoman": "f", "daughter": "f", "wife": "f", "actress": "f",
    "mother": "f", "woman": "f",
}  # fmt: skip
GROUP_WORDS = frozenset(
    "party committee university house department council police court company corporation inc "
    "inc. corp. ltd group association authority agency bureau board union institute foundation "
    "center centre commission ministry office service services bank news times post journal "
    "herald press magazine campaign coalition alliance movement network church college school "
    "hospital club team league fund society army force navy guard administration senate congress "
    "parliament assembly state states city county district street road avenue park island river "
    "lake bay hall tower hotel airport station stadium building republic kingdom north south "
    "east west america week day war act bill law amendment constitution convention conference "
    "summit debate election caucus primary cup championship olympics games report poll survey "
    "review democrats republicans conservatives statement google facebook twitter fox cnn msnbc "
    "nbc abc cbs bbc itv rnz tvnz federation trust partners holdings brigade ambulance".split()
)
NEVER_FIRST = frozenset(
    "new north south east west united supreme white great central national royal republican "
    "democratic american british federal international los las san santa saint st st. fort mount "
    "super wall fox associated good happy black high real first second third big old holy middle "
    "saudi sri hong costa puerto el general public social islamic state grand upper lower world "
    "european african asian latin hill capitol trump-pence air war home".split()
)
FIRST_NAMES = MALE | FEMALE
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june "
    "july august september october november december christmas easter thanksgiving".split()
)
NOT_NAMES = CALENDAR | frozenset(
    "watch see read click related photo video i a an the this that these those he she it they we "
    "you his her its their our my in on at as after before but and or so if when while then "
    "there here what who how why where for from by with some many most more one two three four "
    "five six seven eight nine ten however meanwhile also according since not no yes well now just "
    "still even yet once "
    "both each every all any few several another other such hers ours to of up down over under "
    "about because although though despite during until unless whether earlier later last next "
    "today yesterday tomorrow perhaps maybe instead asked speaking nor let don does did do is "
    "are was were be been has have had will would can could should may might must than like only "
    "too very much never always often again against between among through without within around "
    "across toward towards along behind beyond which whose whom added said says saying told mr "
    "mrs ms god okay ok".split()
) - {"mr", "mrs", "ms", "god"}
PARTICLES = frozenset("de del della da di du van von der den bin ibn al el la le ten ter".split())
JOINERS = frozenset("of the for and & on".split())
SUFFIXES = frozenset("jr jr. sr sr. ii iii iv".split())
# "Voices for Freedom", but not "Texas for Trump".
SUPPORTERS = frozenset(
    "voices doctors nurses teachers students scientists citizens americans friends families "
    "mothers parents women veterans lawyers workers people artists farmers".split()
)
# "Centers for Disease Control", but not "the House for Monday".
FOUNDED = frozenset(
    "center centers centre centres institute movement committee council campaign coalition "
    "alliance association foundation fund society agency department office union party "
    "commission organisation organization".split()
)
