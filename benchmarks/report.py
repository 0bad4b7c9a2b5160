"""Puts the lines into a table that can be pasted into a text."""

from collections.abc import Sequence

from benchmarks.result import Result

_HEAD = ("what", "target", "measured", "verdict", "seconds and the like, on this machine alone")


def table(results: Sequence[Result], rounds: int) -> str:
    """Return the table, and how to read it."""
    rows = [_HEAD, *((one.what, one.target, one.measured, one.verdict, one.detail) for one in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(
        [
            *lines,
            "",
            f"A ratio is the median over {rounds} rounds (3 where a round takes minutes), in brackets the lowest and",
            "the highest; each round runs all sides, every other round backwards, after one that is not counted.",
        ]
    )
