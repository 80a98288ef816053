"""Two of the finalist's drafts side by side, with every change of prompt and settings marked."""

from collections.abc import Sequence
from functools import partial

from finale.pages.draft_parts import OUTCOMES, draw_badge, seconds_text
from finale.pages.finalist_console import Console
from finale.pages.finalist_submit import SubmitBox, draw_sentence
from finale.pages.parts import box, button, heading, stat_block, words
from finale.pages.untrusted import rich
from finale.show.views.compare import Pair, Piece
from finale.show.views.finalist import DraftView

NAMES = {"del": "taken out", "ins": "put in"}
PAIR_KEYS = (("Earlier", "Alt+ArrowLeft", 1), ("Later", "Alt+ArrowRight", -1))


class Compare:
    """The two drafts in place of the desk, and the bar that says what goes in at 0:00."""

    def __init__(self, console: Console, submit: SubmitBox) -> None:
        """Draw nothing until two drafts are compared."""
        self._console = console
        self._submit = submit
        console.region(
            lambda view: (view.pair, view.show.can_tune, len(view.pairs) > 1),
            lambda slice_: self._draw(*slice_),
            "finalist-compare",
        )
        console.region(
            lambda view: (view.pair is not None, view.show.at_zero, view.show.to_submit),
            lambda slice_: self._draw_foot(*slice_),
            "finalist-compare-foot",
        )

    def _draw(self, pair: Pair | None, can_tune: bool, has_others: bool) -> None:
        if pair is None:
            return
        with box("compare-head line"):
            button("Back to tuning", partial(self._console.compare, None), "outline", key="Escape")
            with box("stack tight"):
                heading(f"Drafts {pair.left.number} and {pair.right.number}", "large bold")
                words("What differs in prompt and settings is marked.", "quiet")
            if has_others:
                with box("line push"):
                    words("Other pairs", "quiet")
                    for name, key, step in PAIR_KEYS:
                        turn = partial(self._console.turn_pair, step)
                        button(name, turn, "outline", key=key)
        with box("compare-sides"):
            for draft, prompt, tag in (
                (pair.left, pair.left_prompt, "del"),
                (pair.right, pair.right_prompt, "ins"),
            ):
                self._draw_side(pair, draft, (prompt, tag), can_tune)

    def _draw_side(
        self,
        pair: Pair,
        draft: DraftView,
        marked: tuple[Sequence[Piece], str],
        can_tune: bool,
    ) -> None:
        look = "is-pinned" if draft.is_pinned else ""
        with box(f"compare-side panel stack {look}", "section"):
            with box("line spread compare-name"):
                with box("line"):
                    heading(f"Draft {draft.number}", "title")
                    draw_badge(draft)
                if can_tune and draft.outcome == "finished" and not draft.is_pinned:
                    pin = partial(self._console.pin, draft.number)
                    key = f"Alt+{draft.number}" if draft.number <= 9 else ""
                    button(f"Pin draft {draft.number}", pin, "primary", key=key)
            with box("compare-figures"):
                for value, caption, is_changed in (
                    (f"{draft.temperature:.2f}", "Temperature", pair.is_hotter),
                    (f"{draft.top_p:.2f}", "top_p", pair.is_wider),
                    (seconds_text(draft.first_token_s), "first token", False),
                    (seconds_text(draft.total_s), "in all", False),
                    (str(draft.words), "words", False),
                ):
                    stat_block(value, caption).classes("is-changed" if is_changed else "")
            heading("System prompt", "bold compare-prompt-name", 3)
            _draw_prompt(*marked)
            with box("stream-text scrolls"):
                if draft.text.strip():
                    rich(draft.text)
                else:
                    words(draft.reason or " ".join(OUTCOMES[draft.outcome]), "quiet", "p")

    def _draw_foot(self, is_open: bool, at_zero: str, to_submit: int | None) -> None:
        if not is_open:
            return
        with box("line spread on-paper compare-bar"):
            with box("stack tight"):
                draw_sentence(at_zero)
            self._submit.draw_button(to_submit, True)


def _draw_prompt(pieces: Sequence[Piece], tag: str) -> None:
    with box("compare-prompt scrolls", "p").props("dir=auto"):
        if not pieces:
            words("Empty.", "quiet")
        for piece in pieces:
            if piece.is_changed:
                words(piece.text, tag=tag).props["aria-label"] = f"{NAMES[tag]}: {piece.text}"
            else:
                words(piece.text)
