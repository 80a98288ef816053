"""The standings as a table in the terminal."""

from rich.table import Table

from finale.show.state import ShowState
from finale.show.views.bars import rows


def standings_table(state: ShowState) -> Table:
    """Place, finalist, affiliation, total and what decided the place."""
    table = Table(title=state.rundown.title, title_justify="left")
    for heading, align in (("Place", "right"), ("Finalist", "left"), ("Total", "right")):
        table.add_column(heading, justify=align)  # type: ignore[arg-type]
    table.add_column("Decided by")
    for row in rows(state):
        table.add_row(row.placed, row.tag.name, f"{row.total:.1f}", row.decided_by)
    return table
