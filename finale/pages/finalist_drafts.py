"""The middle and the right of the console: the draft in sight as it streams, and all drafts."""

from dataclasses import dataclass
from functools import partial

from nicegui import context, ui
from nicegui.elements.mixins.text_element import TextElement

from finale.llm.hearing import Hearing
from finale.pages.draft_parts import (
    OUTCOMES,
    draw_badge,
    draw_settings,
    seconds_text,
    size_line,
    words_caption,
)
from finale.pages.finalist_console import Console, ConsoleView
from finale.pages.live import Region
from finale.pages.parts import (
    Tone,
    banner,
    box,
    button,
    empty_state,
    heading,
    stat_block,
    words,
)
from finale.pages.parts_marks import icon
from finale.pages.untrusted import GROWING, plain, rich, safe_html
from finale.show.views.finalist import DraftView

MOST_KEYS = 9
TICK_S = 0.1


@dataclass(slots=True)
class _Stream:
    """The elements that grow with a running draft; nothing else is touched while it streams."""

    prose: ui.html
    first_token: TextElement
    so_far: TextElement
    words: TextElement
    words_caption: TextElement


@dataclass(frozen=True, slots=True)
class _Card:
    """A draft in the list, whether it is the one in sight, and whether it can still be pinned."""

    draft: DraftView
    is_in_sight: bool
    can_tune: bool


class StreamPane:
    """The draft in the middle: streaming, finished, failed, or none yet."""

    def __init__(self, console: Console) -> None:
        """Draw it and listen to the finalist's model."""
        self._console = console
        self._stream: _Stream | None = None
        self._watched = 0
        console.region(
            lambda view: (view.in_sight, view.show.is_practice),
            lambda slice_: self._draw(*slice_),
            "finalist-stream panel",
        )
        listen = console.backstage.drafter.listen
        context.client.on_delete(listen(console.seat, self._grow))

    def _draw(self, draft: DraftView | None, is_practice: bool) -> None:
        self._stream = None
        if draft is None:
            _draw_none(is_practice)
        elif draft.outcome == "running":
            self._draw_running(draft)
        else:
            _draw_ended(draft)

    def _draw_running(self, draft: DraftView) -> None:
        with box("line spread stream-head"):
            with box("line"):
                heading(_name(draft))
                _draw_streaming()
            cancel = partial(self._console.cancel, draft.number)
            button("Cancel", cancel, "outline", key="Escape")
        with box("stream-text is-growing scrolls"):
            prose = rich("")
        with box("stream-stats line"):
            (first, _), (so_far, _) = _counter("first token"), _counter("so far")
            self._stream = _Stream(prose, first, so_far, *_counter(words_caption(0)))
            words("Speed is marked, too.", "quiet push")
        self._watched = draft.number
        ui.timer(TICK_S, self._tick)
        self._grow()

    def _streaming(self) -> Hearing | None:
        return self._console.backstage.drafter.streaming(self._console.seat, self._watched)

    def _grow(self) -> None:
        streaming, stream = self._streaming(), self._stream
        if streaming is None or stream is None or stream.prose.is_deleted:
            return
        stream.prose.set_content(safe_html(streaming.text, GROWING))
        count = len(streaming.text.split())
        stream.words.set_text(str(count))
        stream.words_caption.set_text(words_caption(count))
        if streaming.first_token_s is not None:
            stream.first_token.set_text(seconds_text(streaming.first_token_s))

    def _tick(self) -> None:
        streaming = self._streaming()
        if streaming is not None and self._stream is not None:
            self._stream.so_far.set_text(seconds_text(self._console.now() - streaming.started_at))


class DraftList:
    """All drafts, newest first, and what goes in at 0:00."""

    def __init__(self, console: Console) -> None:
        """Draw both."""
        self._console = console
        self._cards: dict[tuple[int, int], Region[ConsoleView, _Card]] = {}
        with box("finalist-drafts stack"):
            console.region(
                lambda view: (len(_carded(view)), view.pairs[:1]),
                lambda slice_: self._draw_count(*slice_),
            )
            with box("draft-list scrolls"):
                self._list = box("stack")
            console.add(self)
            console.refusal("drafts")

    def update(self, view: ConsoleView) -> None:
        """Draw what is new: the cards of other drafts stay as they are."""
        wanted = {(view.show.round, draft.number) for draft in _carded(view)}
        for key in self._cards.keys() - wanted:
            self._cards.pop(key).container.delete()
        for key in sorted(wanted - self._cards.keys()):
            with self._list:
                card = Region(partial(_card_of, key[1]), self._draw)
            card.container.move(target_index=0)
            self._cards[key] = card
        for card in self._cards.values():
            card.update(view)

    def _draw_count(self, count: int, newest: tuple[tuple[int, int], ...]) -> None:
        with box("line spread"):
            heading("Your drafts")
            words(str(count) if count else "None yet", "quiet")
            if newest:
                compare = partial(self._console.compare, newest[0])
                button("Compare", compare, "outline", key="Alt+C").classes("is-small push")

    def _draw(self, card: _Card) -> None:
        if card.draft.outcome == "running":
            self._running_card(card.draft, card.is_in_sight)
        else:
            self._card(card.draft, card.is_in_sight, card.can_tune)

    def _running_card(self, draft: DraftView, is_in_sight: bool) -> None:
        with box(f"draft-card panel stack snug {'is-in-sight' if is_in_sight else ''}"):
            with box("line"):
                heading(f"Draft {draft.number}", level=3)
                _draw_streaming()
            draw_settings(draft)
            if is_in_sight:
                return
            with box("line draft-foot"):
                watch = partial(self._console.choose, draft.number)
                button("Watch", watch, "outline").classes("is-small push")
                cancel = partial(self._console.cancel, draft.number)
                button("Cancel", cancel, "outline").classes("is-small")

    def _card(self, draft: DraftView, is_in_sight: bool, can_tune: bool) -> None:
        look = f"{'is-pinned' if draft.is_pinned else ''} {'is-in-sight' if is_in_sight else ''}"
        with box(f"draft-card panel stack snug {look}"):
            with box("line"):
                heading(f"Draft {draft.number}", level=3)
                draw_badge(draft)
            if draft.outcome != "failed":
                draw_settings(draft)
            words(plain(draft.text) or draft.reason, "two-lines quiet", "p")
            with box("line draft-foot"):
                words(size_line(draft), "quiet")
                if not is_in_sight:
                    read = button("Read", lambda: self._console.choose(draft.number), "outline")
                    read.classes("is-small push")
                if can_tune and draft.outcome == "finished" and not draft.is_pinned:
                    self._pin_button(draft.number, is_in_sight)

    def _pin_button(self, number: int, is_first: bool) -> None:
        key = f"Alt+{number}" if number <= MOST_KEYS else ""
        pin = button("Pin", lambda: self._console.pin(number), "outline", key=key)
        pin.classes(f"is-small {'push' if is_first else ''}")


def _carded(view: ConsoleView) -> tuple[DraftView, ...]:
    """The drafts with a card; where only one may run, it needs none, for it is in the middle."""
    has_cards = view.show.drafts_at_once > 1
    return tuple(d for d in view.show.drafts if has_cards or d.outcome != "running")


def _card_of(number: int, view: ConsoleView) -> _Card:
    draft = next(draft for draft in _carded(view) if draft.number == number)
    return _Card(draft, _number(view.in_sight) == number, view.show.can_tune)


def _draw_streaming() -> None:
    with box("line snug quiet"):
        icon("play")
        words("Streaming")


def _draw_none(is_practice: bool) -> None:
    kept = "Every draft is kept; pin the one you like best."
    practice = "Here only the last one stays, until the show begins."
    with box("stack stream-empty"):
        detail = f"Generate to see what your model says. {practice if is_practice else kept}"
        empty_state("No drafts yet.", detail)


def _name(draft: DraftView) -> str:
    """A draft of the practice has no number."""
    return f"Draft {draft.number}" if draft.number else "Practice draft"


def _draw_ended(draft: DraftView) -> None:
    with box("line spread stream-head"):
        with box("line"):
            heading(_name(draft))
            draw_badge(draft)
        draw_settings(draft)
    if draft.outcome in OUTCOMES:
        title, consequence = OUTCOMES[draft.outcome]
        tone: Tone = "alarm" if draft.outcome == "failed" else "plain"
        banner(f"{title}.", draft.reason or consequence, tone)
    elif draft.is_at_limit:
        banner("Stopped at the token limit.", "It is the same for all; ask for less.", "plain")
    with box("stream-text scrolls"):
        rich(draft.text)
    with box("stream-stats line"):
        stat_block(seconds_text(draft.first_token_s), "first token")
        stat_block(seconds_text(draft.total_s), "in all")
        stat_block(str(draft.words), words_caption(draft.words))
        words("Speed is marked, too.", "quiet push")


def _counter(caption: str) -> tuple[TextElement, TextElement]:
    with box("stat"):
        return words("–", "figure"), words(caption, "quiet")


def _number(draft: DraftView | None) -> int:
    return draft.number if draft else 0
