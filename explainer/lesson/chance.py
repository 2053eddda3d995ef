"""All chance of a lesson: each draw is a pure function of the seed, what it is for, and its place.

A draw is a hash, not the next number of a generator, so that steps may be computed in any order and any one of them
again, and editing one part of a lesson leaves the draws of the others as they were.
"""

from __future__ import annotations

import math
from functools import lru_cache

# A double holds 53 binary digits.
_BITS = 53

# Where a draw belongs: a pass, a sample, the id of a neuron or the name of a parameter, in the caller's order.
Place = int | str


def uniform(seed: int, purpose: str, *place: Place) -> float:
    """Return a number from 0 up to, not including, 1; all 2⁵³ values are equally likely.

    `purpose` keeps apart draws for different ends ("dropout", "shuffle") that share a place.
    """
    return math.ldexp(_whole(seed, purpose, place), -_BITS)


def normal(seed: int, purpose: str, *place: Place) -> float:
    """Return a number from the normal distribution with mean 0 and standard deviation 1.

    Source: Box, Muller: A note on the generation of random normal deviates (1958).
    """
    # 1 − u lies above 0, where the logarithm is finite.
    radius = math.sqrt(-2.0 * math.log(1.0 - uniform(seed, purpose, *place, "radius")))
    return radius * math.cos(2.0 * math.pi * uniform(seed, purpose, *place, "angle"))


@lru_cache(maxsize=16)
def permutation(count: int, seed: int, purpose: str, *place: Place) -> tuple[int, ...]:
    """Return the numbers from 0 to `count` − 1 in an order drawn by chance, every order equally likely."""
    return tuple(sorted(range(count), key=lambda number: _whole(seed, purpose, (*place, number))))


def _whole(seed: int, purpose: str, place: tuple[Place, ...]) -> int:
    # Imported here: it takes a library of ciphers, and most lessons leave nothing to chance.
    from hashlib import blake2b

    # The written tuple tells 1 from "1" and ("a", "b") from ("ab",), and is the same in every run and version.
    name = repr((seed, purpose, *place)).encode()
    return int.from_bytes(blake2b(name, digest_size=8).digest(), "big") >> (64 - _BITS)
