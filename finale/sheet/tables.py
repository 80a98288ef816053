"""The tables, blocks and cards of a run sheet, as HTML."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

import segno

from finale.pages.parts_marks import token_svg
from finale.sheet.cues import CueRow
from finale.sheet.faults import FAULTS
from finale.sheet.plan import Link
from finale.show.question import Question
from finale.show.rundown import Settings

_WHO = {"host": "Host", "clock": "clock", "server": "by itself"}
_GROUPS = {"seconds": "Seconds", "weights": "Weights", "scales": "Scales"}


def cue_table(rows: Iterable[CueRow], after: Iterable[CueRow], rounds: int) -> str:
    """The cues of a round with a box to tick for each, then those that may follow a round."""
    heads = "".join(f"<th class='tick'>{number}</th>" for number in range(1, rounds + 1))
    body, rest = ("".join(_cue(row, rounds) for row in part) for part in (rows, after))
    return (
        "<table class='cues'><thead><tr><th>The button says</th><th>Who</th><th>Time</th>"
        f"<th>What is on then</th>{heads}</tr></thead><tbody>{body}"
        f"<tr class='between'><td colspan='{4 + rounds}'>After the standings, one of these or the "
        f"next question</td></tr>{rest}</tbody></table>"
    )


def _cue(row: CueRow, rounds: int) -> str:
    who = " or ".join(_WHO[mover] for mover in row.movers).capitalize()
    kind = "" if row.note else " class='is-step'"
    boxes = "<td class='tick'><i></i></td>" * rounds
    return (
        f"<tr{kind}><td><b>{escape(row.label)}</b></td><td>{escape(who)}</td>"
        f"<td class='time'>{escape(row.seconds)}</td><td>{escape(row.note)}</td>{boxes}</tr>"
    )


def question_block(label: str, question: Question) -> str:
    """A question as the host needs it: short form, full text, notes, key facts, reference."""
    facts = "".join(f"<li>{escape(fact)}</li>" for fact in question.key_facts)
    notes = _named("Notes for the host", _paragraphs(question.notes)) if question.notes else ""
    check = _named("Check", f"<p>{escape(_check(question))}</p>") if question.check else ""
    return (
        f"<article><p class='label'><b>{escape(label)}</b><span>{escape(question.domain)}</span>"
        f"<span class='push code'>{escape(question.id)}</span></p>"
        f"<h3>{escape(question.short)}</h3><div class='full'>{_paragraphs(question.text)}</div>"
        f"<div class='columns'><div>{notes}{_named('Key facts', f'<ul>{facts}</ul>')}{check}</div>"
        f"<div>{_named('Reference answer', _paragraphs(question.reference))}</div></div></article>"
    )


def _check(question: Question) -> str:
    check = question.check
    assert check is not None
    expected = check.expect if isinstance(check.expect, tuple) else (check.expect,)
    values = ", ".join(f"{part:g}" if isinstance(part, float) else part for part in expected)
    around = f" ± {check.tolerance:g}" if check.tolerance else ""
    return f"{check.kind}: {values}{around}"


def _named(name: str, body: str) -> str:
    return f"<div class='named'><p class='name'>{escape(name)}</p>{body}</div>"


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))


def fault_table() -> str:
    """What the desk says, and the one thing to do."""
    rows = "".join(
        f"<tr><td><b>{escape(fault.line)}</b></td><td>{escape(fault.action)}</td></tr>"
        for fault in FAULTS
    )
    return (
        "<table class='faults'><thead><tr><th>What you see</th><th>What to do</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def settings_table(settings: Settings) -> str:
    """Every setting of the show file, by group."""
    values = settings.model_dump()
    groups = [(title, values.pop(name)) for name, title in _GROUPS.items()]
    blocks = "".join(_group(title, group) for title, group in [*groups, ("More", values)])
    return f"<div class='settings'>{blocks}</div>"


def _group(title: str, values: dict[str, Any]) -> str:
    rows = "".join(
        f"<tr><td>{escape(name.replace('_', ' '))}</td><td>{escape(_value(value))}</td></tr>"
        for name, value in values.items()
    )
    return f"<div><h3>{escape(title)}</h3><table><tbody>{rows}</tbody></table></div>"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.0%}" if isinstance(value, float) else str(value)


def link_cards(links: Sequence[Link]) -> str:
    """Cards to cut apart: whose, what for, the code and the address."""
    return f"<div class='cards'>{''.join(_card(link) for link in links)}</div>"


def _card(link: Link) -> str:
    token = ""
    if link.lectern:
        seat = f"token seat-{link.lectern.lower()}"
        token = f"<span class='{seat}'>{token_svg(link.lectern)}</span>"
    return (
        f"<div class='card'>{qr(link.address)}<div class='whose'><p>{token}"
        f"<b>{escape(link.name)}</b></p><span>{escape(link.purpose)}</span>"
        f"<code>{escape(link.address).replace('/enter/', '/enter/<wbr>')}</code></div></div>"
    )


def qr(address: str) -> str:
    """The QR code of an address, with its quiet zone."""
    code = segno.make(address, error="m", micro=False)
    return f"<div class='qr'>{code.svg_inline(border=4, omitsize=True, dark='#0A1A20')}</div>"
