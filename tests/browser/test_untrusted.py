"""What people and models write is read on every screen, in a real browser, and acts on none."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from hall import PATIENCE_MS
from in_browser import SHOW, People, Served
from pages.test_untrusted import PAYLOADS
from playwright.sync_api import Page, expect

LONGEST = 200
FEWEST = 60
TEXTS = tuple(p for p in PAYLOADS if len(p) < LONGEST and "\x00" not in p)
SEEN = tuple(p for p in TEXTS if p.isprintable())
"""What a show file may say of a person: hidden characters are refused there."""
WORDS = "plain word " * 30
"""What a reference answer needs at least."""

# In a name without spaces, because answers hide every word of a name.
NAMES = (
    "<img/src=x/onerror=alert(7)>",
    "<svg/onload=alert(7)>",
    "{{constructor.constructor('alert(7)')()}}",
    "<script>alert(7)</script>",
    "</title><script>alert(7)</script>&lt;b&gt;abc",
)
EXPERTS = ("<iframe/src=javascript:alert(8)>", "[x](javascript:alert(8))", "${alert(8)}")
TO_APPEAL = ("Reveal the judge’s marks", "Open the appeals")
REASONS = {"finalist-v": ".judged-reason", "panel-1": ".judged-reason", "host": ".host-scores"}
READABLE = ("<script>alert(1)</script>", "{{constructor.constructor('alert(1)')()}}")

# Tags that no page here draws, signs of a payload where it could act, and what a text may hold.
FOUND = """() => {
  const sign = /alert\\(|evil\\.example|javascript:/;
  const own = new Set(["title", "aria-label"]);
  const never = "img, image, iframe, object, embed, applet, form, math, video, source, " +
    "audio:not([src^='/assets/sounds/']), template, marquee, details, foreignObject, animate, " +
    "use, keygen, plaintext, xmp, base";
  const prose = new Set(["P", "STRONG", "EM", "BR", "UL", "OL", "LI"]);
  const found = [...document.querySelectorAll(never)].map((e) => e.outerHTML);
  for (const e of document.querySelectorAll("#app a, #app script, #app style, #app link, main a"))
    found.push(e.outerHTML);
  for (const e of document.querySelectorAll("#app .prose *"))
    if (!prose.has(e.tagName)) found.push(e.outerHTML);
  for (const e of document.querySelectorAll("*"))
    for (const { name, value } of e.attributes)
      if (name.startsWith("on") || (sign.test(value) && !own.has(name)))
        found.push(`${e.tagName} ${name}=${value.slice(0, 80)}`);
  return found;
}"""


def show_file(folder: Path) -> str:
    """A show of one round in which every text that a file can hold is hostile."""
    bank = folder / "bank.toml"
    questions = "".join(question(name) for name in ("first-question", "second-question"))
    bank.write_text('title = "x"\ndomain = "x"\nlanguage = "en"\n' + questions, encoding="utf-8")
    finalists = "".join(
        f"[[finalist]]\nname = {quoted(name)}\nshort = {quoted(name[:28])}\n"
        f"affiliation = {quoted(fitting(120, SEEN[lectern::5]))}\n"
        f"say = {quoted(fitting(120, SEEN[lectern + 1 :: 5]))}\n"
        for lectern, name in enumerate(NAMES)
    )
    seconds = SHOW.partition("[settings.seconds]")[2]
    text = (
        f"title = {quoted('<img src=x onerror=alert(9)> {{9}}')}\n"
        f'banks = [{quoted(str(bank))}]\nrounds = ["first-question"]\n'
        f'reserve = "second-question"\npanel = [{", ".join(map(quoted, EXPERTS))}]\n'
        f"{finalists}[settings]\nquorum = 0\nlongest_prompt = 20000\nlongest_copy = 0\n"
        f"[settings.seconds]{seconds}"
    )
    return text.replace("{", "{{").replace("}", "}}")


def question(name: str) -> str:
    """A question whose every field holds as many payloads as it has room for."""
    facts = [text for text in TEXTS if 1 < len(" ".join(text.split())) <= 120][:8]
    fields = {
        "id": name,
        "domain": "<svg onload=alert(1)>",
        "short": fitting(140),
        "text": fitting(600),
        "reference": WORDS + fitting(1500),
        "notes": fitting(600),
    }
    lines = [f"{key} = {quoted(value)}\n" for key, value in fields.items()]
    return f"[[question]]\n{''.join(lines)}key_facts = [{', '.join(map(quoted, facts))}]\n"


def fitting(room: int, payloads: tuple[str, ...] = TEXTS) -> str:
    """Of `payloads` those that have room, one after the other, in that many characters."""
    text = ""
    for payload in payloads:
        if len(text) + len(payload) + 1 <= room:
            text += f"{payload} "
    return text.rstrip()


def quoted(text: str) -> str:
    """`text` as a TOML string."""
    return json.dumps(text)


@dataclass(frozen=True)
class Screens:
    """Every kind of page, in a browser of its own."""

    served: Served
    pages: dict[str, Page]
    ran: list[object]
    steps: Iterator[int] = field(default_factory=lambda: count(1))

    def check(self, moment: str) -> None:
        """Nothing of a payload acts on any screen, as it stands once all are up to date."""
        step = next(self.steps)
        self.served.order("end step", step=step)
        for role, page in self.pages.items():
            if role != "phone":
                page.wait_for_function(f"() => window.step === {step}")
            assert (moment, role, page.evaluate(FOUND)) == (moment, role, [])
        assert (moment, self.ran) == (moment, [])

    def read(self, role: str, *texts: str, inside: str = "body") -> None:
        """Each of `texts` can be read on that page as it was written."""
        for text in texts:
            place = self.pages[role].locator(inside).filter(has_text=text)
            expect(place).not_to_have_count(0, timeout=PATIENCE_MS)


def open_screens(served: Served, people: People) -> Screens:
    ran: list[object] = []

    def watch(page: Page) -> None:
        page.expose_function("alert", lambda sign: ran.append(sign))

    links = served.links | {"phone": f"{served.links['audience']}?{served.code}"}
    roles = ("host", "stage", "finalist-v", "panel-1", "phone")
    pages = {role: people.open(links[role], 1280, 800, watch) for role in roles}
    return Screens(served, pages, ran)


def tune(screens: Screens) -> None:
    """A prompt that is typed and kept; drafts that fail and finish; everybody submits."""
    served, vera = screens.served, screens.pages["finalist-v"]
    prompt = "\n".join(TEXTS)
    vera.get_by_label("System prompt").fill(prompt)
    vera.wait_for_function("() => !Object.keys(sessionStorage).some(k => k.includes('prompt'))")
    vera.reload()
    expect(vera.get_by_label("System prompt")).to_have_value(prompt)
    for seat in (f"finalist-{lectern}" for lectern in "vwxyz"):
        for draft, outcome in ((1, "failed"), (2, "finished")):
            start(served, seat, prompt)
            ended = {"finalist": seat, "draft": draft, "outcome": outcome, "reason": prompt}
            text = "\n\n".join((*TEXTS, seat))
            served.command("RecordDraft", "crew", round=0, text=text, **ended)
            screens.check(f"{seat} draft {draft}")
            if seat == "finalist-v":
                screens.read(seat, *READABLE, inside=".stream-text .prose")
        assert served.command("Submit", seat, round=0, draft=2) == {"events": ["Submitted"]}


def start(served: Served, seat: str, prompt: str) -> None:
    settings = {"temperature": 0.3, "top_p": 0.9}
    answer = served.command("StartDraft", seat, round=0, system=prompt, **settings)
    assert answer == {"events": ["DraftStarted"]}


def read(screens: Screens) -> None:
    """The answers one by one; on the tablet every sheet."""
    tablet = screens.pages["panel-1"]
    for letter in "ABCDE":
        screens.served.order("next")
        screens.check(f"answer {letter}")
        screens.read("stage", *READABLE, inside=".sheet-text.is-on .prose")
    screens.pages["phone"].get_by_role("button", name="Answer A").click()
    screens.read("phone", *READABLE, inside="main")
    for sheet in ("Reference", "Question", "Answer"):
        tablet.get_by_role("button", name=sheet, exact=True).click()
        screens.check(f"sheet {sheet}")
        screens.read("panel-1", READABLE[0], inside=".panel-text")


def appeal(screens: Screens) -> None:
    """The judge's reason, to the finalist and to the experts who vote on it."""
    screens.served.command("FileAppeal", "finalist-v", round=0, letter="A", ground="factual error")
    screens.check("appeal")
    for role, reason in REASONS.items():
        screens.read(role, *READABLE, inside=f"{reason} .prose")
    for number in range(1, len(EXPERTS) + 1):
        screens.served.command("VoteAppeal", f"panel-{number}", round=0, letter="A", is_upheld=True)
    screens.served.order("skip", seconds=600)
    screens.served.order("wait for no clock")
    assert screens.served.order("next")["label"] == "Go to the reveal"


def test_no_text_acts_on_any_screen(
    serve: Callable[..., Served], people: People, tmp_path: Path
) -> None:
    assert len(TEXTS) >= FEWEST
    served = serve([9, 7, 5, 3, 1], show=show_file(tmp_path), reason="\n\n".join(TEXTS))
    screens = open_screens(served, people)
    screens.read("stage", NAMES[0], NAMES[2])
    screens.check("lobby")
    screens.pages["host"].get_by_role("button", name="Links").click()
    screens.read("host", *NAMES[:4], *EXPERTS)
    screens.check("links")
    for _ in range(2):
        served.order("next")
        screens.check("question and tuning")
    tune(screens)
    served.order("wait for phase", phase="reading")
    read(screens)
    served.order("wait for verdicts")
    for label in ("Open the vote", "Close the vote", "Close the marks", *TO_APPEAL):
        assert served.order("next")["label"] == label
        screens.check(label)
        if label == "Close the vote":
            served.order("wait for tally")
    appeal(screens)
    while served.order("state")["phase"] != "champion":
        screens.check(str(served.order("next")["label"]))
    screens.read("stage", NAMES[0])
    screens.read("phone", NAMES[0])

    assert people.complaints == []
    own = served.links["stage"].removesuffix("/stage")
    assert {url[: len(own)] for url in people.requests} - {"data:image/svg+xml"} == {own}
