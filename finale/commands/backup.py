"""`backup`: a copy of a show that runs, to go on with elsewhere."""

from pathlib import Path

from finale.commands.record import show_in
from finale.commands.terminal import fail, out
from finale.config import DEFAULT_SHOW, banks_of, read_show
from finale.show.phases import Phase
from finale.store.backup import Copied, back_up
from finale.store.writer import StoreError
from finale.toml_file import BadFile


def run(data: Path, place: Path, show: Path | None) -> None:
    """Copy the show in `data` to `place`; exits 1 with a clear line if that cannot be."""
    folder = show_in(data)
    try:
        show_file = show or folder.show_file() or DEFAULT_SHOW
        rundown = read_show(show_file).rundown
        banks = banks_of(show_file)
        files = [show_file, *(show_file.parent / bank for bank in banks)]
        copied = back_up(folder, place, files)
    except (BadFile, StoreError, ValueError, OSError) as problem:
        raise fail(problem) from problem
    _tell(copied, place)
    fixed = [bank for bank in banks if Path(bank).is_absolute()]
    if fixed:
        out.print(
            f"Note: the show file names {', '.join(fixed)} by a whole path. On another computer "
            "change that line to where the copy has it.",
            soft_wrap=True,
        )
    is_begun = copied.state.phase is not Phase.LOBBY
    if is_begun and rundown != copied.state.rundown:
        out.print(
            f"Note: {show_file} is not the plan that the show began with. The log holds that plan "
            "and goes on with it; name another show file with --show if this is the wrong one.",
            soft_wrap=True,
        )


def _tell(copied: Copied, place: Path) -> None:
    state, last = copied.state, copied.entries[-1]
    where = f"round {len(state.rounds)}, " if state.rounds else ""
    out.print(f"The copy is in {place}, and its log has been checked.", soft_wrap=True)
    out.print(
        f"  show.db     {len(copied.entries)} log entries up to {where}"
        f"{state.phase.value.replace('_', ' ')}; {copied.ballots} ballots; last hash "
        f"{last.hash[:16]}",
        soft_wrap=True,
    )
    out.print("  scratch.db  what is typed and not yet submitted")
    out.print("  key         the signing key: as secret as every link made from it")
    out.print(f"  {copied.show_file}  the show file; its question banks lie beside it")
    words = f"--data {place} --show {place}/{copied.show_file}"
    out.print(
        f"To go on with it: uv run run_finale.py {words}. Stop the first server before: two that "
        "go on from one copy are two shows.",
        soft_wrap=True,
    )
