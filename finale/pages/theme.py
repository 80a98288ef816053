"""The frame of a page: title, colours, type and scripts, all served from this house."""

from typing import Final, Literal

from nicegui import ui

from finale.pages.language import spoken

Kind = Literal["stage", "overlay", "desk", "paper"]

_HEAD: Final = """
<script>
  document.documentElement.dataset.kind = "{kind}";
  document.documentElement.lang = "{language}";
  document.documentElement.dir = "{direction}";
</script>
<meta name="finale-now" content="{now}">
{fonts}
{sheets}
<script defer src="/assets/finale.js"></script>
<script defer src="/assets/presses.js"></script>
<script defer src="/assets/reconnect.js"></script>
<script defer src="/assets/line.js"></script>
"""
_FONT: Final = (
    '<link rel="preload" href="/assets/fonts/{}.woff2" as="font" type="font/woff2" crossorigin>'
)
_SHEET: Final = '<link rel="stylesheet" href="/assets/{}.css">'

# Quasar's own colours, where one of its parts still shows them.
_QUASAR: Final = {
    "primary": "#4F707B",
    "secondary": "#2C4A54",
    "accent": "#4F707B",
    "dark": "#11262E",
    "dark_page": "#0A1A20",
    "positive": "#4F707B",
    "negative": "#FF5A45",
    "info": "#4F707B",
    "warning": "#FF5A45",
}


def frame(
    title: str, kind: Kind, *, sheets: tuple[str, ...] = (), now: float | None = None
) -> None:
    """Dress the page being built; call it first in a page function.

    It takes the language that is being spoken.
    `kind` is the ground: ink for the stage and the desks, paper for tablets and reports, none for
    the overlay.
    `sheets` names further style sheets in assets, without ".css". `now` is the server's clock in
    epoch seconds; with it the page's countdowns are right from the first second.
    """
    ui.page_title(title)
    fonts = map(_FONT.format, ("archivo-latin", "atkinson-next-latin"))
    styles = map(_SHEET.format, ("fonts/fonts", "theme", "parts", "quasar", *sheets))
    clock = "" if now is None else f"{now:.3f}"
    ui.add_head_html(
        _HEAD.format(
            kind=kind,
            language=spoken().language,
            direction=spoken().direction,
            now=clock,
            fonts="\n".join(fonts),
            sheets="\n".join(styles),
        )
    )
    ui.dark_mode(kind != "paper")
    ui.colors(**_QUASAR)
