"""The figures: each command measures one thing and prints its table."""

from pathlib import Path
from typing import Annotated

import typer

# Each command imports its own measurement, for they load models that the others do without.

app = typer.Typer(
    help="Quality and speed figures.", add_completion=False, pretty_exceptions_enable=False
)
Data = Annotated[Path, typer.Option("--data", help="The folder with the public data.")]


@app.command()
def quality(
    data: Annotated[
        Path | None, typer.Option("--data", help="Also the public question sets in this folder.")
    ] = None,
    details: Annotated[
        Path | None, typer.Option(help="Write what became of each question to this JSON file.")
    ] = None,
) -> None:
    """Ask every question in bench/questions and print what the answers are worth."""
    from bench import quality as measurement  # noqa: PLC0415

    measurement.run(data, details)


@app.command()
def speed() -> None:
    """Time each stage of an answer, on the seed article and on 10,000 passages."""
    from bench import speed as measurement  # noqa: PLC0415

    measurement.run()


@app.command()
def speakers(data: Data, split: str = "dev", limit: int | None = None) -> None:
    """Attribution on PolNeAR (a checkout of networkdynamics/PolNeAR)."""
    from bench import speakers as measurement  # noqa: PLC0415

    measurement.run(data, split=split, limit=limit)


@app.command()
def interviews() -> None:
    """Attribution in the invented interviews of bench/interviews."""
    from bench import interview_speakers as measurement  # noqa: PLC0415

    measurement.run()


@app.command()
def retrieval(data: Data) -> None:
    """How often the sentence that answers is found first, in the first three, in the first five."""
    from bench import retrieval as measurement  # noqa: PLC0415

    measurement.run(data)


@app.command()
def headers(
    data: Annotated[
        Path | None, typer.Option("--data", help="Also the public question sets in this folder.")
    ] = None,
) -> None:
    """Recall with and without the speaker before each sentence, side by side."""
    from bench import headers as measurement  # noqa: PLC0415

    measurement.run(data)


@app.command()
def declining(data: Data) -> None:
    """Refusals, right and wrong, on questions with and without an answer."""
    from bench import declining as measurement  # noqa: PLC0415

    measurement.run(data)


@app.command()
def conversations(data: Data) -> None:
    """Follow-ups and false premises of bench/tuning_conversations.tsv, which was tuned to."""
    from bench import conversations as measurement  # noqa: PLC0415

    measurement.run(data)


@app.command(name="follow-ups")
def follow_ups(data: Data) -> None:
    """Follow-up questions made to stand alone, on CANARD."""
    from bench import follow_ups as measurement  # noqa: PLC0415

    measurement.run(data)


@app.command()
def support(data: Data) -> None:
    """Whether a passage supports a sentence, on QAGS (a checkout of W4ngatang/qags)."""
    from bench import support as measurement  # noqa: PLC0415

    measurement.run(data)


@app.command()
def writing(limit: int = 60) -> None:
    """What a language model's answers are worth before and after the checks (CHAT_MODEL)."""
    from bench import writing as measurement  # noqa: PLC0415

    measurement.run(limit=limit)


if __name__ == "__main__":
    app()
