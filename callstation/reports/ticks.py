"""The numbers beside an axis: few, round and evenly apart, and nought always one of those around it."""

import math

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def ticks(low: float, high: float, most: int, *, is_whole: bool = False) -> tuple[float, ...]:
    """At least two and usually at most ``most`` numbers evenly apart: the first is <= ``low``, the last >= ``high``.

    ``is_whole``: no step below one, for what is counted.
    """
    if high - low <= max(1e-9, abs(low) * 1e-9, abs(high) * 1e-9):
        high = low + max(1.0, abs(low) * 0.1)
    rough = (high - low) / max(1, most - 1)
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * one for one in _STEPS if size * one >= rough * (1 - 1e-9))
    for attempt in range(4):  # rounding outwards may need a wider step than there seemed to be room for
        if is_whole:
            step = max(1.0, math.ceil(step))
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if last - first < max(1, most) or attempt == 3:
            break
        step = _next(step)
    return tuple(number * step for number in range(first, max(last, first + 1) + 1))


def _next(step: float) -> float:
    size = 10.0 ** math.floor(math.log10(step) + 1e-9)
    return next(size * one for one in (*_STEPS, 20.0) if size * one > step * (1 + 1e-9))
