"""The quality bench judges an answer as an editor would."""

from bench.quality import judged
from bench.question_sets import GoldQuestion, Span
from bot.answers import Answer, Citation
from index.articles import article_from_text
from index.speakers import Speaker

TEXT = "Ann Lee said 122 people were held. The fence is new. Nobody was hurt."
ARTICLE = article_from_text(TEXT, "here")
HELD, FENCE, HURT = (
    Span(start, start + len(text), text)
    for text in ("Ann Lee said 122 people were held.", "The fence is new.", "Nobody was hurt.")
    for start in [TEXT.index(text)]
)


def gold(status: str = "answered", *parts: Span, **more: object) -> GoldQuestion:
    fields = {"kind": "fact", "turns": ("How many?",), "acceptable": ()} | more
    evidence = tuple((part,) for part in parts)
    return GoldQuestion(id="q", status=status, evidence=evidence, **fields)  # type: ignore[arg-type]


def answer(status: str, *spans: Span, lead: str = "", name: str = "Ann Lee") -> Answer:
    speaker = Speaker(name, "", 0, 7)
    cited = tuple(
        Citation(number, ARTICLE.id, span.start, span.end, span.text, speaker)
        for number, span in enumerate(spans, 1)
    )
    text = lead + " ".join(span.text for span in spans)
    return Answer("How many?", status, text, cited)  # type: ignore[arg-type]


def test_evidence_counts_by_parts_and_by_rank() -> None:
    ranked = [(FENCE.start, FENCE.end), (HELD.start, HELD.end)]
    outcome = judged(
        ARTICLE, "a", gold("answered", HELD, HURT), answer("answered", HELD, FENCE), ranked, 0.1
    )
    assert (outcome.found_first, outcome.found_third) == (False, True)
    assert outcome.parts_cited == 0.5
    assert (outcome.cited, outcome.cited_right) == (2, 1)


def test_a_refusal_of_an_answerable_question_cites_no_part() -> None:
    outcome = judged(ARTICLE, "a", gold("answered", HELD), answer("not_in_article"), [], 0.1)
    assert outcome.refused
    assert outcome.answerable
    assert outcome.parts_cited == 0


def test_a_short_answer_counts_only_before_the_quotation() -> None:
    wanted = gold("answered", HELD, short_answer=("122",))
    with_lead = judged(ARTICLE, "a", wanted, answer("answered", HELD, lead="122 [1]\n\n"), [], 0.1)
    without = judged(ARTICLE, "a", wanted, answer("answered", HELD), [], 0.1)
    assert (with_lead.short_given, with_lead.short_right) == (True, True)
    assert (without.short_given, without.short_right) == (False, None)


def test_the_speaker_is_right_by_name() -> None:
    wanted = gold("answered", HELD, speaker="Lee")
    assert judged(ARTICLE, "a", wanted, answer("answered", HELD), [], 0.1).speaker_right
    other = answer("answered", HELD, name="Bob Ray")
    assert judged(ARTICLE, "a", wanted, other, [], 0.1).speaker_right is False


def test_a_false_address_is_counted() -> None:
    moved = Span(HELD.start + 1, HELD.end + 1, HELD.text)
    outcome = judged(ARTICLE, "a", gold("answered", HELD), answer("answered", moved), [], 0.1)
    assert (outcome.addresses, outcome.true_addresses) == (1, 0)
