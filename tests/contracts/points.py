"""Where the functions of the tables are compared, and how near they must be."""

import math
import random

import mpmath

# Enough that no cancellation in a definition at ±1000 is seen: 1 − tanh² loses 870 digits there.
DIGITS = 950
POINTS = 200
RELATIVE, ABSOLUTE = 1e-12, 1e-15


def points(kinks=()):
    """Return about 200 doubles in [−1000, 1000]: the ends, every size, both sides of every kink."""
    found = [0.0, 1.0, -1.0, 1000.0, -1000.0, 709.0, -709.0, 710.5, -745.5, 36.5, -36.5]
    for kink in kinks:
        found += [kink + side * 10.0**-size for side in (1, -1) for size in (0, 3, 6, 9, 12)]
        found += [math.nextafter(kink, side * math.inf) for side in (1, -1)]
    sizes = [sign * 10 ** (step / 4) for sign in (1, -1) for step in range(-32, 13)]
    found += sizes
    chance = random.Random(2015)
    while len(found) < POINTS:
        found.append(chance.choice([chance.gauss(0, 2), chance.uniform(-1000, 1000)]))
    return found


def agrees(found, wanted):
    """Tell whether a double is near enough the true value: relative 1e-12, absolute 1e-15 where it is smaller."""
    return abs(mpmath.mpf(found) - wanted) <= max(RELATIVE * abs(wanted), ABSOLUTE)


def wrong(found, wanted, places):
    """Return the places where two mpmath functions are not the same to far more digits than a double has."""
    with mpmath.workdps(DIGITS):
        return [
            place
            for place in places
            if not mpmath.almosteq(
                found(*map(mpmath.mpf, place)),
                wanted(*map(mpmath.mpf, place)),
                rel_eps=mpmath.mpf("1e-40"),
                abs_eps=mpmath.mpf("1e-900"),
            )
        ]
