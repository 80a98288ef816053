"""Tells every golden show again and writes its file: `PYTHONPATH=tests python -m shows.write`."""

from shows.golden import HERE, SHOWS, text_of
from shows.told import CLAUSES


def main() -> None:
    """One file for each show; files of shows that are not told any more go."""
    for path in HERE.glob("*.jsonl"):
        if path.stem not in SHOWS:
            path.unlink()
    for name, show in SHOWS.items():
        (HERE / f"{name}.jsonl").write_text(text_of(show), encoding="utf-8")
    print(f"{len(SHOWS)} shows of {len(CLAUSES)} rooms of rules")  # noqa: T201


if __name__ == "__main__":
    main()
