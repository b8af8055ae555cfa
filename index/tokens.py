"""Text as words and marks with their places; the raw material of names and clauses."""

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., J.D.
    r"|(?:Mr|Mrs|Ms|Mx|Dr|Sen|Sens|Rep|Reps|Gov|Govs|Gen|Lt|Col|Sgt|Cpl|Maj|Capt|Cmdr|Adm|Rev|St"
    r"|Hon|Prof|Pres|Supt|Det|Insp|Const|Jr|Sr|Messrs|Atty|Inc|Corp|Co|Ltd|No)\.(?=\W)"
    r"|[A-Z]\.(?=\s?[A-Z])"  # George W. Bush
    r"|['’](?:s|re|ve|d|ll|m|t)\b"
    r"|\d+(?:[.,:/]\d+)*[^\W_]*(?:-[^\W_]+)*"
    r"|[^\W\d_][^\W_]*(?:['’][A-Z][^\W_]+|[-‑&][^\W_]+)*"
    r"|\.{2,}|--+|[^\w\s]|_"
)


class Token(NamedTuple):
    """`text[start:end]`, with its lower-case form, which most rules look at."""

    start: int
    end: int
    word: str
    lower: str

    @property
    def capital(self) -> bool:
        return self.word[0].isupper()


def _plain(word: str) -> str:
    return word.lower().replace("’", "'").replace("―", "—")


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The words and punctuation marks of `text[start:end]`, in order."""
    return [
        Token(found.start(), found.end(), word, _plain(word))
        for found in _TOKEN.finditer(text, start, len(text) if end is None else end)
        for word in (found.group(),)
    ]
