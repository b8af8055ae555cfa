"""The speed figures time what is there."""

from bench.speed import STAGES, Stopwatch
from index.reranker import CrossEncoderReranker


def test_every_stage_can_be_watched_and_is_itself_again() -> None:
    read = CrossEncoderReranker.read
    with Stopwatch().watching():  # a stage whose function is gone fails here
        assert CrossEncoderReranker.read is not read
    assert CrossEncoderReranker.read is read
    assert len({stage for stage, _ in STAGES}) == len(STAGES)
