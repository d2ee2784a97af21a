"""What every command shares: the application, the workspace it works in, and how it prints."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from typer.core import TyperGroup

from regulars.errors import RegularsError

if TYPE_CHECKING:
    from regulars.workspace import Progress, Workspace

# As a person meets them, not by the alphabet.
ORDER = ("init", "demo", "import", "imports", "join", "measure", "report", "serve", "compact", "backup", "restore")


class OutputError(RegularsError):
    """A file or an address that a command should use cannot be used."""

    code = "output"


class _InOrder(TyperGroup):
    """Lists the commands in the order in which they are needed; new ones come last."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        return sorted(self.commands, key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER))


app = typer.Typer(
    name="regulars",
    cls=_InOrder,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
console = Console(highlight=False, soft_wrap=True)
_chosen: dict[str, Path] = {}

JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


@app.callback()
def choose_workspace(
    workspace: Annotated[
        Path,
        typer.Option("-w", "--workspace", envvar="REGULARS_WORKSPACE", help="The company's folder."),
    ] = Path(),
) -> None:
    """Who your customers are, who comes back, who is slipping away, and what to do first.

    [dim]regulars init shop && regulars -w shop import orders.csv && regulars -w shop report[/dim]
    """
    _chosen["workspace"] = workspace


def chosen_folder() -> Path:
    """The folder named by -w, REGULARS_WORKSPACE, or the current one."""
    return _chosen.get("workspace", Path())


def called() -> str:
    """How a next command for the same workspace begins, to be copied as it stands."""
    folder = str(chosen_folder())
    return "regulars" if folder == "." else f"regulars -w {shlex.quote(folder)}"


@contextmanager
def workspace() -> Iterator[Workspace]:
    """The chosen workspace, closed with the block."""
    import regulars as rg

    with rg.open(chosen_folder()) as opened:
        yield opened


@contextmanager
def writing_to(path: Path) -> Iterator[None]:
    """Make the folders of a file that the block writes. Raises OutputError where it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}. Choose another place.") from error


@contextmanager
def progress_bar(*, shown: bool) -> Iterator[Progress]:
    """A bar on the terminal for long work; silent where output is piped or JSON."""
    if not (shown and console.is_terminal):
        yield lambda step, share: None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"))
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as bars:
        tasks: dict[str, object] = {}

        def advance(step: str, share: float) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=1.0)
            bars.update(tasks[step], completed=share)  # type: ignore[arg-type]

        yield advance


def say(text: str = "") -> None:
    """Print a line as it is; people's data is never read as markup."""
    typer.echo(text)
