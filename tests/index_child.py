"""What the kill test runs in processes of its own: a writer to be killed, and a checker."""

import time
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path

# Imported here so that the server from which the processes are forked has it ready.
import chromadb  # noqa: F401

from index.articles import Article, article_from_text
from index.errors import LibraryInUse
from index.passages import split_passages
from index.store import Store
from tests.tiny_embedder import TinyEmbedder

SOURCES = 8  # so that most articles replace an earlier one of the same file


def numbered_article(number: int, sources: int = SOURCES) -> Article:
    """The article that stands for a number, of one of so many files."""
    lines = (f"Line {line} of story {number} has {number * line} words." for line in range(1, 6))
    return article_from_text(" ".join(lines), f"{number % sources}.txt")


def write(folder: Path, first: int, tell: Connection) -> None:
    """Add articles without end, taking every fifth out again; tells of each what is committed."""
    with closing(Store(folder)) as store:
        store.attach(TinyEmbedder())
        tell.send(("ready", 0))
        number = first
        while True:
            article = numbered_article(number)
            store.add(article)
            tell.send(("added", number))
            if number % 5 == 4:
                store.remove(article.id)
                tell.send(("removed", number))
            number += 1


def write_in_turns(folder: Path, numbers: list[int], tell: Connection) -> None:
    """Add these articles while others add theirs; tells how often it had to wait for them."""
    waited = 0
    while numbers:
        try:
            with closing(Store(folder)) as store:
                store.attach(TinyEmbedder())
                while numbers:
                    store.add(numbered_article(numbers[0], sources=1_000))
                    del numbers[0]
        except LibraryInUse as in_use:
            assert "process" in str(in_use)  # noqa: PT017 - the sentence names it
            waited += 1
            time.sleep(0.01)
    tell.send(waited)


def check(folder: Path, tell: Connection) -> None:
    """Tells the id of the article of each file, or what is wrong with one of them."""
    embedder = TinyEmbedder()
    with closing(Store(folder)) as store:
        vectors = store.attach(embedder)
        library = store.library
        articles = library.articles()
        ids = [article.id for article in articles]
        for article in articles:
            passages = library.passages(article.id)
            if tuple(passages) != split_passages(article):
                tell.send(f"{article.source} is not whole")
            keys = library.vector_ids(article.id)
            if sorted(vectors.vectors_of(article.id)[0]) != sorted(keys):
                tell.send(f"{article.source} has not its vectors")
            for key, (_, text) in library.vector_texts(keys).items():
                best = vectors.nearest(embedder.embed_question(text), ids, 1)
                if not best or best[0][0] != key or best[0][1] < 0.999:
                    tell.send(f"{text!r} is not found by its own vector")
            if len(library.keyword_search("story", [article.id], 99)) != len(passages):
                tell.send(f"{article.source} is not found by its words")
        tell.send({article.source: article.id for article in articles})
