"""The door: `uv run run_finale.py [command]`."""

from finale.cli import main

if __name__ == "__main__":
    main()
