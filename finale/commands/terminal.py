"""Standard output and standard error of the commands."""

import typer
from rich.console import Console
from rich.text import Text


def console(width: int | None = None, *, is_error: bool = False) -> Console:
    """A terminal, `width` columns wide, that prints brackets in names and paths as they are."""
    return Console(width=width, stderr=is_error, markup=False, emoji=False)


out, err = console(), console(is_error=True)


def fail(problem: object) -> typer.Exit:
    """Print what is wrong and what to do; the exit to raise."""
    line = Text.assemble(("Error", "bold red"), f" {problem}")
    err.print(line, highlight=False, soft_wrap=True)
    return typer.Exit(1)
