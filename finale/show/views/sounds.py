"""Which sound belongs to a change of the stage's picture; nothing is told by sound alone."""

from typing import Literal

from finale.show.phases import Phase
from finale.show.views.stage import StageView

Sound = Literal["buzzer", "reveal", "champion"]


def sound_between(before: StageView, now: StageView) -> Sound | None:
    """What is heard as `before` gives way to `now`; a step back is silent."""
    if before.phase is Phase.TUNING and now.phase not in (Phase.TUNING, Phase.QUESTION):
        return "buzzer"
    if now.phase is Phase.CHAMPION and before.phase is not Phase.CHAMPION:
        return "champion"
    is_shown = now.phase is Phase.JUDGE_REVEAL and before.phase is Phase.MARKING
    is_step = before.phase is now.phase is Phase.REVEAL and now.step > before.step
    return "reveal" if is_shown or is_step else None


def ticking(view: StageView) -> float | None:
    """The deadline whose last ten seconds are ticked, in epoch seconds."""
    if view.phase is not Phase.TUNING or view.is_held or view.clock is None:
        return None
    return view.clock.deadline
