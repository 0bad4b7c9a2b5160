"""A hundred services against Helm, and what one more costs when there are hundreds."""

import time
from functools import partial

from benchmarks.context import Context
from benchmarks.helm_side import one_after_another, side_by_side
from benchmarks.machine import CORES
from benchmarks.result import Result, at_most, ratio_at_most
from benchmarks.timing import Side, Times, alternate
from benchmarks.workspace import Workspace

_SERVICES = 100
_FEW = (3, 100)
_MANY = (400, 600)
"""The cost of one more at 50 and at 500: the slope between a number below it and one above it."""
_LONG_ROUNDS = 3
"""A round of these takes minutes, so that there are fewer of them."""


def a_hundred_services(context: Context) -> list[Result]:
    """Compare with Helm's processes, one for each service and environment."""
    fleet = context.fleet(_SERVICES)
    releases = context.releases(fleet)
    folder = context.folder / "helm-100"
    times = alternate(
        {
            "helm": Side(one_after_another(releases, folder)),
            "helm, parallel": Side(side_by_side(releases, context.folder / "helm-100-parallel", CORES)),
            "ours": Side(fleet.command("api-platform", "synth"), fleet.forget_all),
            "edited": Side(fleet.command("api-platform", "synth"), partial(_edit_a_service, fleet)),
        },
        min(context.rounds, _LONG_ROUNDS),
    )
    what = f"`api-platform synth` at {_SERVICES} services x {context.environments} environments"
    edited = "the same after an edit of one service"
    helm = f"helm: {len(releases)} processes one after another {times.median('helm'):.1f} s"
    parallel = f"{CORES} at a time {times.median('helm, parallel'):.1f} s"
    return [
        ratio_at_most(what, 0.5, times, "ours", "helm", f"{helm}, {parallel}"),
        ratio_at_most(edited, 0.15, times, "edited", "helm"),
    ]


def _edit_a_service(fleet: Workspace) -> None:
    """Change a setting of one service in every environment: a text that it has not had before."""
    spec = fleet.root / "constructs" / "api_platform" / "services" / "media_service_001.py"
    text = spec.read_text(encoding="utf-8")
    spec.write_text(text.replace("settings={", f'settings={{"EDITED": "{time.time_ns()}", ', 1), encoding="utf-8")


def cost_of_a_service(context: Context) -> list[Result]:
    """Compare what one more service costs at 500 with what it costs at 50, in one environment."""
    sides = {}
    for services in (*_FEW, *_MANY):
        fleet = context.fleet(services)
        command = fleet.command("api-platform", "synth", "--environment", "production")
        sides[str(services)] = Side(command, fleet.forget_all)
    times = alternate(sides, min(context.rounds, _LONG_ROUNDS))
    few, many = _slope(times, *_FEW), _slope(times, *_MANY)
    detail = ", ".join(f"{services}: {times.median(str(services)):.1f} s" for services in (*_FEW, *_MANY))
    return [
        at_most(
            "cost per added service: at 500 against at 50",
            1.2,
            many / few,
            detail=f"{few * 1000:.0f} and {many * 1000:.0f} ms a service; services: {detail}",
        )
    ]


def _slope(times: Times, low: int, high: int) -> float:
    return (times.median(str(high)) - times.median(str(low))) / (high - low)
