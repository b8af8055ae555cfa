"""Features and scores of passages."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.articles import article_from_text
from index.features import features, prepare
from index.passages import split_passages
from index.questions import understand
from index.ranking import load_ranker
from index.words import content_words, stem

ARTICLE = article_from_text(
    "Riot police cleared the square. Mayor Andy Foster said 122 people were arrested on Monday. "
    "The fence will stay. Prime Minister Jacinda Ardern said the fence was not forever. "
    "It rained because of a storm.",
    source="test",
)
PASSAGES = split_passages(ARTICLE)
MATERIAL = prepare(PASSAGES)
LEVEL = np.zeros(len(PASSAGES), dtype=np.float32)


def best(text: str) -> str:
    names = tuple(one.speaker.name for one in PASSAGES if one.speaker)
    scores = load_ranker().rank(understand(text, names), MATERIAL, LEVEL).scores
    return PASSAGES[int(scores.argmax())].text


def test_words_alone_bring_the_sentence_to_the_top() -> None:
    assert "122" in best("How many people were arrested?")
    assert "storm" in best("why did it rain")
    assert "forever" in best("what did ardern say about the fence")


def test_a_word_of_like_meaning_counts_when_no_word_is_the_same() -> None:
    meaning = features(understand("detained"), MATERIAL, LEVEL)["meaning"]
    assert PASSAGES[int(meaning.argmax())].text.startswith("Mayor")


def test_the_speaker_who_is_asked_about_is_told_from_others() -> None:
    question = understand("What did Ardern say?", ("Jacinda Ardern", "Andy Foster"))
    found = features(question, MATERIAL, LEVEL)
    for index, passage in enumerate(PASSAGES):
        name = passage.speaker.name if passage.speaker else ""
        assert found["speaker_asked"][index] == (name == "Jacinda Ardern")
        assert found["speaker_other"][index] == (name not in {"", "Jacinda Ardern"})


def test_without_speakers_everything_still_has_a_score() -> None:
    silent = prepare([replace(passage, speaker=None) for passage in PASSAGES])
    scores = load_ranker().rank(understand("What did Ardern say?"), silent, LEVEL).scores
    assert np.isfinite(scores).all()


def test_a_number_counts_where_it_stands_before_what_is_counted() -> None:
    counted = features(understand("How many people came?"), MATERIAL, LEVEL)["counted"]
    assert counted.tolist() == [float("122 people" in one.text) for one in PASSAGES]


def test_more_similar_passages_score_higher_all_else_equal() -> None:
    dense = np.linspace(0.1, 0.6, len(PASSAGES), dtype=np.float32)
    question = understand("weather")
    scores = load_ranker().rank(question, MATERIAL, dense).scores
    worse = load_ranker().rank(question, MATERIAL, dense[::-1].copy()).scores
    assert scores[-1] > worse[-1]


@given(st.text(), st.integers(0, 5))
def test_scores_are_probabilities_for_any_question_and_any_passages(text: str, many: int) -> None:
    some = prepare(PASSAGES[:many], {ARTICLE.id: len(PASSAGES)})
    scores = load_ranker().rank(understand(text), some, LEVEL[:many]).scores
    assert scores.shape == (min(many, len(PASSAGES)),)
    assert ((scores >= 0) & (scores <= 1)).all()


def test_every_weight_belongs_to_a_feature() -> None:
    known = set(features(understand("why"), MATERIAL, LEVEL))
    ranker = load_ranker()
    assert set(ranker.weights) == known
    assert all(set(weights) <= known for weights in ranker.kinds.values())


def test_forms_and_spellings_of_a_word_share_a_stem() -> None:
    assert stem("mandates") == stem("mandated") == stem("mandate")
    assert stem("criticised") == stem("criticized")
    assert content_words("What did the Māori protesters say?") == ["maori", "protest", "sai"]
