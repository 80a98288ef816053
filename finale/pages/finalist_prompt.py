"""The left third of the console: the system prompt, temperature and top_p, Generate."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from nicegui import context, ui

from finale.llm.base import Range
from finale.pages.finalist_console import Console, ConsoleView
from finale.pages.finalist_earlier import EarlierPrompts
from finale.pages.finalist_lobby import limits_line
from finale.pages.kept_text import KeptText
from finale.pages.parts import SETTLE_MS, box, button, words
from finale.pages.shared_text import SharedText
from finale.show.phases import Phase
from finale.show.rundown import Frozen
from finale.show.views.finalist import FinalistView
from finale.show.views.prompts import TriedPrompt

START_TEMPERATURE: Final = 0.7
START_TOP_P: Final = 0.9
STEP: Final = 0.05
FINEST: Final = 0.01

NOT_SENT: Final = "Not in effect: your model takes only the other setting."

TEMPERATURES: Final = (
    (0.0, "The same answer every time you generate."),
    (0.25, "Nearly the same answer every time."),
    (0.6, "Steady, worded a little differently each time."),
    (1.0, "Each draft takes its own course."),
    (1.4, "Free: expect surprises, good and bad."),
    (9.0, "Wild: sentences may stop making sense."),
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What one dial sets: its name, its range, both ends in words, and what a value means."""

    name: str
    range: Range
    low: str
    high: str
    meaning: Callable[[float], str]


class Dial:
    """A slider with steppers, its value, and what that value means in plain words."""

    def __init__(self, setting: Setting, value: float, keep: Callable[[], Awaitable[None]]) -> None:
        """Draw it; `keep` is called after every move."""
        self._setting = setting
        self._keep = keep
        least, most = setting.range.clamp(-1.0), setting.range.clamp(9.0)
        is_sent = setting.range.is_sent
        takes = f"Your model takes {least:.2f} to {most:.2f}." if is_sent else NOT_SENT
        with box("dial") as dial:
            with box("line spread"):
                words(setting.name, "bold")
                with box("dial-steps line"):
                    self._less = button("−", lambda: self._step(-STEP))
                    self._value = words("", "dial-value")
                    self._more = button("+", lambda: self._step(STEP))
            self._slider = ui.slider(min=least, max=most, step=FINEST, value=value)
            with box("line spread quiet small dial-ends"):
                words(setting.low)
                words(setting.high)
            self._meaning = words("", "dial-meaning", "p")
            words(takes, "quiet small dial-range", "p")
        dial.props["title"] = f"From “{setting.low}” to “{setting.high}”. {takes}"
        self._less.props["aria-label"] = f"{setting.name} down"
        self._more.props["aria-label"] = f"{setting.name} up"
        self._slider.props["aria-label"] = setting.name
        self._followed = self.value
        self._slider.on_value_change(self._moved)
        self.lock(False)
        self._draw()

    @property
    def value(self) -> float:
        """The setting, within the model's range."""
        return round(self._setting.range.clamp(float(self._slider.value or 0.0)), 2)

    def set(self, value: float) -> None:
        """Move it to `value`, as near as the model's range allows."""
        self._slider.value = round(self._setting.range.clamp(value), 2)

    def follow(self, value: float) -> None:
        """Move it to where another window has it."""
        self._followed = round(self._setting.range.clamp(value), 2)
        self.set(value)

    def lock(self, is_locked: bool) -> None:
        """Let it be moved, or not; a setting without effect never is."""
        for element in (self._less, self._more, self._slider):
            element.set_enabled(self._setting.range.is_sent and not is_locked)

    def _step(self, by: float) -> None:
        steps = round(self.value / STEP) + (1 if by > 0 else -1)
        self._slider.value = round(self._setting.range.clamp(steps * STEP), 2)

    async def _moved(self) -> None:
        self._draw()
        if self.value != self._followed:
            self._followed = self.value
            await self._keep()

    def _draw(self) -> None:
        self._value.text = f"{self.value:.2f}"
        is_sent = self._setting.range.is_sent
        self._meaning.text = self._setting.meaning(self.value) if is_sent else ""


class Kept(Frozen):
    """What was typed and set, as it stands in the scratch store."""

    system: str = ""
    temperature: float = START_TEMPERATURE
    top_p: float = START_TOP_P


class PromptDesk:
    """Everything a finalist may set; kept as typed under the seat's key of the scratch store.

    Where prompts may not be carried over, each round has a key of its own and begins empty; what
    was typed before stays under its key.
    """

    def __init__(self, console: Console) -> None:
        """Draw it with what was typed before."""
        self._console = console
        show = console.view().show
        self._keys = _shared_keys(show)
        kept = self._read(show)
        temperature, top_p = console.backstage.drafter.range_of(console.seat)
        with box("finalist-prompt panel stack"):
            self.editor = KeptText(
                "System prompt",
                console.backstage.showrunner.show_id,
                self._shared(show),
                show.longest_prompt,
            )
            self.temperature = Dial(
                Setting("Temperature", temperature, "Steady", "Surprising", _temperature_means),
                temperature.clamp(kept.temperature),
                self._keep,
            )
            self.top_p = Dial(
                Setting("top_p", top_p, "Likeliest words only", "Wider choice", _top_p_means),
                top_p.clamp(kept.top_p),
                self._keep,
            )
            console.refusal("generate")
            with box("finalist-generate"):
                self._generate = button("Generate", self.generate, "primary", key="Alt+G")
                self._generate.classes("is-wide is-tall").props["data-settle-ms"] = SETTLE_MS
                self._busy = words("", "finalist-busy")
            with box("line spread finalist-foot"):
                words(limits_line(show.max_tokens), "quiet small finalist-limits", "p")
                EarlierPrompts(console, self._take_up)
        self.editor.say("Say who the model is, what it must decide, and how it should answer.")
        self.editor.on_change(self._typed)
        console.typed(kept.system)
        context.client.on_delete(console.backstage.scratch.listen(self._heard))

    def update(self, view: ConsoleView) -> None:
        """Open or lock what can be set; a round with a key of its own begins empty."""
        keys = _shared_keys(view.show)
        if keys != self._keys:
            self._keys = keys
            self.editor.begin(self._shared(view.show))
            self._console.typed(self.editor.text or "")
        self.editor.lock(not view.can_edit, _opens_at(view.show))
        for dial in (self.temperature, self.top_p):
            dial.lock(not view.can_edit)
        is_open = view.can_edit and view.can_generate
        self._generate.set_visibility(is_open)
        self._busy.set_visibility(not is_open)
        self._busy.text = _why_locked(view)

    async def generate(self) -> None:
        """Send what is on screen to the model."""
        if self.editor.text is None:
            longest = self._console.view().show.longest_prompt
            self._console.refuse(
                f"The system prompt has {self.editor.length:,} characters; {longest:,} are "
                "allowed. Shorten it and generate again. Your text is kept.",
                "generate",
            )
            return
        await self._console.generate(self.editor.text, self.temperature.value, self.top_p.value)

    def _take_up(self, tried: TriedPrompt) -> None:
        """As if it were typed and set again."""
        self.editor.put(tried.system)
        self.temperature.set(tried.temperature)
        self.top_p.set(tried.top_p)

    def _typed(self, system: str) -> None:
        self._console.typed(system)
        self._console.refresh()

    def _shared(self, show: FinalistView) -> SharedText:
        """The prompt of this round, as all windows of the seat share it."""
        return SharedText(self._console.backstage.scratch, _shared_keys(show), self._pack, _unpack)

    def _pack(self, system: str) -> str:
        kept = Kept(system=system, temperature=self.temperature.value, top_p=self.top_p.value)
        return kept.model_dump_json()

    def _heard(self, key: str) -> None:
        """Follow the dials of the seat's other windows."""
        if key == self._keys[0] and not self.editor.is_deleted:
            kept = Kept.model_validate_json(self._console.backstage.scratch.get(key))
            self.temperature.follow(kept.temperature)
            self.top_p.follow(kept.top_p)

    def _read(self, show: FinalistView) -> Kept:
        """What was typed and set in this round; before that only what was set in the last."""
        texts = [self._console.backstage.scratch.get(key) for key in _keys(show)]
        kept = Kept.model_validate_json(next(filter(None, texts), "{}"))
        return kept if texts[0] else kept.model_copy(update={"system": ""})

    async def _keep(self) -> None:
        scratch, key = self._console.backstage.scratch, self._keys[0]
        packed = self._pack(_unpack(scratch.get(key)))
        if packed != scratch.get(key):
            await scratch.put(key, packed)


def _keys(show: FinalistView) -> list[str]:
    """Where what is typed is kept: this round's key, then those before; practice is for round 1."""
    last = 1 if show.carry_over else show.begun
    own = [f"prompt:{show.seat}:{number}" for number in range(last, 1, -1)]
    return [*own, f"prompt:{show.seat}"]


def _shared_keys(show: FinalistView) -> tuple[str, str]:
    """Where this round's text is kept, and what was set aside in this round."""
    key, *_ = _keys(show)
    return key, f"{key}:aside:{max(1, show.begun)}"


def _unpack(kept: str) -> str:
    return Kept.model_validate_json(kept or "{}").system


def _opens_at(show: FinalistView) -> float:
    """When tuning begins by the clock alone; 0 if no clock says so."""
    is_running = show.phase is Phase.QUESTION and show.clock is not None and not show.is_held
    return show.clock.deadline if is_running and show.clock is not None else 0.0


def _why_locked(view: ConsoleView) -> str:
    if view.show.is_practice:
        return "Generating"
    running = view.show.running
    if not running:
        return view.show.notice
    return f"Generating draft{'s' * (len(running) > 1)} {' and '.join(map(str, running))}"


def _temperature_means(value: float) -> str:
    return next(text for most, text in TEMPERATURES if value <= most)


def _top_p_means(value: float) -> str:
    ignored = round(100 * (1 - value))
    if ignored == 0:
        return "Every word may be chosen, even an unlikely one."
    return f"Ignores the least likely {ignored} % of word choices."
