"""Someone's words: what a sentence leads to belongs with it, and nothing else."""

from bot.speech import with_words
from index.articles import article_from_text
from index.passages import split_passages

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
