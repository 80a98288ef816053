"""Nothing on the stage shifts through a whole round, by the browser's own measure."""

from collections.abc import Callable, Iterator
from itertools import count

import pytest
from hall import PATIENCE_MS, SEATS, SETTLED, settle
from in_browser import CHROMIUM, FLAGS, People, Served
from playwright.sync_api import Browser, Page, expect, sync_playwright

WATCH = """() => {
    window.shifts = [];
    const keep = list => list.forEach(one => window.shifts.push([one.value, ...one.sources.map(
        ({node}) => node?.className || node?.parentElement?.className || String(node))]));
    const seer = new PerformanceObserver(list => keep(list.getEntries()));
    seer.observe({type: "layout-shift", buffered: true});
    const frame = () => new Promise(go => requestAnimationFrame(go));
    window.shiftsNow = async () => {
        await frame(); await frame();
        keep(seer.takeRecords());
        return window.shifts.splice(0);
    };
}"""
"""Layout shifts since they were last asked for: how much each, and of what."""
STEPS = count(1)


@pytest.fixture(scope="module")
def moving() -> Iterator[Browser]:
    """A Chromium in which everything moves as in the hall."""
    if CHROMIUM is None:
        pytest.skip("no Chromium here: install the package chromium, or run .ci/run")
    with sync_playwright() as playwright:
        flags = [flag for flag in FLAGS if "reduced-motion" not in flag]
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield launched
        launched.close()


def shifted(served: Served, stage: Page) -> object:
    """What has shifted since, once the stage has drawn and nothing on it moves."""
    step = next(STEPS)
    served.order("end step", step=step)
    stage.wait_for_function(f"() => window.step === {step}", timeout=PATIENCE_MS)
    stage.evaluate(SETTLED)
    return stage.evaluate("() => window.shiftsNow()")


def tune(served: Served, stage: Page) -> dict[str, object]:
    """Each finalist drafts and submits; the last one ends the tuning."""
    seen = {}
    for seat in SEATS:
        served.command("StartDraft", seat, round=0, system="", temperature=0.0, top_p=1.0)
        seen[f"{seat} generates"] = shifted(served, stage)
        text = f"Offer cover with conditions. By nobody, {seat}. " * 12
        done = {"text": text, "outcome": "finished", "finalist": seat}
        served.command("RecordDraft", "crew", round=0, draft=1, **done)
        seen[f"{seat} has a draft"] = shifted(served, stage)
        served.command("Submit", seat, round=0, draft=1)
        seen[f"{seat} submits"] = shifted(served, stage)
    served.order("wait for phase", phase="reading")
    return seen | {"reading": shifted(served, stage)}


def test_nothing_shifts_from_the_doors_to_the_standings(
    serve: Callable[..., Served], moving: Browser
) -> None:
    served, people = serve([9, 8, 7, 6, 5]), People(moving)
    stage = people.open(served.links["stage"], 1920, 1080)
    expect(stage.locator(".seat-tile")).to_have_count(5, timeout=PATIENCE_MS)
    stage.wait_for_function("() => 'settled' in document.documentElement.dataset")
    stage.evaluate(WATCH)
    seen = {"doors": shifted(served, stage)}
    while served.order("state")["phase"] != "standings":
        label = served.order("next")["label"]
        seen[label] = shifted(served, stage)
        if label == "Start tuning":
            served.command("HoldShow", "host")
            seen["hold"] = shifted(served, stage)
            served.command("ResumeShow", "host")
            seen |= {"go on": shifted(served, stage)} | tune(served, stage)
        settle(served, label)
        if label == "Open the appeals":
            seen["reveal"] = shifted(served, stage)
    assert {step: found for step, found in seen.items() if found} == {}
    assert len(seen) > 30
    assert people.complaints == []
    people.close()
