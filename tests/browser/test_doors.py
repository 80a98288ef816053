"""Who may open what: role links, cookies, and the headers of every page."""

import re
from html import unescape
from pathlib import Path

import pytest
from doorway import cookie_of, visitor
from in_browser import People, Served
from playwright.sync_api import Browser, expect

from finale.access import Access
from finale.store.folder import Folder

NO_LINK = (
    "This page opens with a role link. The host finds every link under “Links” on the desk; "
    "the terminal that runs the show prints them, or the file that --links names has them."
)
WRONG_LINK = "This link is not one of this show’s. Ask the host for the current one."
PAGES = {
    "host": "/host",
    "finalist-v": "/finalist",
    "panel-1": "/panel",
    "commentary": "/commentary",
    "prompter": "/prompter",
}
STAGES = 16


# ---- links and cookies


@pytest.mark.parametrize(
    "path",
    ["/host", "/finalist", "/panel", "/finalist?seat=finalist-v", "/commentary", "/prompter"],
)
def test_role_page_without_its_cookie_says_how_to_open_it(house: Served, path: str) -> None:
    with visitor(house) as anybody:
        answer = anybody.get(path)

    assert (answer.status_code, answer.text) == (403, NO_LINK)


@pytest.mark.parametrize("token", ["x", "A" * 32, "%2e%2e", "é", "host"])
def test_wrong_token_opens_nothing(house: Served, token: str) -> None:
    with visitor(house) as anybody:
        answer = anybody.get(f"/enter/{token}")

    assert (answer.status_code, answer.text) == (403, WRONG_LINK)
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("seat", PAGES)
def test_link_turns_into_a_cookie_and_leaves_the_address(house: Served, seat: str) -> None:
    with visitor(house) as guest:
        answer = guest.get(house.links[seat])

    name, _, rest = answer.headers["set-cookie"].partition("=")
    address = f"{PAGES[seat]}?seat={seat}" if "-" in seat else PAGES[seat]
    assert (answer.status_code, answer.headers["location"]) == (303, address)
    assert re.fullmatch(rf"finale-[0-9a-f]{{8}}-{seat}", name)
    assert rest.split("; ")[1:] == ["HttpOnly", "Max-Age=259200", "Path=/", "SameSite=lax"]


def test_cookie_is_for_https_alone_where_the_page_came_by_https(house: Served) -> None:
    with visitor(house) as guest:
        flags = guest.get(house.links["host"], headers={"X-Forwarded-Proto": "https"}).headers

    assert flags["set-cookie"].split("; ")[1:] == [
        "HttpOnly",
        "Max-Age=259200",
        "Path=/",
        "SameSite=lax",
        "Secure",
    ]


def test_cookie_of_a_finalist_opens_the_own_console_alone(house: Served) -> None:
    paths = ("/finalist?seat=finalist-v", "/finalist", "/finalist?seat=finalist-w", "/host")
    with visitor(house, "finalist-v") as vera:
        found = {path: vera.get(path).status_code for path in (*paths, "/panel")}

    assert found == dict.fromkeys(paths[:2], 200) | dict.fromkeys((*paths[2:], "/panel"), 403)


def test_cookie_does_not_stand_for_another_seat(house: Served) -> None:
    with visitor(house, "finalist-v") as vera:
        name, value = cookie_of(vera, "finalist-v")
        vera.cookies.set(name.replace("finalist-v", "host"), value)
        vera.cookies.set(name.replace("finalist-v", "panel-1"), value[:-1])
        found = [vera.get(path).status_code for path in ("/host", "/panel")]

    assert found == [403, 403]


def test_refused_and_unknown_addresses_keep_no_page(house: Served) -> None:
    before = house.order("state")["pages"]
    with visitor(house) as anybody:
        found = {path: anybody.get(path) for path in ("/host", "/panel", "/nowhere", "/a/b.php")}

    assert {path: answer.status_code for path, answer in found.items()} == {
        "/host": 403,
        "/panel": 403,
        "/nowhere": 404,
        "/a/b.php": 404,
    }
    assert found["/nowhere"].text == "There is no such page in this show."
    assert house.order("state")["pages"] == before


def test_stage_is_open_to_all_on_16_screens_and_always_to_the_host(tmp_path: Path) -> None:
    served = Served(tmp_path, [])
    try:
        with visitor(served) as anybody, visitor(served, "host") as host:
            found = [anybody.get("/stage").status_code for _ in range(STAGES)]
            one_more, for_host = anybody.get("/stage"), host.get("/stage")
    finally:
        served.stop()

    assert found == [200] * STAGES
    assert (one_more.status_code, one_more.text) == (
        503,
        "The stage is open on too many screens. Close one first.",
    )
    assert for_host.status_code == 200


def test_each_page_that_is_open_to_all_has_a_number_of_its_own(tmp_path: Path) -> None:
    served = Served(tmp_path, [])
    try:
        with visitor(served) as anybody, visitor(served, "host") as host:
            for _ in range(STAGES):
                anybody.get("/overlay")
            found = [anybody.get(path) for path in ("/overlay", "/stage", "/testcard")]
            for_host = host.get("/overlay?parts=clock")
    finally:
        served.stop()

    assert [answer.status_code for answer in found] == [503, 200, 200]
    assert found[0].text == "The overlay is open on too many screens. Close one first."
    # Nobody may be there to load it again.
    assert found[0].headers["refresh"] == "5"
    assert for_host.status_code == 200


def test_the_overlays_choices_go_on_behind_its_link(house: Served) -> None:
    with visitor(house, "host") as host:
        token = Access(Folder(house.data).key()).token("overlay")
        answer = host.get(f"/enter/{token}?parts=clock&chroma=00FF00")
        wrong = host.get("/overlay?parts=crest")

    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/overlay?parts=clock&chroma=00FF00",
    )
    assert (wrong.status_code, "there is no “crest”" in unescape(wrong.text)) == (400, True)


# ---- headers


@pytest.mark.parametrize(
    "path",
    [
        *("/stage", "/host", "/finalist", "/panel", "/rules", "/enter/x", "/nowhere"),
        *("/overlay", "/overlay?parts=x", "/testcard", "/commentary", "/prompter"),
    ],
)
def test_every_page_carries_the_security_headers(house: Served, path: str) -> None:
    with visitor(house, *PAGES) as everybody:
        answer = everybody.get(path)
        host = everybody.base_url.netloc.decode()

    policy = dict(
        part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; ")
    )
    assert policy == {
        "default-src": "'self'",
        "script-src": "'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data:",
        "font-src": "'self' data:",
        "connect-src": f"'self' ws://{host} wss://{host}",
        "object-src": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "form-action": "'self'",
    }
    names = ("cache-control", "referrer-policy", "x-content-type-options")
    assert [answer.headers[name] for name in names] == ["no-store", "no-referrer", "nosniff"]


def test_phone_page_allows_its_own_script_and_nothing_from_outside(house: Served) -> None:
    with visitor(house) as anybody:
        policy = anybody.get("/").headers["content-security-policy"]
        host = anybody.base_url.netloc.decode()

    hashed = re.sub(r"'sha256-[^']+'", "hash", policy)
    assert hashed == (
        "default-src 'none'; script-src hash; style-src hash; img-src data:; "
        f"connect-src 'self' ws://{host} wss://{host}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def test_rules_are_public_and_tell_this_shows_own_numbers(house: Served) -> None:
    with visitor(house) as anybody:
        page = anybody.get("/rules")
    text = " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())

    assert page.status_code == 200
    for told in (
        "5 finalists play 2 rounds, one question a round.",
        "A model that is called “understudy” is a stand-in that comes with the show",
        "For 600 seconds they may change three things",
        "You have one vote a round, for one answer. You may change it until the vote closes after "
        "600 seconds",
        "With fewer than 2 votes the audience does not count",
        "there are 5 seconds to appeal",
        "The judge counts 40%, the experts 40%, the audience 20%.",
    ):
        assert told in text
    fingerprint = re.search(r"Fingerprint of these settings: ([0-9a-f]{64}) ", text)
    assert fingerprint is not None
    assert fingerprint[1] == house.order("state")["rules_hash"]


# ---- in browsers


def test_every_page_opens_in_a_browser_and_asks_nothing_from_outside(
    house: Served, people: People
) -> None:
    names = {
        "host": "Vera Example",
        "stage": "Zora Standin",
        "finalist-w": "Wim Placeholder",
        "panel-2": "Expert Two",
        "overlay": "Vera",
        "testcard": "Zora",
        "commentary": "Model: understudy 3",
        "prompter": "Show question 1",
        "audience": "FINALE",
    }
    for role, name in names.items():
        page = people.open(house.links[role], 1280, 800)
        expect(page.get_by_text(name).first).to_be_visible()
        if "/enter/" in house.links[role]:
            assert house.links[role].rpartition("/")[2] not in page.url

    assert people.complaints == []
    own = house.links["stage"].removesuffix("/stage")
    assert {url[: len(own)] for url in people.requests if not url.startswith("data:")} == {own}


def test_host_and_stage_share_one_browser(house: Served, browser: Browser) -> None:
    context = browser.new_context()
    host, stage = context.new_page(), context.new_page()
    host.goto(house.links["host"])
    stage.goto(house.links["stage"])
    for page in (host, stage):
        page.wait_for_function("() => window.did_handshake && window.socket.connected")
    host.get_by_role("button", name="Show question 1").click()
    expect(stage.get_by_text("answers, blind")).to_be_visible()
    host.reload()
    expect(host.get_by_role("button", name="Start tuning")).to_be_visible()
    context.close()
