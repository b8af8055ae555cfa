"""A file becomes an article or is refused with one sentence that names it."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles import LARGEST_FILE, article_from_text, clean, identity, read_article
from index.errors import UnreadableArticle


def written(tmp_path: Path, content: bytes, name: str = "story.txt") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "holds no text"),
        (b" \n\t\r\n  ", "holds no text"),
        ("\u200b\u2060\ufeff".encode(), "holds no text"),
        (b"... --- !!!", "holds no text"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00", "not a text file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not a text file"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "not a text file"),
        (b"PK\x03\x04\x14\x00\x06\x00", "not a text file"),
        (b"An article\x00with a NUL.", "not a text file"),
        ("Café in Paris.".encode("latin-1"), "UTF-8"),
        ("Новости дня".encode("cp1251"), "UTF-8"),
        ("ニュース".encode("shift-jis"), "UTF-8"),
        ("Café"[:4].encode()[:-1], "UTF-8"),
        ("No mark before it.".encode("utf-16-le"), "not a text file"),
        (b"\xff\xfeodd number of bytes", "UTF-16"),
        (b"\xff\xfe\x00\xd8\x00\xd8", "UTF-16"),
    ],
)
def test_what_is_no_article_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    path = written(tmp_path, content)
    with pytest.raises(UnreadableArticle, match=says) as caught:
        read_article(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableArticle, match="does not exist"):
        read_article(tmp_path / "none.txt")
    with pytest.raises(UnreadableArticle, match="folder"):
        read_article(tmp_path)


def test_what_never_ends_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    for path in (tmp_path / "pipe.txt", Path("/dev/zero")):
        with pytest.raises(UnreadableArticle, match="no ordinary file"):
            read_article(path)


def test_a_name_that_no_file_can_have_is_refused() -> None:
    for name in ("x" * 5_000, "nul\x00inside", "half\ud800letter"):
        with pytest.raises(UnreadableArticle):
            read_article(Path(name))


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(UnreadableArticle, match="8,000,000 bytes"):
        read_article(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, b"An article.")
    path.chmod(0)
    with pytest.raises(UnreadableArticle, match="Permission denied"):
        read_article(path)


@pytest.mark.parametrize(
    "content",
    [
        "Café — “quoted”".encode(),
        b"\xef\xbb\xbf" + "Café — “quoted”".encode(),
        "Café — “quoted”".encode("utf-16"),
        b"\xfe\xff" + "Café — “quoted”".encode("utf-16-be"),
    ],
)
def test_the_usual_encodings_are_read(tmp_path: Path, content: bytes) -> None:
    assert read_article(written(tmp_path, content)).text == "Café — “quoted”"


def test_the_text_is_the_file_byte_for_byte(tmp_path: Path) -> None:
    text = "  A headline\n\nFirst\tparagraph.  \nمرحبا — 👩‍👩‍👧 e\u0301 \u200d\n\n"
    assert read_article(written(tmp_path, text.encode())).text == text


@pytest.mark.parametrize(
    "never",
    [
        *("\x00", "\x01", "\x1b", "\x7f", "\x85", "\ud800", "\udfff", "\u202e", "\u2066"),
        *("\ufeff", "\ufffe", "\U000e0041", "\U000e007f"),
    ],
)
def test_what_is_never_text_goes(never: str) -> None:
    article = article_from_text(f"She{never} said{never}\nso.", "story.txt")
    assert article.text == "She said\nso."


def test_newlines_become_one_kind() -> None:
    assert clean("a\r\nb\rc\n\r\nd") == "a\nb\nc\n\nd"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.binary(max_size=200))
def test_any_bytes_are_an_article_or_are_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = written(tmp_path_factory.getbasetemp(), content, "any.txt")
    try:
        article = read_article(path)
    except UnreadableArticle:
        assert not content.isalnum()  # plain letters and digits are never refused
    else:
        assert article.id == identity(article.text)
        assert article.text == clean(article.text)
        article.text.encode()


def test_the_same_text_is_the_same_article_wherever_it_lies(tmp_path: Path) -> None:
    first = read_article(written(tmp_path, b"Once upon a time.", "a.txt"))
    second = read_article(written(tmp_path, b"Once upon a time.", "b.txt"))
    assert first.id == second.id
    assert read_article(written(tmp_path, b"Once upon a tide.", "a.txt")).id != first.id


def test_a_file_is_known_by_its_whole_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, b"Once upon a time.")
    monkeypatch.chdir(tmp_path)
    assert read_article(Path("story.txt")).source == str(path)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("\n\n A headline \n\nText.", "A headline"),
        ("Short.", "Short."),
        ("word " * 40, "word " * 17 + "word…"),
        ("x" * 200, "x" * 90 + "…"),
    ],
)  # fmt: skip
def test_the_title_is_the_first_line_cut_at_a_word(text: str, title: str) -> None:
    assert article_from_text(text, "story.txt").title == title
