"""What one finalist may see: the own prompts and drafts, and what the hall sees."""

from dataclasses import dataclass, replace

from finale.show.cues import may_appeal
from finale.show.phases import Phase
from finale.show.rules_finalist import at_buzzer, practice_of
from finale.show.state import Credit, Draft, RoundState, ShowState
from finale.show.views.bars import rows
from finale.show.views.common import ClockView, Head, Tag, head, main_clock, tag, words
from finale.show.views.messages import Note, note_for
from finale.show.views.panel import JudgedAnswer, judged_answer

_TIMED = (Phase.QUESTION, Phase.TUNING, Phase.APPEAL)

PRACTICE = "Nothing here counts or is kept. Only your prompt and settings stay, for round 1."


@dataclass(frozen=True, slots=True)
class DraftView:
    """One of the finalist's own drafts; times in seconds, exact, they are the finalist's own.

    `is_at_limit`: the model was stopped at the most tokens that it may write.
    """

    number: int
    system: str
    temperature: float
    top_p: float
    text: str
    outcome: str
    reason: str
    words: int
    first_token_s: float | None
    total_s: float | None
    is_pinned: bool
    is_submitted: bool
    is_at_limit: bool = False


@dataclass(frozen=True, slots=True)
class FinalistView(Head):
    """One finalist's console.

    `credit` says what became of the seconds that the own model cost. `is_locked`: the own clock is
    over while the phase still is tuning. `running` are the drafts that stream, the newest last.
    `question` is the practice question in the lobby.
    """

    tag: Tag
    seat: str
    question: str
    can_tune: bool
    longest_prompt: int
    max_tokens: int
    drafts: tuple[DraftView, ...]
    running: tuple[int, ...]
    can_generate: bool
    drafts_at_once: int
    carry_over: bool
    submitted: int | None
    to_submit: int | None
    at_zero: str
    notice: str
    publish_prompts: bool
    place: int | None = None
    placed: str = ""
    total: float | None = None
    judged: JudgedAnswer | None = None
    can_appeal: bool = False
    judge: str = ""
    credit: str = ""
    is_locked: bool = False
    is_withdrawn: bool = False
    is_practice: bool = False
    message: Note | None = None


def finalist_view(state: ShowState, seat: str) -> FinalistView:
    """The console of the finalist on `seat`; KeyError if there is no such seat."""
    round_ = _own_round(state, seat)
    practice = practice_of(state, seat)
    settings = state.rundown.settings
    drafts = _drafts(round_, seat) if round_ else ()
    running = round_.running(seat) if round_ else ()
    can_tune = _can_tune(state, round_, seat)
    submission = round_.submissions.get(seat) if round_ else None
    standing = next((r for r in rows(state) if r.tag.lectern == tag(state, seat).lectern), None)
    return FinalistView(
        **head(state, _clock(state, round_, seat) if state.phase in _TIMED else None),
        tag=tag(state, seat),
        seat=seat,
        question=practice.text if practice else round_.question.text if round_ else "",
        can_tune=can_tune,
        longest_prompt=settings.longest_prompt,
        max_tokens=settings.max_tokens,
        drafts=drafts,
        running=tuple(draft.number for draft in running),
        can_generate=can_tune and len(running) < settings.drafts_at_once,
        drafts_at_once=settings.drafts_at_once,
        carry_over=settings.carry_over,
        submitted=submission.draft if submission else None,
        to_submit=_to_submit(round_, seat),
        at_zero=at_zero(round_, seat) if round_ and state.phase is Phase.TUNING else "",
        notice=_notice(state, round_, seat),
        publish_prompts=settings.publish_prompts,
        place=standing.place if standing and standing.places else None,
        placed=standing.placed if standing and standing.places else "",
        total=standing.total if standing and standing.places else None,
        judged=_judged(state, round_, seat),
        can_appeal=_can_appeal(state, round_, seat),
        judge=state.rundown.judge,
        credit=_credit(round_, seat) if round_ and state.phase is Phase.TUNING else "",
        is_locked=_is_locked(state, round_, seat),
        is_withdrawn=seat in state.withdrawn,
        is_practice=practice is not None,
        message=note_for(state, seat),
    )


def _own_round(state: ShowState, seat: str) -> RoundState | None:
    """The running round if the finalist plays in it."""
    if not state.rounds or seat in state.withdrawn or seat not in state.round.finalists:
        return None
    return state.round


def _clock(state: ShowState, round_: RoundState | None, seat: str) -> ClockView | None:
    """The clock of the hall; in tuning the own one, which a credit makes longer, until it ends."""
    clock = None if _is_locked(state, round_, seat) else main_clock(state)
    if clock is None or round_ is None or state.phase is not Phase.TUNING:
        return clock
    own = state.closes_at(seat)
    held_left = None if state.held_at is None else max(0.0, own - state.held_at)
    return replace(clock, deadline=own, held_left=held_left)


def _credit(round_: RoundState, seat: str) -> str:
    """What is on offer, what was given, what was declined; for the own console alone."""
    if seat in round_.submissions:
        return ""
    credit = round_.credits.get(seat, Credit())
    declined = credit.offered - credit.pending - credit.granted
    pending = (
        f"Your model failed and cost {credit.pending:.0f} s. "
        "The host decides; undecided, they are added."
    )
    said = (
        (credit.pending, pending),
        (credit.granted, f"{credit.granted:.0f} s were added to your clock."),
        (round(declined, 6), f"The host declined the {declined:.0f} s."),
    )
    return " ".join(sentence for seconds, sentence in said if seconds)


def _is_locked(state: ShowState, round_: RoundState | None, seat: str) -> bool:
    """The buzzer has sounded for this finalist, and at least one other plays on."""
    if round_ is None or state.phase is not Phase.TUNING or round_.at_buzzer is None:
        return False
    return seat in round_.submissions


def _drafts(round_: RoundState, seat: str) -> tuple[DraftView, ...]:
    submission = round_.submissions.get(seat)
    return tuple(
        _draft(
            draft,
            round_.pins.get(seat) == draft.number,
            submission is not None and submission.draft == draft.number,
        )
        for draft in round_.drafts.get(seat, ())
    )


def _draft(draft: Draft, is_pinned: bool, is_submitted: bool) -> DraftView:
    return DraftView(
        draft.number,
        draft.system,
        draft.temperature,
        draft.top_p,
        draft.text,
        draft.outcome or "running",
        draft.reason,
        words(draft.text),
        draft.first_token_s,
        draft.total_s,
        is_pinned,
        is_submitted,
        is_at_limit=draft.finish == "length",
    )


def _can_tune(state: ShowState, round_: RoundState | None, seat: str) -> bool:
    if round_ is None or state.phase is not Phase.TUNING or state.is_held:
        return False
    return seat not in round_.submissions


def _to_submit(round_: RoundState | None, seat: str) -> int | None:
    """The draft that Submit would stand by: the pinned one, else the last finished."""
    if round_ is None:
        return None
    kept = at_buzzer(round_, seat)
    return kept.draft if kept.how in ("pinned", "last finished") else None


def at_zero(round_: RoundState, seat: str) -> str:
    """The sentence that says what will be submitted at 0:00."""
    kept = at_buzzer(round_, seat)
    running = round_.running(seat)
    if kept.how == "submitted":
        return f"Draft {kept.draft} is submitted. That is final."
    if kept.how == "pinned":
        return f"At 0:00 your pinned draft is submitted. That is draft {kept.draft}."
    if kept.how == "last finished":
        return f"At 0:00 your last finished draft is submitted. That is draft {kept.draft}."
    if kept.how == "running":
        return f"At 0:00 what draft {kept.draft} had written is submitted."
    if running:
        return f"At 0:00 what draft {running[-1].number} has written by then is submitted."
    return "At 0:00 nothing is submitted: you have no draft yet. Generate one."


def _notice(state: ShowState, round_: RoundState | None, seat: str) -> str:
    if seat in state.withdrawn:
        return "You have been withdrawn from the show. What you have scored stays."
    if state.is_held:
        return "The host has stopped the show. Your text is kept."
    if state.phase is Phase.APPEAL:
        return _appeals(state, round_, seat)
    if state.phase is Phase.TUNING:
        return _tuning(state, round_, seat)
    if practice_of(state, seat) is not None:
        return PRACTICE
    if state.phase is Phase.QUESTION and round_ is None:
        return "Sudden death: the tied finalists play this question."
    return {
        Phase.LOBBY: "You are in. Your console opens when the first clock starts.",
        Phase.QUESTION: "Read the question. Your console opens when the clock starts.",
        Phase.LOCKED: "Answers are locked.",
        Phase.READING: "The answers are on stage, by letter. Please do not react.",
        Phase.MARKING: "The hall and the experts are marking. Please do not react.",
        Phase.JUDGE_REVEAL: "The AI judge’s marks are on stage.",
        Phase.REVEAL: "The scores are on stage.",
        Phase.STANDINGS: "The standings are on stage.",
        Phase.BREAK: "There is a break. Your console waits for the next question.",
        Phase.SUDDEN_DEATH: "Sudden death: the tied finalists play one more question.",
        Phase.CHAMPION: "The show is over.",
    }[state.phase]


def _tuning(state: ShowState, round_: RoundState | None, seat: str) -> str:
    if round_ is None:
        return "Sudden death: the tied finalists play this question."
    if _is_locked(state, round_, seat):
        return "Answers are locked."
    if seat in round_.submissions:
        return "You are in. Please do not react: the hall does not know whose answer is whose."
    return ""


def _appeals(state: ShowState, round_: RoundState | None, seat: str) -> str:
    """How far the appeals are; what the whole hall knows, apart from the own right to appeal."""
    if state.open_appeal() is not None:
        return "The experts are voting on an appeal."
    if "phase" not in state.deadlines:
        return "Appeals are closed."
    if _can_appeal(state, round_, seat):
        return "You may appeal against the judge’s marks of your own answer."
    return "Appeals are open. You have none to file."


def _judged(state: ShowState, round_: RoundState | None, seat: str) -> JudgedAnswer | None:
    if state.phase is not Phase.APPEAL or round_ is None or not round_.letter_of(seat):
        return None
    return judged_answer(state, round_.letter_of(seat), seat)


def _can_appeal(state: ShowState, round_: RoundState | None, seat: str) -> bool:
    judged = _judged(state, round_, seat)
    return judged is not None and judged.can_appeal and may_appeal(state, seat)
