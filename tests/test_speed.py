"""The speed figures time what is there."""

from bench.speed import STAGES, Stopwatch
from index.packaged_reranker import PackagedReranker


def test_every_stage_can_be_watched_and_is_itself_again() -> None:
    read = PackagedReranker.read
    with Stopwatch().watching():  # a stage whose function is gone fails here
        assert PackagedReranker.read is not read
    assert PackagedReranker.read is read
    assert len({stage for stage, _ in STAGES}) == len(STAGES)
