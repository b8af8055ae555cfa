"""The command line; the only place that joins the index, the bot and the page."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from bot.errors import BotFault
from index.errors import IndexFault

if TYPE_CHECKING:
    from bot.desk import Desk

# Most commands load much less than a question needs, and `--help` must be there at once: what is
# heavy is imported inside the commands that use it.

NOT_IN_ARTICLE = 3  # exit code, beside 0 for an answer, 1 for a fault and 2 for wrong usage

app = typer.Typer(
    help="Ask a news article a question; get its own words back, each with its address.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
_out = Console(highlight=False)
_err = Console(stderr=True, highlight=False)


@app.callback(invoke_without_command=True)
def main(context: typer.Context) -> None:
    """Without a command: start the page, as `chat` does."""
    if context.invoked_subcommand is None:
        chat()


@app.command()
def chat(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="First port to try.")] = None,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
) -> None:
    """Start the page and open it in the browser."""
    with _faults_told():
        desk = _desk(page_host=host, page_port=port)
        # After the environment was silenced, which Gradio reads while it is imported.
        from bot.chat_page import serve  # noqa: PLC0415

        serve(desk, desk.settings.page_host, desk.settings.page_port, open_browser=browser)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="What to ask.")] = None,
    article: Annotated[
        str | None, typer.Option(help="Ask this article alone: its id, title or file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    batch: Annotated[
        str | None, typer.Option(metavar="FILE", help="Ask one JSON line each; - is stdin.")
    ] = None,
) -> None:
    """Print the answer with its citations; exit code 3 when the article does not say."""
    if (question is None) == (batch is None):
        raise typer.BadParameter("name either a question or --batch FILE.")
    with _faults_told():
        from bot import printing  # noqa: PLC0415
        from bot.batch import answer_lines, read_lines  # noqa: PLC0415

        desk = _desk()
        if batch is not None:
            for line in answer_lines(desk, read_lines(batch)):
                sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
                sys.stdout.flush()
            return
        assert question is not None
        answer = desk.answer(question, article=article)
        if as_json:
            sys.stdout.write(json.dumps(printing.answer_as_json(answer), ensure_ascii=False) + "\n")
        else:
            printing.print_answer(_out, answer, desk.title_of)
    if answer.status == "not_in_article":
        raise typer.Exit(NOT_IN_ARTICLE)


@app.command()
def add(files: Annotated[list[Path], typer.Argument(help="Text files, one article each.")]) -> None:
    """Put articles into the library."""
    with _faults_told():
        desk = _desk()
        failed = 0
        for path in files:
            try:
                article, changed = desk.add(path)
            except IndexFault as fault:
                failed += 1
                _err.print(escape(str(fault)), style="red", soft_wrap=True)
                continue
            done = "added" if changed else "is known already"
            _out.print(f"{article.id}  {escape(article.title)}  [dim]{done}[/dim]", soft_wrap=True)
    if failed:
        raise typer.Exit(1)


@app.command(name="list")
def list_articles(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show the articles in the library."""
    with _faults_told():
        articles = _desk().articles()
    if as_json:
        rows = [{"id": a.id, "title": a.title, "source": a.source} for a in articles]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False) + "\n")
        return
    for article in articles:
        _out.print(
            f"{article.id}  {escape(article.title)}  [dim]{escape(article.source)}[/dim]",
            soft_wrap=True,
        )


@app.command()
def remove(
    article: Annotated[str, typer.Argument(help="The article's id, title or file.")],
) -> None:
    """Take an article out of the library, with all that was made of it."""
    with _faults_told():
        gone = _desk().remove(article)
        _out.print(f"{gone.id}  {escape(gone.title)}  [dim]removed[/dim]", soft_wrap=True)


@app.command()
def quotes(
    file: Annotated[Path, typer.Argument(help="A text file with one article.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a passage.")] = False,
) -> None:
    """Show who says what in an article."""
    with _faults_told():
        from bot import printing  # noqa: PLC0415
        from index.articles import read_article  # noqa: PLC0415
        from index.passages import split_passages  # noqa: PLC0415

        passages = split_passages(read_article(file))
        if as_json:
            for passage in passages:
                line = json.dumps(printing.passage_as_json(passage), ensure_ascii=False)
                sys.stdout.write(line + "\n")
        else:
            printing.print_speakers(_out, passages)


@app.command()
def check(
    claim: Annotated[str, typer.Argument(help="A quotation or a sentence that quotes.")],
    article: Annotated[
        str | None, typer.Option(help="Look in this article alone: its id, title or file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Say whether an article has a quotation word for word, and who said it; exit code 3 if not."""
    with _faults_told():
        from bot import printing  # noqa: PLC0415
        from bot.quote_check import as_json as check_as_json  # noqa: PLC0415

        result = _desk().check(claim, article=article)
        if as_json:
            sys.stdout.write(json.dumps(check_as_json(result), ensure_ascii=False) + "\n")
        else:
            printing.print_check(_out, result)
    if result.verdict not in {"exact", "typography"}:
        raise typer.Exit(NOT_IN_ARTICLE)


@app.command()
def rebuild() -> None:
    """Make a damaged index anew; the old folder is kept beside it."""
    with _faults_told():
        from bot.settings import load_settings  # noqa: PLC0415
        from index.rebuild import rebuild as rebuild_folder  # noqa: PLC0415

        _out.print(escape(rebuild_folder(load_settings().index_folder).message), soft_wrap=True)


def _desk(**overrides: object) -> "Desk":
    from bot.desk import Desk  # noqa: PLC0415
    from bot.settings import load_settings, silence_environment  # noqa: PLC0415

    for name in silence_environment():
        _err.print(f"[dim]{name} is ignored: nothing here reports to another machine.[/dim]")
    desk = Desk(load_settings(**overrides), progress=_progress)
    if desk.model_notice:
        _err.print(escape(desk.model_notice), style="dim")
    return desk


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error, shown once there is something to count."""
    from rich.progress import Progress  # noqa: PLC0415

    with ExitStack() as open_bars:
        bars: list[Progress] = []

        def tell(done: int, total: int) -> None:
            if not bars and done < total:
                bars.append(open_bars.enter_context(Progress(console=_err, transient=True)))
                bars[0].add_task(what, total=total)
            if bars:
                bars[0].update(bars[0].task_ids[0], completed=done)

        yield tell


@contextmanager
def _faults_told() -> Iterator[None]:
    """One clear sentence instead of a traceback, for faults that are the user's to mend."""
    try:
        yield
    except (IndexFault, BotFault) as fault:
        _err.print(escape(str(fault)), style="red", soft_wrap=True)
        raise typer.Exit(1) from fault
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


if __name__ == "__main__":
    app()
