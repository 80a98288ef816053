"""The door of the simulator: `uv run python tests/simulate.py --shows 10000 --jobs 2`."""

from simulation.command import app

if __name__ == "__main__":
    app()
