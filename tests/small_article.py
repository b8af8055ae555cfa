"""A short invented article with its speakers, and a plain ranking, for the answerer's tests."""

from collections.abc import Sequence

from index.articles import Article, article_from_text
from index.passages import Passage
from index.questions import Question, understand
from index.search import Found
from index.speakers import Speaker
from index.words import content_words

NOVAK = Speaker("Petra Novak", "harbour master", 0, 0, "mixed")
LIND = Speaker("Jonas Lind", "union leader", 0, 0, "mixed")

SENTENCES: tuple[tuple[str, Speaker | None], ...] = (
    ("A ferry with 212 passengers ran aground outside Port Ellery on Tuesday morning.", None),
    ("Fourteen people were taken to the hospital in Marsden with broken bones.", None),
    ('Harbour master Petra Novak said the channel markers "were not lit" that night.', NOVAK),
    ('"We asked for new lamps in March.', NOVAK),
    ('Nobody answered us," she said.', NOVAK),
    ("She refused to meet the shipping company, saying the police should come first.", NOVAK),
    ("Union leader Jonas Lind said the crew had worked eleven days without a break.", LIND),
    ('"Tired people make mistakes," Lind told reporters outside the hospital.', LIND),
    ("The ferry, built in 1987, will be towed to the yard because its hull is torn.", None),
    ("Divers searched the hull on Wednesday and found no leaking oil.", None),
)


def article() -> Article:
    return article_from_text("\n".join(text for text, _ in SENTENCES), "ferry.txt")


def passages(sentences: Sequence[tuple[str, Speaker | None]] = SENTENCES) -> tuple[Passage, ...]:
    """The sentences at their places in the text that joins them by newlines."""
    found, start = [], 0
    for number, (text, speaker) in enumerate(sentences):
        found.append(Passage("ferry", number, start, start + len(text), text, speaker))
        start += len(text) + 1
    return tuple(found)


def ask(text: str, known: Sequence[Passage] = passages()) -> Question:
    names = dict.fromkeys(each.speaker.name for each in known if each.speaker)
    return understand(text, tuple(names))


def ranked(question: Question, known: Sequence[Passage] = passages()) -> list[Found]:
    """Every passage, those first that share most words with the question."""
    found = []
    for passage in known:
        name = f"{passage.speaker.name} " if passage.speaker else ""
        shared = set(question.words) & set(content_words(name + passage.text))
        share = len(shared) / (len(question.words) or 1)
        found.append(Found(passage, 0.9 * share, {"dense": 0.8 * share}))
    return sorted(found, key=lambda each: -each.score)
