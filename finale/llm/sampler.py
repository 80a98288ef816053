"""How one of several candidates is drawn from their scores: temperature, then top_p."""

import math
from collections.abc import Sequence
from random import Random


def draw(scores: Sequence[float], temperature: float, top_p: float, random: Random) -> int:
    """The index of the drawn score; the nearest thing to a language model's choice of a token.

    `scores` are finite logits, at least one; `temperature` is 0 or more; `top_p` is in (0, 1].
    At temperature 0 the highest score wins, the first of equals, and `random` is left untouched.
    Raises ValueError outside of these ranges.
    """
    if not 0.0 < top_p <= 1.0:
        raise ValueError(f"top_p must be above 0 and at most 1, not {top_p}")
    probabilities = softmax(scores, temperature)
    if temperature == 0.0:
        return probabilities.index(1.0)
    return _spin(nucleus(probabilities, top_p), probabilities, random)


def softmax(scores: Sequence[float], temperature: float) -> list[float]:
    """Probabilities in proportion to exp(score / temperature); all on the first best one at 0.

    The highest score is taken off first, so that no score is too large and no temperature too
    small (Goodfellow, Bengio and Courville, "Deep Learning", 2016, section 4.1).
    """
    if not scores or not all(math.isfinite(score) for score in scores):
        raise ValueError("there must be scores, and they must be finite")
    if not 0.0 <= temperature < math.inf:
        raise ValueError(f"temperature must be 0 or more, not {temperature}")
    best = max(scores)
    if temperature == 0.0:
        first = scores.index(best)
        return [1.0 if index == first else 0.0 for index in range(len(scores))]
    weights = [math.exp((score - best) / temperature) for score in scores]
    total = math.fsum(weights)
    return [weight / total for weight in weights]


def nucleus(probabilities: Sequence[float], top_p: float) -> list[int]:
    """The fewest indices whose probabilities together reach `top_p`, most probable first.

    Equals keep their order (Holtzman et al., "The Curious Case of Neural Text Degeneration", 2020).
    """
    order = sorted(range(len(probabilities)), key=lambda index: -probabilities[index])
    reached = 0.0
    for count, index in enumerate(order, start=1):
        reached += probabilities[index]
        if reached >= top_p:
            return order[:count]
    return order


def _spin(kept: Sequence[int], probabilities: Sequence[float], random: Random) -> int:
    left = random.random() * math.fsum(probabilities[index] for index in kept)
    for index in kept:
        left -= probabilities[index]
        if left < 0.0:
            return index
    return kept[0]
