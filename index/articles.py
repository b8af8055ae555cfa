"""A file becomes an Article: cleaned once, never changed after, known by a hash of its text."""

import codecs
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from index.errors import UnreadableArticle

LARGEST_FILE = 8_000_000  # bytes; a long book is about 3 MB, so more than this is no article
TITLE_LENGTH = 90  # characters

_OTHER_FORMATS = (b"%PDF-", b"{\\rtf", b"PK\x03\x04")  # which can begin as if they were text

# Never text: controls other than tab and newline, lone surrogates, direction overrides, the byte
# order mark, non-characters, and the invisible "tag" letters that can smuggle words to a model.
_NEVER_TEXT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)


@dataclass(frozen=True)
class Article:
    """One news article; every offset anywhere is a Python string index into its `text`."""

    id: str
    """The first 16 hexadecimal digits of the SHA-256 of `text`."""
    title: str
    source: str
    """Where it came from, as a whole path; another text from there replaces this one."""
    text: str


def clean(text: str) -> str:
    """`text` with one kind of newline and without the characters that are never text."""
    return _NEVER_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def read_article(path: Path) -> Article:
    """Read a plain text file.

    Raises:
        UnreadableArticle: the file is missing, a folder, too large, binary, not UTF-8, or empty.
    """
    try:
        if not path.is_file():
            kind = "a folder" if path.is_dir() else "no ordinary file"
            what = f"is {kind}" if path.exists() else "does not exist"
            raise UnreadableArticle(f"{path} {what}: name a text file.")
        if path.stat().st_size > LARGEST_FILE:
            raise UnreadableArticle(
                f"{path} is larger than {LARGEST_FILE:,} bytes: split it into single articles."
            )
        raw = path.read_bytes()
    except OSError as error:
        raise UnreadableArticle(f"{path} cannot be read ({error.strerror}).") from error
    return article_from_text(_decode(raw, path), source=str(path.resolve()))


def article_from_text(text: str, source: str) -> Article:
    """An Article from text that is already in memory, cleaned as a file's is.

    Raises:
        UnreadableArticle: no letter or digit is left after cleaning.
    """
    text = clean(text)
    if not re.search(r"\w", text):
        raise UnreadableArticle(f"{source} holds no text: choose a file with an article in it.")
    return Article(id=identity(text), title=_title(text), source=source, text=text)


def identity(text: str) -> str:
    """The id of the article that has this text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _decode(raw: bytes, path: Path) -> str:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return raw.decode("utf-16")
        except UnicodeDecodeError as error:
            raise UnreadableArticle(
                f"{path} is not UTF-16 text, as it says at its start (byte {error.start:,}): save "
                "it as UTF-8 and add it again."
            ) from error
    if b"\x00" in raw or raw.startswith(_OTHER_FORMATS):
        raise UnreadableArticle(f"{path} is not a text file: save the article as plain text.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableArticle(
            f"{path} is not UTF-8 text (byte {error.start:,}): save it as UTF-8 and add it again."
        ) from error


def _title(text: str) -> str:
    """The first line, cut at a word where it is a whole paragraph and no headline."""
    first = text.strip().split("\n", 1)[0].strip()
    if len(first) <= TITLE_LENGTH:
        return first
    return first[:TITLE_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;:-–—") + "…"
