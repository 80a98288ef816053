"""The table of colours and what they reach on their grounds; exit code 1 if one is too little.

PYTHONPATH=tests uv run python -m contrast
"""

import sys

from contrast.pairs import pairs, table

if __name__ == "__main__":
    print(table())  # noqa: T201
    sys.exit(any(not pair.is_enough for pair in pairs()))
