"""The longest names, long words, long and right-to-left answers: no text is cut or on another."""

from collections.abc import Callable

import pytest
from browser.test_long_names import NAMES
from geometry import misplaced
from hall import SEATS, SETTLED, picture
from in_browser import SHOW, People, Served
from playwright.sync_api import Page

LANGUAGES = ("en",)
LONGEST = {
    **NAMES,
    'name = "Yusuf Sample", short = "Yusuf"': 'name = "السيدة ياسمين المثال", short = "ياسمين"',
    '"Expert One"': '"Wilhelmina Featherstonehaugh-Cholmondeley of Mousehole-on-S"',
}
ANSWERS = (
    "word " * 249 + "end.",
    "Donaudampfschifffahrtsgesellschaftskapitän " * 8,
    "هذه إجابة من اليمين إلى اليسار، وفيها شروط وأسعار. " * 12,
    "X" * 40 + " and then plain words." * 20,
    "- one\n- two\n\n**Bold** and " + "more words of it. " * 40,
)
PAGES = (
    ("stage", 1920, 1080),
    ("host", 1440, 900),
    ("finalist-v", 1440, 900),
    ("panel-1", 1024, 768),
    ("panel-1", 768, 1024),
    ("prompter", 1920, 1080),
    ("commentary", 1920, 1080),
    # Zoomed to 200 %.
    ("host", 720, 450),
    ("finalist-v", 720, 450),
    ("panel-1", 512, 384),
)


class Look:
    """Every page at a step of the show, and what is wrong on each."""

    def __init__(self, served: Served, people: People) -> None:
        self._served = served
        self._pages: dict[tuple[str, int, int], Page] = {
            one: people.open(served.links[one[0]], *one[1:]) for one in PAGES
        }
        self._step = 0
        self.found: dict[tuple[str, str, int, int], object] = {}

    def at(self, moment: str) -> None:
        self._step += 1
        self._served.order("end step", step=self._step)
        for one, page in self._pages.items():
            page.wait_for_function(f"() => window.step === {self._step}", timeout=60_000)
            page.evaluate(SETTLED)
            picture(page, f"longest-{moment}-{one[0]}-{one[1]}")
            if wrong := misplaced(page):
                self.found[(moment, *one)] = wrong


def draft(served: Served) -> None:
    for seat, text in zip(SEATS, ANSWERS, strict=True):
        prompt = {"system": "Be kind. " * 100, "temperature": 0.0, "top_p": 1.0}
        served.command("StartDraft", seat, round=0, **prompt)
        done = {"text": text, "outcome": "finished", "finalist": seat}
        served.command("RecordDraft", "crew", round=0, draft=1, **done)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_or_on_another(
    serve: Callable[..., Served], people: People, language: str
) -> None:
    show = SHOW
    for old, new in LONGEST.items():
        assert old in show
        show = show.replace(old, new)
    show = show if language == "en" else f'language = "{language}"\n{show}'
    served = serve([9, 8, 7, 6, 5], show=show, reason="It forgets the neighbours. " * 20)
    look = Look(served, people)
    look.at("lobby")
    for moment in ("question", "tuning"):
        served.order("next")
        look.at(moment)
    draft(served)
    look.at("drafts")
    for seat in SEATS:
        served.command("Submit", seat, round=0, draft=1)
    served.order("wait for phase", phase="reading")
    for letter in "ABCDE":
        served.order("next")
        look.at(f"reading-{letter}")
    served.order("next")
    look.at("marking")
    served.order("next")
    served.order("wait for tally")
    served.order("wait for verdicts")
    for moment in ("marked", "judged", "appeals"):
        served.order("next")
        look.at(moment)
    served.command("FileAppeal", "finalist-v", round=0, letter="A", ground="factual error")
    look.at("vote")
    served.command("RuleAppeal", "host", round=0, letter="A", reason="Nobody votes.")
    look.at("ruled")
    served.order("skip", seconds=6)
    served.order("wait for no clock")
    while served.order("state")["phase"] != "standings":
        look.at(served.order("next")["label"].lower().replace(" ", "-"))
    assert look.found == {}
    assert people.complaints == []
