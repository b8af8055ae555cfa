"""Who somebody is: the sentence that introduces them, not one that merely names them."""

import pytest

from bot.introduction import introducing
from index.articles import article_from_text
from index.passages import split_passages
from index.questions import understand

TEXT = """Ferry firm fined

Lennox said the fine was fair. The company's chief executive, Morag Lennox, apologised.

Among the hurt was Callum Reid, 34, a joiner from Oban. Mr Reid said he was angry.

Sheriff Fiona Abercrombie said the firm had gambled. Gordon Pirie spoke too.

Meanwhile Leith mayor Una Hart said she was sorry.
"""


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Who is Morag Lennox?", "The company's chief executive"),
        ("who is lennox", "The company's chief executive"),
        ("Who was Callum Reid?", "Among the hurt"),
        ("who's Fiona Abercrombie?", "Sheriff Fiona"),
        ("Who is Gordon Pirie?", None),
        ("Who is the Transport Minister?", None),
        ("who is the mayor of Leith", "Meanwhile Leith mayor"),
        ("Who is the mayor of Perth?", None),
        ("Who is the mayor?", None),
        ("What did Lennox say?", None),
        ("Who is angry with Callum Reid because of the fire at sea?", None),
    ],
)
def test_who_somebody_is(question: str, begins: str | None) -> None:
    passages = split_passages(article_from_text(TEXT, source="a test"))
    names = [passage.speaker.name for passage in passages if passage.speaker]
    found = introducing(understand(question, names), passages)
    assert (found.text[: len(begins)] if found and begins else found) == begins
