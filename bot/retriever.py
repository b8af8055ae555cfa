"""Search as a LangChain retriever: any chain can use it, and any other retriever can stand in."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from index.passages import Passage
from index.search import Found, Search
from index.speakers import speaker_from


class PassageRetriever(BaseRetriever):
    """Brings the best passages as Documents that carry their exact address."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    search: Search
    article_ids: tuple[str, ...] | None = None
    """The articles to look in; all kept ones without."""
    limit: int = 20

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - the base class passes it
    ) -> list[Document]:
        return [
            document_from(found) for found in self.search.rank(query, self.article_ids, self.limit)
        ]


def document_from(found: Found) -> Document:
    """A Document whose metadata says where the passage stands, who speaks, and how it ranked."""
    passage = found.passage
    return Document(
        page_content=passage.text,
        metadata={
            "article_id": passage.article_id,
            "number": passage.number,
            "start": passage.start,
            "end": passage.end,
            "speaker": None if passage.speaker is None else asdict(passage.speaker),
            "question": passage.question,
            "score": found.score,
            "features": dict(found.features),
            "words": found.words,
        },
    )


def found_from(document: Document) -> Found:
    """The other way: what `document_from` was given."""
    data: Mapping[str, Any] = document.metadata
    speaker = None if data["speaker"] is None else speaker_from(data["speaker"])
    passage = Passage(
        data["article_id"],
        data["number"],
        data["start"],
        data["end"],
        document.page_content,
        speaker,
        data["question"],
    )
    words = data.get("words")
    return Found(passage, data["score"], data["features"], None if words is None else tuple(words))
