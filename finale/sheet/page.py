"""The run sheet as one HTML file that needs nothing else: style, type and codes are in it."""

import base64
import re
from html import escape

from finale.config import ASSETS
from finale.pages.parts_marks import token_svg
from finale.sheet.cues import after_cues, planned_s, round_cues
from finale.sheet.plan import Plan
from finale.sheet.tables import (
    cue_table,
    fault_table,
    link_cards,
    qr,
    question_block,
    settings_table,
)
from finale.show.question import Question
from finale.show.rundown import Finalist, Panellist

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; style-src 'unsafe-inline'; font-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Run sheet · {title}</title>
<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"""


def sheet_page(plan: Plan) -> str:
    """The whole file; every word of the show file is escaped."""
    rundown = plan.rundown
    parts = [_cover(plan), _cues(plan)]
    parts += [_section("Questions", _questions(plan), "is-new")]
    parts += [_section("When something goes wrong", fault_table(), "is-new")]
    parts += [_section("Settings", _settings(plan), "is-whole")]
    if plan.links:
        parts += [_poster(plan), _section("Role links", _links(plan), "is-new")]
    return _PAGE.format(title=escape(rundown.title), style=_style(), body="\n".join(parts))


def _style() -> str:
    """The style sheets with every font in them."""
    fonts = (ASSETS / "fonts" / "fonts.css").read_text(encoding="utf-8")
    fonts = re.sub(r'url\("/assets/fonts/([\w.-]+)"\)', lambda m: _data(m.group(1)), fonts)
    return fonts + (ASSETS / "sheet.css").read_text(encoding="utf-8")


def _data(name: str) -> str:
    content = base64.b64encode((ASSETS / "fonts" / name).read_bytes()).decode()
    return f'url("data:font/woff2;base64,{content}")'


def _section(title: str, body: str, kind: str = "") -> str:
    return f'<section class="{kind}"><h2>{escape(title)}</h2>{body}</section>'


def _cover(plan: Plan) -> str:
    rundown = plan.rundown
    return f"""<header>
<p class="top"><span class="mark">FINALE</span><span>Run sheet</span>
<span class="push">Printed {escape(plan.printed)}</span></p>
<h1>{escape(rundown.title)}</h1>
{_date(plan.date)}
<dl class="facts">
{_fact(str(len(rundown.rounds)), "rounds")}
{_fact(f"{rundown.settings.seconds.tuning} s", "of tuning")}
{_fact(f"{-(-planned_s(rundown) // 60)} min", "a round at least, talk not counted")}
{_fact(str(len(rundown.panel)), "experts")}
</dl>
<p class="quiet">{escape(plan.source)} Judge: {escape(rundown.judge)}.</p>
</header>
<section><h2>At the lecterns</h2><table class="people">
<thead><tr><th></th><th>Name</th><th>Say</th><th>Affiliation</th><th>Model</th></tr></thead>
<tbody>{"".join(_finalist(one) for one in rundown.finalists)}</tbody></table></section>
<section><h2>On the panel</h2>{_panel(rundown.panel)}</section>"""


def _date(date: str) -> str:
    if date:
        return f'<p class="date">{escape(date)}</p>'
    blanks = (f"<span>{name}<i></i></span>" for name in ("Date", "Doors", "First question", "Host"))
    return f'<p class="date is-blank">{"".join(blanks)}</p>'


def _fact(figure: str, what: str) -> str:
    return f"<div><dt>{escape(figure)}</dt><dd>{escape(what)}</dd></div>"


def _finalist(one: Finalist) -> str:
    token = f'<span class="token seat-{one.lectern.lower()}">{token_svg(one.lectern)}</span>'
    return (
        f"<tr><td>{token}</td><td><b>{escape(one.name)}</b></td><td>{_say(one.say)}</td>"
        f"<td>{escape(one.affiliation)}</td><td>{escape(one.endpoint)}</td></tr>"
    )


def _panel(panel: tuple[Panellist, ...]) -> str:
    if not panel:
        return '<p class="quiet">Nobody: the experts’ part is void in every round.</p>'
    rows = (
        f"<tr><td>{number}</td><td><b>{escape(one.name)}</b></td>"
        f"<td>{_say(getattr(one, 'say', ''))}</td></tr>"
        for number, one in enumerate(panel, 1)
    )
    return (
        '<table class="people is-narrow"><thead><tr><th></th><th>Name</th><th>Say</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _say(say: str) -> str:
    """How to say a name; nobody has said it yet: a line to write on."""
    return f"<em>{escape(say)}</em>" if say else '<i class="line"></i>'


def _cues(plan: Plan) -> str:
    rounds = len(plan.rundown.rounds)
    body = (
        '<p class="quiet">What the desk’s button says, in this order in every round. Tick each '
        "cue as it is called.</p>"
        f"{cue_table(round_cues(plan.rundown), after_cues(), rounds)}"
    )
    return _section("Cues", body, "is-new")


def _questions(plan: Plan) -> str:
    rundown = plan.rundown
    asked: list[tuple[str, Question]] = [
        (f"Round {number}", question) for number, question in enumerate(rundown.rounds, 1)
    ]
    blocks = [question_block(label, question) for label, question in asked]
    spares = [question_block("Spare", question) for question in rundown.spares]
    return "".join([*blocks, question_block("Reserve", rundown.reserve), *spares])


def _settings(plan: Plan) -> str:
    rundown = plan.rundown
    return (
        f"{settings_table(rundown.settings)}"
        '<p class="hash"><span class="quiet">Fingerprint of these settings, as on the lobby '
        f"screen and in the record</span><br><code>{rundown.rules_hash()}</code></p>"
    )


def _poster(plan: Plan) -> str:
    """A page to hang up where people come in: the phones’ code, as large as the paper allows."""
    phones = plan.links[0]
    return (
        f'<section class="is-new poster"><p class="top"><span class="mark">FINALE</span>'
        f"<span>{escape(plan.rundown.title)}</span></p><h1>Vote with your phone</h1>"
        f"{_warning(plan)}"
        f"{qr(phones.address)}<p class='address'>{escape(phones.address.split('?')[0])}</p>"
        f"<p>{escape(phones.purpose)}</p></section>"
    )


def _links(plan: Plan) -> str:
    return (
        '<p class="alarm"><b>Secret.</b> Whoever has a card has the seat. Cut them apart, give '
        f"each to its owner alone, and keep no copy.</p>{_warning(plan)}"
        f"{link_cards(plan.links[1:])}"
    )


def _warning(plan: Plan) -> str:
    return f'<p class="alarm">{escape(plan.warning)}</p>' if plan.warning else ""
