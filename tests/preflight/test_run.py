"""All checks side by side: what breaks in one is found about it, and the others go on."""

from finale.preflight.base import Finding
from finale.preflight.run import BROKE, safely


async def test_a_check_that_breaks_is_no_go_about_its_subject() -> None:
    found: list[Finding] = []
    through: list[str] = []

    async def broken() -> None:
        raise RecursionError

    await safely(broken(), "Ada Byron’s model", found.append, through.append)

    [finding] = found
    assert (finding.subject, finding.grade, finding.text) == ("Ada Byron’s model", "no-go", BROKE)
    assert through == ["Ada Byron’s model"]
