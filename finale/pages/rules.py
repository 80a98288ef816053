"""The rules in plain words for the hall, made from this show's own settings."""

from html import escape

from finale.pages.parts import counted
from finale.show.rundown import Rundown, Settings
from finale.show.views.common import scale_note

_PAGE = """<!doctype html>
<html lang="en" data-kind="paper">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The rules · {title}</title>
<link rel="stylesheet" href="/assets/fonts/fonts.css">
<link rel="stylesheet" href="/assets/theme.css">
<link rel="stylesheet" href="/assets/rules.css">
</head>
<body><main class="rules">
<p class="rules-show">{title}</p>
<h1>The rules</h1>
{sections}
<p class="rules-hash">Fingerprint of these settings: <code>{hash}</code>. The same code stands on
screen when the doors open and in the record after the show.</p>
</main></body></html>
"""


def rules_page(rundown: Rundown) -> str:
    """The whole page as HTML; every word of the show file is escaped."""
    sections = "\n".join(
        f"<section><h2>{escape(title)}</h2>{''.join(f'<p>{escape(p)}</p>' for p in text)}</section>"
        for title, text in _sections(rundown)
    )
    return _PAGE.format(title=escape(rundown.title), sections=sections, hash=rundown.rules_hash())


def _sections(rundown: Rundown) -> list[tuple[str, list[str]]]:
    settings = rundown.settings
    return [
        ("The game", _game(rundown)),
        ("The clock", _clock(settings)),
        ("Who wrote what", _blind(settings)),
        ("The marks", _marks(rundown)),
        ("From marks to a score", _score(rundown)),
        ("Appeals", _appeals(settings)),
        ("Ties", _ties()),
        ("When something is missing", _missing(settings)),
    ]


def _game(rundown: Rundown) -> list[str]:
    seconds = rundown.settings.seconds
    return [
        f"{len(rundown.finalists)} finalists play {counted(len(rundown.rounds), 'round')}, one "
        f"question a round. Each plays with a model of their own. For {seconds.tuning} seconds "
        "they may change three things and nothing else: the system prompt, the temperature and "
        "top_p. They may run their model as often as they like.",
        f"Every model may write up to {rundown.settings.max_tokens} tokens, and a system prompt "
        f"may have up to {rundown.settings.longest_prompt:,} characters: the same for all.",
        *_copies(rundown.settings),
        *_stand_ins(rundown),
    ]


def _copies(settings: Settings) -> list[str]:
    if not settings.longest_copy:
        return []
    own = "" if settings.carry_over else ", nor with the finalist’s own prompts of earlier rounds"
    return [
        "A system prompt says how to answer, not what: it may not share more than "
        f"{counted(settings.longest_copy, 'word')} in a row with the reference answer{own}."
    ]


def _stand_ins(rundown: Rundown) -> list[str]:
    if not any("understudy" in finalist.endpoint for finalist in rundown.finalists):
        return []
    return [
        "A model that is called “understudy” is a stand-in that comes with the show: nobody "
        "trained it, and it composes its answers from the show’s question banks."
    ]


def _clock(settings: Settings) -> list[str]:
    return [
        "The clock of the show’s own server decides. A submission that reaches it up to "
        "0.75 seconds after 0:00 counts; a later one does not.",
        "Whoever has not submitted at 0:00 stands by the draft they pinned, else by their last "
        "finished one, else by what their model had written by then.",
        "If the host holds the show, everything stands still for everybody. If the server has to "
        "be restarted, every finalist gets the lost seconds back.",
        "If a finalist’s model fails, or says nothing for 10 seconds, the host may give the lost "
        "seconds back to that finalist alone, up to 30 a round.",
    ]


def _blind(settings: Settings) -> list[str]:
    presenter = "The presenter alone sees the results of a round before the names are revealed."
    return [
        "Answers are shown by letter. The letters are drawn by chance in every round, and until "
        "the names are revealed nobody who marks knows whose answer is whose. Names in an answer "
        "are covered.",
        *([presenter] if settings.prompter_results else []),
    ]


def _marks(rundown: Rundown) -> list[str]:
    seconds = rundown.settings.seconds
    plainly = ", without its formatting" if rundown.settings.style_neutral else ""
    return [
        f"The AI judge ({rundown.judge}) reads each answer alone, three times, and gives 1 to 10 "
        f"for relevance, depth and coherence{plainly}. The middle value of the three counts.",
        f"The panel of {counted(len(rundown.panel), 'expert')} gives 1 to 5 in half points for "
        "generalization, response quality and efficiency. With five or more cards for an answer "
        "the highest and the lowest are left out; with three or four the middle counts, with one "
        "or two their mean. An expert who is close to a finalist says so before the doors open; "
        "that expert’s card for that finalist does not count.",
        f"You have one vote a round, for one answer. You may change it until the vote closes "
        f"after {seconds.vote} seconds; the last one counts. Your phone shows a receipt that you "
        "can look up in the record.",
    ]


def _score(rundown: Rundown) -> list[str]:
    weights = rundown.settings.weights
    return [
        f"The judge counts {weights.judge:.0%}, the experts {weights.panel:.0%}, the audience "
        f"{weights.audience:.0%}. {scale_note(rundown)}",
        "The score of every round is added up. The highest sum wins.",
    ]


def _appeals(settings: Settings) -> list[str]:
    return [
        f"After the judge’s marks there are {settings.seconds.appeal} seconds to appeal: a "
        "finalist for the own answer, once a show and again if the appeal was right, or two "
        "experts together. The ground is a factual error, a misread rubric or a fault of format; "
        "taste is none.",
        "The experts vote without seeing each other’s votes; more than half must agree. Then the "
        "answer’s judge points become the higher of its judge points and its expert points. "
        "Nobody else’s points change.",
    ]


def _ties() -> list[str]:
    return [
        "Equal sums are separated by the experts’ points, then rounds won, second places and so "
        "on, then the judge’s points, then the number of votes. If first place is still shared, "
        "the tied finalists play one more question. If even that ends level, they share the title.",
    ]


def _too_few(quorum: int) -> str:
    return f"fewer than {counted(quorum, 'vote')}" if quorum > 1 else "no vote at all"


def _missing(settings: Settings) -> list[str]:
    return [
        "Nobody guesses. An answer that the judge could not mark takes its expert points instead. "
        f"With {_too_few(settings.quorum)} the audience does not count in that "
        "round, and its share goes to the others in proportion; the stage says so. The same holds "
        "for the judge if more than half of the answers have no mark, for the experts if an answer "
        "has no card, and for a jury that the host declares void, with a reason for the record.",
        "A finalist without an answer gets 0 in that round. A round in which nobody has an answer "
        "counts for nobody. Who withdraws keeps what was scored, marked as such, and holds no "
        "place.",
    ]
