"""Whatever is done to an index, in whichever order, it holds what a plain dictionary would."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from index.articles import Article, article_from_text
from index.passages import split_passages
from index.rebuild import rebuild
from index.store import Store
from tests.tiny_embedder import TinyEmbedder

SOURCES = st.sampled_from(["a.txt", "b.txt", "c.txt"])
TEXTS = st.lists(
    st.sampled_from(["It rained.", "Ardern spoke.", "Nobody came.", "The end."]),
    min_size=1,
    max_size=3,
).map(" ".join)


class IndexStates(RuleBasedStateMachine):
    """The subject is a Store; the model is a dictionary from file to text, in order."""

    articles = Bundle("articles")

    @initialize()
    def open_new(self) -> None:
        self.root = Path(tempfile.mkdtemp())
        self.folder = self.root / "index"
        self.expected: dict[str, Article] = {}
        self.store = Store(self.folder)
        self.vectors = self.store.attach(TinyEmbedder())

    @rule(target=articles, source=SOURCES, text=TEXTS)
    def add(self, source: str, text: str) -> Article:
        article = article_from_text(text, source)
        known = article.id in {each.id for each in self.expected.values()}
        replaces = source in self.expected and self.expected[source].id != article.id
        assert self.store.add(article) == (replaces or not known)
        # One text is one article, of the file that it was last read from.
        keep = {name: each for name, each in self.expected.items() if each.id != article.id}
        keep[source] = article
        self.expected = keep
        return article

    @rule(article=articles)
    def remove(self, article: Article) -> None:
        if self.store.library.holds(article.id):
            self.store.remove(article.id)
        self.expected = {
            name: each for name, each in self.expected.items() if each.id != article.id
        }

    @rule()
    def open_again(self) -> None:
        self.store.close()
        self.store = Store(self.folder)
        self.vectors = self.store.attach(TinyEmbedder())

    @rule()
    def lose_the_vectors(self) -> None:
        self.store.close()
        shutil.rmtree(self.folder / "vectors", ignore_errors=True)
        self.open_again()

    @rule()
    def rebuild(self) -> None:
        self.store.close()
        assert rebuild(self.folder).carried == len(self.expected)
        self.open_again()

    @rule()
    def write_from_elsewhere(self) -> None:
        other = Store(self.folder)
        other.attach(TinyEmbedder())
        article = article_from_text("From elsewhere.", "d.txt")
        other.add(article)
        other.close()
        self.expected = {
            name: each for name, each in self.expected.items() if each.id != article.id
        } | {"d.txt": article}

    @invariant()
    def holds_what_was_put_in(self) -> None:
        if not hasattr(self, "store"):
            return
        library = self.store.library
        assert {each.source: each for each in library.articles()} == self.expected
        ids = library.article_ids()
        embedder = TinyEmbedder()
        for article in self.expected.values():
            assert tuple(library.passages(article.id)) == split_passages(article)
            keys = library.vector_ids(article.id)
            assert set(self.vectors.vectors_of(article.id)[0]) == set(keys)
            for key, (_, text) in library.vector_texts(keys).items():
                found = self.vectors.nearest(embedder.embed_question(text), [article.id], 1)
                assert found[0][0] == key
        hits = {passage.article_id for passage, _ in library.keyword_search("rained", ids, 99)}
        assert hits == {each.id for each in self.expected.values() if "rained" in each.text}

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            shutil.rmtree(self.root)


IndexStates.TestCase.settings = settings(
    max_examples=8,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestIndexStates = IndexStates.TestCase
