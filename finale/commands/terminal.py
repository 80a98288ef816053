"""Standard output and standard error of the commands."""

import typer
from rich.console import Console

out, err = Console(), Console(stderr=True)


def fail(problem: object) -> typer.Exit:
    """Print what is wrong and what to do; the exit to raise."""
    err.print(f"[bold red]Error[/] {problem}", highlight=False, soft_wrap=True)
    return typer.Exit(1)
