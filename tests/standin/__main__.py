"""`PYTHONPATH=tests python -m standin [port]`: a stand-in for people to try things against."""

import asyncio
import sys

from standin.behaviours import BEHAVIOURS
from standin.server import StandIn


async def main() -> None:
    """Serve until interrupted, at a pace that can be watched."""
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8099
    async with StandIn(port=port, first_word_s=0.3, pause_s=0.1) as standin:
        print(f"OpenAI: base {standin.base}/v1; SageMaker, Bedrock: base {standin.base}")  # noqa: T201
        print(f"What it saw: {standin.base}/seen")  # noqa: T201
        print("Models:", ", ".join(BEHAVIOURS))  # noqa: T201
        await asyncio.Event().wait()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        # The way to end it.
        sys.exit(0)
