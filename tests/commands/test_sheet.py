"""`sheet`: from a folder to a file, with the links of `serve --links`."""

import stat
from pathlib import Path

import pytest
import typer
from backstage import backstage
from story import rundown

from finale.access import Access
from finale.commands.sheet import Wanted, run
from finale.config import DEFAULT_SHOW, ROOT
from finale.show.phases import Phase
from finale.store.folder import Folder
from finale.store.scratch import SHOW_FILE

HALL = ("127.0.0.1", 8080, "http://192.0.2.7:8080")
HERE = ("127.0.0.1", 8080, "")


def written(folder: Path, where: tuple[str, int, str] = HALL, show: Path | None = None) -> str:
    """The sheet of the folder's show."""
    out = folder / "sheet.html"
    run(Wanted(show, folder / "data", out, ""), where)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    return out.read_text(encoding="utf-8")


def test_without_a_folder_it_is_the_plan_without_links(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    html = written(tmp_path)

    assert "<h1>The Underwriters’ Cup</h1>" in html
    assert "/enter/" not in html
    assert capsys.readouterr().out == (
        f"The run sheet is in {tmp_path}/sheet.html. It has no links: they exist once the show has "
        "been served from this folder.\n"
    )
    assert not (tmp_path / "data").exists()


def test_links_are_those_of_the_folders_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").mkdir()
    access = Access(Folder(tmp_path / "data").key())
    html = written(tmp_path).replace("<wbr>", "")

    for seat in ("host", *(f"finalist-{x}" for x in "vwxyz"), *(f"panel-{n}" for n in range(1, 6))):
        assert f"http://192.0.2.7:8080/enter/{access.token(seat)}<" in html
    assert f"Room code {access.room_code()}<" in html
    assert access.token("stage") not in html
    assert capsys.readouterr().out.endswith(
        "Its last pages are the role links: as secret as the seats.\n"
    )


def test_links_that_open_here_alone_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").mkdir()
    Folder(tmp_path / "data").key()
    said = (
        "The links begin with http://127.0.0.1:8080 and open on this computer alone. Print again "
        "with the address that phones and laptops open: --public-url http://192.0.2.7:8080."
    )

    assert said in written(tmp_path, HERE)
    assert said in capsys.readouterr().out


async def test_a_show_that_has_begun_keeps_its_plan(tmp_path: Path) -> None:
    async with backstage(tmp_path / "data", plan=rundown(3, 2)) as show:
        assert "<h1>The Underwriters’ Cup</h1>" in written(tmp_path)
        await show.to(Phase.QUESTION)
        html = written(tmp_path, show=DEFAULT_SHOW)

    assert "<h1>The Finale</h1>" in html
    assert f"The plan of the show that has begun in {tmp_path}/data." in html


async def test_the_folder_knows_its_show_file(tmp_path: Path) -> None:
    text = DEFAULT_SHOW.read_text(encoding="utf-8").replace("../questions", f"{ROOT}/questions")
    mine = tmp_path / "mine.toml"
    mine.write_text(text.replace("The Underwriters’ Cup", "The Harbour Cup"), encoding="utf-8")
    async with backstage(tmp_path / "data", plan=rundown()) as show:
        await show.scratch.put(SHOW_FILE, str(mine))
        html = written(tmp_path)

    assert "<h1>The Harbour Cup</h1>" in html
    assert "The plan in mine.toml." in html


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("sheet.doc", "--out {}: expected a file that ends in .html or .pdf."),
        (
            "missing/sheet.html",
            "{} cannot be written (No such file or directory). Choose another with --out.",
        ),
    ],
)
def test_a_file_that_cannot_be_is_refused(
    tmp_path: Path, name: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / name
    with pytest.raises(typer.Exit):
        run(Wanted(None, tmp_path / "data", out, ""), HALL)

    assert capsys.readouterr().err == f"Error {sentence.format(out)}\n"
    assert list(tmp_path.iterdir()) == []
