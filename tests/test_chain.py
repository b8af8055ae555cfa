"""The chain as other programs use it: invoke, stream, batch, and its retriever."""

from pathlib import Path

import pytest
from langchain_core.retrievers import BaseRetriever

from bot.chain import Asked, QuestionChain
from bot.desk import Desk
from bot.errors import BadQuestion
from bot.retriever import PassageRetriever, document_from, found_from
from bot.settings import load_settings
from bot.turns import Turn


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(load_settings(index_folder=tmp_path_factory.mktemp("index")))


@pytest.fixture(scope="module")
def chain(desk: Desk) -> QuestionChain:
    return desk.chain()


def test_the_standing_example(chain: QuestionChain) -> None:
    answer = chain.invoke("what did Ardern say about mandates")
    assert answer.status == "answered"
    assert answer.finished
    quotes = " ".join(citation.quote for citation in answer.citations)
    assert "not forever" in quotes
    names = {citation.speaker.name for citation in answer.citations if citation.speaker}
    assert names == {"Jacinda Ardern"}


def test_every_snapshot_of_a_stream_has_true_addresses(desk: Desk, chain: QuestionChain) -> None:
    snapshots = list(chain.stream("who is quoted in the article?"))
    assert snapshots[-1].finished
    assert not any(snapshot.finished for snapshot in snapshots[:-1])
    for snapshot in snapshots:
        for citation in (*snapshot.citations, *snapshot.nearest):
            text = desk.find(citation.article_id).text
            assert text[citation.start : citation.end] == citation.quote


def test_a_batch_keeps_its_order(chain: QuestionChain) -> None:
    questions: list[Asked | str] = ["how many people were arrested", "what did Tukaki say"]
    answers = chain.batch(questions)
    assert answers[0].text.startswith("122")  # the words themselves, as the reranker found them
    assert "Tukaki" in answers[1].text


def test_a_follow_up_is_understood(chain: QuestionChain) -> None:
    first = chain.invoke("what did Ardern say about mandates")
    answer = chain.invoke(Asked("and Seymour?", (Turn(first.question, first),)))
    assert "Seymour" in answer.question
    assert "mandates" in answer.question
    names = {citation.speaker.name for citation in answer.citations if citation.speaker}
    assert "David Seymour" in names


def test_a_greeting_is_no_question(chain: QuestionChain) -> None:
    answer = chain.invoke("hello!")
    assert answer.text
    assert not answer.citations
    assert not answer.nearest


def test_a_refusal_shows_the_nearest_passages(chain: QuestionChain) -> None:
    answer = chain.invoke("What is the capital of France?")
    assert answer.status == "not_in_article"
    assert not answer.citations
    assert answer.nearest


@pytest.mark.parametrize("question", ["", "   ", "\n\u200b\n", "?!", "why " * 1000])
def test_no_answer_is_sought_for_no_question(chain: QuestionChain, question: str) -> None:
    with pytest.raises(BadQuestion):
        chain.invoke(question)


def test_the_retriever_is_langchains(desk: Desk, chain: QuestionChain) -> None:
    assert isinstance(chain.retriever, BaseRetriever)
    documents = chain.retriever.invoke("what did Ardern say about mandates")
    assert documents
    for document in documents:
        article = desk.find(document.metadata["article_id"])
        start, end = document.metadata["start"], document.metadata["end"]
        assert article.text[start:end] == document.page_content
        assert "speaker" in document.metadata


def test_one_article_alone_is_asked(tmp_path: Path, desk: Desk, chain: QuestionChain) -> None:
    path = tmp_path / "other.txt"
    path.write_text(
        "Council chair Ines Okafor said the new library would open in March.\n"
        '"It cost $4 million," she said.\n',
        encoding="utf-8",
    )
    article = desk.find(str(path))
    answer = chain.invoke(Asked("when will the library open?", (), article.id))
    assert answer.status == "answered"
    assert {citation.article_id for citation in answer.citations} == {article.id}
    assert article.id not in {each.id for each in desk.articles()}


def test_what_was_found_survives_being_a_document(chain: QuestionChain) -> None:
    assert isinstance(chain.retriever, PassageRetriever)
    (found, *_) = chain.retriever.search.rank("how many people were arrested")
    assert found.words is not None
    assert found_from(document_from(found)) == found
