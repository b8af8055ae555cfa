"""Whether anyone died or was hurt is said only by a sentence that speaks of it."""

import pytest

from bot.casualties import telling
from index.questions import understand


@pytest.mark.parametrize(
    ("question", "sentence", "tells"),
    [
        ("Did anyone die on the pier?", "Two men drowned off the pier.", True),
        ("Did anyone die on the pier?", "Hundreds sang on the pier all night.", False),
        ("Has anyone drowned?", "The ministry has no record of the letters.", False),
        ("Was anyone killed?", "The driver survived.", True),
        ("Were any sailors injured?", "Three were taken to hospital.", True),
        ("Were any sailors injured?", "Several sailors pulled off their caps.", False),
    ],
)
def test_a_sentence_must_speak_of_it(question: str, sentence: str, tells: bool) -> None:
    words = telling(understand(question))
    assert words is not None
    assert bool(words.search(sentence)) is tells


def test_other_questions_are_left_alone() -> None:
    assert telling(understand("Did anyone sing on the pier?")) is None
    assert telling(understand("How many people died on the pier?")) is None
