"""A NiceGUI page with one line of text that changes once a second: the least one does."""

import sys

from nicegui import app, ui


@ui.page("/")
def bare() -> None:
    """A heading that says how often it was changed."""
    line = ui.label("0")

    def change() -> None:
        line.set_text(str(int(line.text) + 1))

    ui.timer(1.0, change)


if __name__ == "__main__":
    app.on_startup(lambda: print("ready", flush=True))  # noqa: T201
    ui.run(host="127.0.0.1", port=int(sys.argv[1]), show=False, reload=False, title="Bare")
