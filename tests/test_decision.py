"""What is answered, what is declined, and for which reason."""

from dataclasses import replace

import pytest

from bot.decision import SAYS_OTHERWISE, Decision, decide
from tests.small_article import LIND, NOVAK, SENTENCES, ask, passages, ranked


def decided(text: str) -> Decision:
    question = ask(text)
    return decide(question, ranked(question), passages())


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many passengers were on the ferry?", "212 passengers"),
        ("When was the ferry built?", "built in 1987"),
        ("Why will the ferry be towed to the yard?", "because its hull is torn"),
        ("Where were fourteen people taken?", "hospital in Marsden"),
        ("What did Novak say about the channel markers?", "were not lit"),
        ("What did the union leader say about the crew?", "eleven days"),
        ("Who said that tired people make mistakes?", "Tired people make mistakes"),
    ],
)
def test_what_the_article_says_is_answered(question: str, words: str) -> None:
    decision = decided(question)
    assert decision.status == "answered"
    assert any(words in passage.text for passage in decision.evidence)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("What did Novak say about inflation?", "Nobody in it speaks of that."),
        ("What did Brandt say about the ferry?", "It does not mention Brandt."),
        ("How old is Petra Novak?", "It gives no such number."),
        ("When did Hamburg win the cup?", "It does not mention Hamburg."),
    ],
)
def test_each_refusal_has_its_own_reason(question: str, reason: str) -> None:
    decision = decided(question)
    assert decision.status == "not_in_article"
    assert decision.evidence == ()
    assert decision.remark == reason


def test_someone_else_who_speaks_of_it_is_named_and_shown() -> None:
    decision = decided("What did Novak say about the crew?")
    assert decision.status == "not_in_article"
    assert "Jonas Lind does" in decision.remark
    assert decision.nearest
    assert all(passage.speaker == LIND for passage in decision.nearest)


def test_only_the_asked_speakers_words_are_evidence() -> None:
    decision = decided("What did Petra Novak say?")
    assert decision.evidence
    assert all(passage.speaker == NOVAK for passage in decision.evidence)


def test_a_false_premise_gets_the_sentence_that_contradicts_it() -> None:
    decision = decided("Why did Novak agree to meet the shipping company?")
    assert decision.status == "partly"
    assert decision.remark == SAYS_OTHERWISE
    assert [passage.text[:11] for passage in decision.evidence] == ["She refused"]


def test_what_a_rule_takes_for_a_contradiction_is_none_where_the_reranker_sees_none() -> None:
    question = "Why did Novak agree to meet the shipping company?"
    imagined, likely = (contradicted(question, odds=odds) for odds in (-9.0, -1.0))
    assert imagined.remark != SAYS_OTHERWISE
    assert likely.remark == SAYS_OTHERWISE


def test_a_true_premise_is_no_contradiction() -> None:
    assert decided("Why did Novak refuse to meet the shipping company?").remark != SAYS_OTHERWISE


def test_nothing_found_is_a_refusal() -> None:
    assert decide(ask("Why?"), [], passages()).status == "not_in_article"


def test_a_quotation_is_cited_to_its_end() -> None:
    decision = decided("What did Novak say about new lamps?")
    assert [passage.number for passage in decision.evidence] == [3, 4]


def read(
    text: str,
    clear: str,
    odds: float = 4.0,
    words: float | None = None,
    speaker: str | None = None,
) -> Decision:
    """As a reranker would have it that takes the sentences with the words `clear` for answers.

    `words` are its odds that they have words which do, where they are others; `speaker` is whose
    words the question is taken to ask for, where that is somebody else.
    """
    question = ask(text)
    if speaker is not None:
        question = replace(question, speaker=speaker, kind="speech")
    found = [
        replace(
            each,
            features={
                **each.features,
                "answers": odds if clear in each.passage.text else -4.0,
                "words": (odds if words is None else words) if clear in each.passage.text else -4.0,
            },
        )
        for each in ranked(question)
    ]
    return decide(question, sorted(found, key=lambda each: -each.features["answers"]), passages())


def contradicted(text: str, denies: str = "", *, odds: float, answers: float = -4.0) -> Decision:
    """As a reranker would have it that takes the sentences with the words `denies` for
    contradictions, and gives all the same odds that they answer.
    """
    question = ask(text)
    found = [
        replace(
            each,
            features={
                **each.features,
                "answers": answers,
                "contradicts": odds if denies in each.passage.text else -9.0,
            },
        )
        for each in ranked(question)
    ]
    return decide(question, found, passages())


def test_a_reranker_that_doubts_every_sentence_declines_for_all() -> None:
    question = "How many passengers were on the ferry?"
    assert read(question, "212").status == "answered"
    assert read(question, "212", odds=-4.0).status == "not_in_article"


def test_a_contradiction_that_a_reranker_is_sure_of_is_introduced_as_one() -> None:
    question = "When did Petra Novak sell her lamps?"
    told, doubted = (
        contradicted(question, "212", odds=3.0, answers=answers) for answers in (-4.0, 5.0)
    )
    assert (told.status, told.remark) == ("partly", SAYS_OTHERWISE)
    assert ["212" in passage.text for passage in told.evidence] == [True]
    assert doubted.remark != SAYS_OTHERWISE


def test_what_a_reranker_is_clear_about_needs_no_word_of_the_asked_kind() -> None:
    question = "How old is Petra Novak?"
    assert read(question, "Novak", odds=0.5).remark == "It gives no such number."
    assert read(question, "Novak").status == "answered"
    assert read(question, "Novak", odds=0.8, words=-9.0).status == "not_in_article"
    assert read(question, "Novak", odds=0.8, words=14.0).status == "answered"


def test_words_that_only_look_like_a_speaker_decline_nothing() -> None:
    question = "What torn hull will the yard mend?"
    assert read(question, "towed", speaker="torn hull").status == "answered"
    assert read(question, "towed", speaker="Ada Gray").remark == "It does not mention Ada Gray."
    assert read(question, "towed", speaker="captain").remark == "It does not mention captain."


def test_the_narrators_sentence_that_names_the_speaker_may_answer() -> None:
    told = ("Novak was all for new lamps, it is understood.", None)
    known = passages((*SENTENCES, told))
    question = ask("What does Novak say about Christmas?", known)
    found = [
        replace(each, features={"dense": 0.0, "answers": odds, "words": -4.0})
        for each in ranked(question, known)
        for odds in [4.0 if "all for" in each.passage.text else -4.0]
    ]
    decision = decide(question, found, known)
    assert [passage.text for passage in decision.evidence] == [told[0]]
