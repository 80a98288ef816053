"""Standard output and standard error of the commands."""

import errno

import typer
from rich.console import Console
from rich.text import Text


class _Terminal(Console):
    def on_broken_pipe(self) -> None:
        """Nobody reads any more, as after `| head`: end the command without a word."""
        # Rich would raise SystemExit, which tears an event loop down before anything is closed.
        raise BrokenPipeError(errno.EPIPE, "nobody reads the output")


def console(width: int | None = None, *, is_error: bool = False) -> Console:
    """A terminal, `width` columns wide, that prints brackets in names and paths as they are."""
    return _Terminal(width=width, stderr=is_error, markup=False, emoji=False)


out, err = console(), console(is_error=True)


def fail(problem: object) -> typer.Exit:
    """Print what is wrong and what to do; the exit to raise."""
    line = Text.assemble(("Error", "bold red"), f" {problem}")
    err.print(line, highlight=False, soft_wrap=True)
    return typer.Exit(1)
