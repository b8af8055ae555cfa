"""The words of English that show how a question is built, whatever it is about."""

AUXILIARIES = frozenset(
    "is are was were am do does did has have had can could will would shall should may might must "
    "isn't aren't wasn't weren't don't doesn't didn't hasn't haven't hadn't can't couldn't won't "
    "wouldn't shouldn't".split()
)
BE = frozenset("is are was were isn't aren't wasn't weren't".split())
DO = frozenset("do does did don't doesn't didn't".split())
PREPOSITIONS = frozenset(
    "about on in at of to for from by with against over during after before between under into "
    "through near around since until till within without behind towards toward regarding "
    "concerning across among inside outside despite because like as than upon off".split()
)
ABOUT = frozenset("about on regarding concerning over towards toward against".split())
DETERMINERS = frozenset("the a an this that these those some any all each every no both".split())
POSSESSIVES = frozenset("his her their its my your our".split())
PRONOUNS = frozenset(
    "he him himself she her herself they them themselves it itself there i you we us me who whom "
    "what which whose when where why how anyone anybody someone somebody everyone everybody "
    "anything something everything nothing nobody one ones others".split()
)
LITTLE = frozenset(
    "and or but so if then also not only just too very really still ever never already now again "
    "else yet even exactly actually more most much many there today yesterday tomorrow "
    "ago instead recently currently well please that because while whether being been be".split()
)
VERBS = frozenset(
    "say says said saying tell told tells think thinks thought believe feel felt want wants "
    "wanted ask asked make made makes take took taken give gave given get got go went gone come "
    "came happen happened happens do done doing have having know knew known see saw seen call "
    "called calls find found meet met refuse refused agree agreed agrees disagree support "
    "supports supported oppose opposes opposed respond responded react reacted explain explained "
    "describe described claim claimed suggest suggested warn warned announce announced deny "
    "denied defend criticise criticised criticize criticized blame blamed accuse accused charge "
    "charged arrest arrested throw threw thrown kill killed hurt injured injure die died start "
    "started begin began begun end ended stop stopped win won lose lost beat play played score "
    "scored leave left live lived work worked arrive arrived move moved run ran hold held keep "
    "kept use used need needed plan planned planning try tried trying pay paid cost buy bought "
    "sell sold build built open opened close closed launch launched lead led sign signed decide "
    "decided expect expected hope hoped propose proposed require required allow allowed ban "
    "banned block blocked install installed cause caused affect affected help helped become "
    "became remain remained change changed increase increased rise rose fall fell drop dropped "
    "reach reached show showed shown write wrote written speak spoke talk talked discuss "
    "discussed mention mentioned quote quoted advise advised tow order ordered vote voted elect "
    "elected appoint appointed resign resigned return returned join joined attack attacked shoot "
    "shot steal stole destroy destroyed damage damaged rescue rescued discover discovered study "
    "studied measure measured develop developed publish published recommend recommended demand "
    "demanded protest protested promise promised predict predicted threaten threatened face "
    "faced bring brought put set send sent receive received release released raise raised "
    "compare compared mean meant cite cited comment commented stay stayed attend attended wear "
    "wore follow followed include included contain involve involved clash clashed climb climbed "
    "last lasted rule ruled sentence sentenced convict convicted".split()
)
# Nouns that name nothing by themselves: "it" never means one of them.
LIGHT = frozenset(
    "first second third last next thing things way ways kind sort type people person number "
    "amount time times day date year reason part point points rest lot bit fact name names "
    "article story text news question answer aspect aspects example examples kinds sorts types "
    "today yesterday tomorrow morning afternoon evening night week month monday tuesday "
    "wednesday thursday friday saturday sunday".split()
)


def is_verb(word: str) -> bool:
    return word in VERBS or (word.endswith(("ed", "ing")) and len(word) > 5)
