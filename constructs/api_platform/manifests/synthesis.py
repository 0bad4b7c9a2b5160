"""Writes the manifests of environments to disk: all of those asked for, or nothing."""

import multiprocessing
import os
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from api_platform.environment import ROOT, Environment, load_environments
from api_platform.manifests.chart_cache import ChartCache
from api_platform.manifests.findings import require_clean
from api_platform.manifests.fingerprint import Code
from api_platform.manifests.rendering import render
from api_platform.manifests.selection import Selection
from api_platform.rules.report import Report
from api_platform.service import Service
from api_platform.services import all_services
from api_platform.yaml_files import SUFFIX, write_folder

Platform = tuple[Environment, tuple[Service, ...]]

DIST = ROOT / "dist"
"""Where plain YAML goes: one folder an environment."""

_START_METHOD = "fork" if sys.platform == "linux" else "spawn"
"""A fork has our modules already. It is safe only as long as this process has not started jsii's."""


@dataclass(frozen=True)
class Synthesis:
    """One environment's manifests as text, and what the rules say of them."""

    environment: str
    files: Mapping[str, str]
    """File name -> YAML."""
    objects: int
    report: Report


def synthesize(selection: Selection) -> tuple[Synthesis, ...]:
    """Render the environments that are asked for, side by side in processes of their own.

    Raises InputError before any of them starts, FindingsError when all are rendered. Nothing is written.
    """
    environments = load_environments(selection.environment, selection.overrides)
    syntheses = _side_by_side([(environment, all_services(environment)) for environment in environments])
    require_clean({synthesis.environment: synthesis.report for synthesis in syntheses})
    return syntheses


def write(syntheses: Sequence[Synthesis], folder: Path = DIST) -> None:
    """Put each environment's folder in place; those of other environments stay as they are."""
    for synthesis in syntheses:
        write_folder(folder / synthesis.environment, synthesis.files)


def _side_by_side(platforms: Sequence[Platform]) -> tuple[Synthesis, ...]:
    synthesize_one = partial(_synthesize_one, Code.of())
    if len(platforms) == 1:
        return (synthesize_one(platforms[0]),)
    # As many processes as processors: each has to load cdk8s first, which takes longer than an environment's objects.
    workers = min(len(platforms), os.cpu_count() or 1)
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context(_START_METHOD)) as pool:
        return tuple(pool.map(synthesize_one, platforms))


def _synthesize_one(code: Code, platform: Platform) -> Synthesis:
    rendering = render(*platform, ChartCache(code))
    files = {f"{stem}{SUFFIX}": chart.yaml for stem, chart in rendering.charts.items()}
    return Synthesis(rendering.environment.name, files, len(rendering.objects), rendering.report)
