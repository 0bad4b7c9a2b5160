"""The samples of a series, one a minute, in promtool's notation."""


def counter(*phases: tuple[float, int]) -> str:
    """Return a counter's samples: for each phase, growth a second and minutes."""
    parts, start = [], 0.0
    for per_second, minutes in phases:
        parts.append(f"{start:g}+{per_second * 60:g}x{minutes - 1}")
        start += per_second * 60 * minutes
    return " ".join(parts)


def absent(minutes: int) -> str:
    """Return so many minutes without a sample."""
    return f"_x{minutes}"


def gauge(*phases: tuple[float, int]) -> str:
    """Return a gauge's samples: for each phase, value and minutes."""
    return " ".join(f"{value:g}x{minutes - 1}" for value, minutes in phases)
