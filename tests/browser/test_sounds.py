"""The stage's sounds: which starts when, never without the host's word, never twice."""

import wave
from collections.abc import Callable, Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from hall import PATIENCE_MS, answer
from in_browser import CHROMIUM, FLAGS, People, Served
from playwright.sync_api import Browser, Page, expect, sync_playwright

from finale.config import ASSETS

SOUNDS = ASSETS / "sounds"
LISTEN = """window.heard = []; document.addEventListener("playing",
    ({target}) => window.heard.push(target.dataset.name), true);"""
READY = """() => document.querySelectorAll("audio").length === 5 &&
    [...document.querySelectorAll("audio")].every(one => one.readyState === 4)"""


@pytest.fixture(scope="module")
def loud() -> Iterator[Browser]:
    """A Chromium that plays without having been clicked, into nowhere."""
    if CHROMIUM is None:
        pytest.skip("no Chromium here: install the package chromium, or run .ci/run")
    with sync_playwright() as playwright:
        flags = [*FLAGS, "--autoplay-policy=no-user-gesture-required", "--mute-audio"]
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield launched
        launched.close()


@pytest.fixture
def hearing(loud: Browser) -> Iterator[People]:
    opened = People(loud)
    yield opened
    opened.close()


def stage_of(served: Served, people: People) -> Page:
    page = people.open(served.links["stage"], 1920, 1080, lambda page: page.add_init_script(LISTEN))
    page.wait_for_function(READY, timeout=PATIENCE_MS)
    return page


def heard(page: Page, *names: str) -> None:
    """Exactly these have started since the last time, and nothing else."""
    page.wait_for_function(f"() => window.heard.length >= {len(names)}", timeout=PATIENCE_MS)
    assert page.evaluate("() => window.heard.splice(0)") == list(names)


def drawn(served: Served, page: Page, step: int) -> None:
    served.order("end step", step=step)
    page.wait_for_function(f"() => window.step === {step}", timeout=PATIENCE_MS)


def test_each_sound_starts_once_and_only_as_the_host_allows(
    serve: Callable[..., Served], hearing: People
) -> None:
    served = serve([9, 8, 7, 6, 5])
    host = hearing.open(served.links["host"], 1440, 900)
    stage = stage_of(served, hearing)
    served.order("next")
    served.order("next")
    drawn(served, stage, 1)
    answer(served)
    drawn(served, stage, 2)
    heard(stage)
    host.get_by_role("button", name="Sound off").click(timeout=PATIENCE_MS)
    expect(host.get_by_role("button", name="Sound on")).to_be_visible(timeout=PATIENCE_MS)
    for _ in range(8):
        served.order("next")
    served.order("wait for tally")
    served.order("wait for verdicts")
    heard(stage)
    served.order("next")
    heard(stage, "reveal")
    served.order("next")
    served.order("skip", seconds=6)
    served.order("wait for phase", phase="reveal")
    served.order("next")
    heard(stage, "reveal")
    stage.reload()
    stage.wait_for_function(READY, timeout=PATIENCE_MS)
    drawn(served, stage, 3)
    heard(stage)
    served.order("next")
    heard(stage, "reveal")
    served.command("HoldShow", "host")
    served.command("ResumeShow", "host")
    drawn(served, stage, 4)
    heard(stage)
    assert host.evaluate("() => document.querySelectorAll('audio').length") == 0
    assert hearing.complaints == []


def test_the_last_ten_seconds_tick_and_the_buzzer_goes(
    serve: Callable[..., Served], hearing: People
) -> None:
    served = serve([9, 8, 7, 6, 5])
    host = hearing.open(served.links["host"], 1440, 900)
    host.get_by_role("button", name="Sound off").click(timeout=PATIENCE_MS)
    expect(host.get_by_role("button", name="Sound on")).to_be_visible(timeout=PATIENCE_MS)
    served.order("next")
    served.order("next")
    served.order("skip", seconds=588)
    stage = stage_of(served, hearing)
    stage.wait_for_function("() => window.heard.includes('buzzer')", timeout=PATIENCE_MS)
    assert stage.evaluate("() => window.heard") == ["tick"] * 10 + ["buzzer"]
    assert hearing.complaints == []


def test_the_test_card_has_a_sound_check(serve: Callable[..., Served], hearing: People) -> None:
    served = serve([9, 8, 7, 6, 5])
    address = served.links["stage"].replace("/stage", "/testcard")
    card = hearing.open(address, 1920, 1080, lambda page: page.add_init_script(LISTEN))
    card.wait_for_function(READY, timeout=PATIENCE_MS)
    card.get_by_role("button", name="Sound check").click()
    heard(card, "check")
    assert hearing.complaints == []


def test_the_sounds_are_what_their_script_writes(tmp_path: Path) -> None:
    spec = spec_from_file_location("make", SOUNDS / "make.py")
    assert spec is not None
    assert spec.loader is not None
    make = module_from_spec(spec)
    spec.loader.exec_module(make)
    make.write(tmp_path)
    kept = {file.name: file.read_bytes() for file in SOUNDS.glob("*.wav")}
    assert kept == {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    for name in kept:
        with wave.open(str(SOUNDS / name)) as file:
            assert file.getnframes() / file.getframerate() < 4
