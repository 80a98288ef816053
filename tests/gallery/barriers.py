"""What of a page keeps people out who cannot see, point or tell colours apart, by axe-core."""

from importlib import resources

from playwright.sync_api import Page

_GRAVE = ("serious", "critical")
_RUN = """async () => (await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
})).violations.map(({ id, impact, nodes }) => [impact, id, nodes.map(n => n.target.join(" "))])"""


def barriers(page: Page) -> list[str]:
    """The serious and critical findings: which rule, and where."""
    page.evaluate(
        resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    )
    found = page.evaluate(_RUN)
    return [f"{impact} {rule}: {', '.join(at)}" for impact, rule, at in found if impact in _GRAVE]
