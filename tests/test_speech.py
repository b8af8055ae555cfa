"""Someone's words: what a sentence leads to belongs with it, and nothing else."""

from dataclasses import replace

from bot.bearing import Bearing
from bot.speech import asked_about, is_speaker, with_words, words_of
from index.articles import article_from_text
from index.passages import split_passages
from index.speakers import Speaker

TEXT = (
    "Coach Jo Yapp defended the decision. “We came here to win it,” she said. The crowd sang.\n"
    "Yapp said the captain had decided. Mayor Ann Poe said it was late. “I was cold,” Poe said."
)


def test_a_sentence_without_words_brings_the_quotation_behind_it() -> None:
    passages = split_passages(article_from_text(TEXT, source="a test"))
    assert [text.text[:8] for text in with_words(passages[:1], passages)] == [
        "Coach Jo",
        "“We came",
    ]
    assert [text.text[:8] for text in with_words(passages[4:5], passages)] == [
        "Mayor An",
        "“I was c",
    ]


def test_nobody_elses_words_and_no_narration_come_along() -> None:
    passages = split_passages(article_from_text(TEXT, source="a test"))
    for number in (1, 2, 3, 5):
        chosen = [passages[number]]
        assert with_words(chosen, passages) == chosen


def test_a_shortened_title_and_the_initials_of_an_interview_mean_the_speaker() -> None:
    assert is_speaker("governor", Speaker("Ann Poe", "Gov.", 0, 0))
    assert not is_speaker("senator", Speaker("Ann Poe", "Gov.", 0, 0))
    assert is_speaker("Jo Yapp", Speaker("JY", "", 0, 0))
    assert not is_speaker("Jo Yapp", Speaker("JP", "", 0, 0))


def test_someone_is_known_by_what_the_narration_calls_them() -> None:
    text = (
        "Substitute Lee Hart came on late. The winner fell to captain Ada Moss. "
        "“I just hit it,” Moss said. “It was cold,” Hart said."
    )
    passages = split_passages(article_from_text(text, source="a test"))
    assert [each.text for each in words_of("captain", passages)] == ["“I just hit it,” Moss said."]
    assert words_of("referee", passages) == []


def test_a_reply_is_on_the_topic_of_the_question_put() -> None:
    text = (
        "BS: Did the operation hurt? JY: Not for long. BS: Do you sail? JY: Never again.\n"
        "BS: Who cooks? JY: My sister."
    )
    article = article_from_text(text, source="a test")
    passages = [
        replace(each, speaker=Speaker(each.text[:2], "", 0, 0)) for each in split_passages(article)
    ]
    theirs = words_of("Jo Yapp", passages)
    scored = [
        (Bearing(each, {"exact": float("hurt" in each.text), "covered": 0.0, "dense": 0.0}), 0.0)
        for each in passages
    ]
    assert [each.text for each in asked_about(theirs, scored, passages)] == ["JY: Not for long."]
