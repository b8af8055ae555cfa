"""A sentence contradicts what a question takes for granted only where it does."""

import pytest

from bot.bearing import bearings
from bot.premise import contradicting
from index.passages import Passage
from index.speakers import Speaker
from tests.small_article import ask, passages, ranked

MAYOR = Speaker("Rosa Quint", "mayor", 0, 0, "mixed")
TOWN = passages(
    (
        ("Mayor Rosa Quint said the harbour bridge was safe after the storm.", MAYOR),
        ("She declined to close it, or consider paying the ferry company.", MAYOR),
        ("Police arrested 14 sailors near the bridge on Friday.", None),
        ("No charges were filed against the sailors.", None),
        ("Engineers were not able to repair the crane, which fell in March.", None),
        ("The council rejected a plan to widen the road.", None),
        ("Fishermen apologised for the broken lamps.", None),
        ("A curfew could be considered only if the storm returned.", None),
        ("Joren Tarn beat Milo Hask in the rowing final on Sunday.", None),
        ("The captain, Eddo Brill, was cleared of smuggling by a jury.", None),
        ("The tall ship could leave by paying a toll of $90, but that has not happened.", None),
        ("Tests ruled out a leak in the hull, and the cargo never caught fire.", None),
        ("The old pier did not reopen until Tuesday.", None),
        ("The ferry company did not rule out suing the town.", None),
    )
)


def says_otherwise(text: str) -> str:
    question = ask(text, TOWN)
    found: Passage | None = contradicting(
        question, bearings(question, ranked(question, TOWN), TOWN)
    )
    return "" if found is None else found.text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Why is the harbour bridge unsafe?", "was safe"),
        ("When did Quint pay the ferry company?", "declined to close it"),
        ("Why were 30 sailors arrested?", "14 sailors"),
        ("What charges were filed against the sailors?", "No charges"),
        ("How did engineers repair the crane?", "not able to repair"),
        ("Why did the council approve a plan to widen the road?", "rejected"),
        ("Why did fishermen refuse to apologise for the lamps?", "apologised"),
        ("When did the town declare a curfew?", "could be considered"),
        ("How did Hask beat Tarn?", "Tarn beat Milo Hask"),
        ("How much was Captain Brill fined?", "cleared"),
        ("When did the tall ship pay the toll?", "has not happened"),
        ("How did the cargo catch fire?", "never caught fire"),
    ],
)
def test_the_sentence_that_says_otherwise_is_found(question: str, words: str) -> None:
    assert words in says_otherwise(question)


@pytest.mark.parametrize(
    "question",
    [
        "Why did Quint say the bridge was safe?",
        "Why did Quint refuse to pay the ferry company?",
        "Why were 14 sailors arrested?",
        "Why were no charges filed against the sailors?",
        "Why were engineers unable to repair the crane?",
        "Why did the council reject the plan?",
        "Why did fishermen apologise?",
        "How did Tarn beat Hask?",
        "Who beat Hask?",
        "Why was Brill cleared?",
        "When did the old pier reopen?",
        "Why might the ferry company sue the town?",
        "How much is the toll for the tall ship?",
        "What did Quint say about the bridge?",
    ],
)
def test_what_is_so_is_not_called_false(question: str) -> None:
    assert says_otherwise(question) == ""
