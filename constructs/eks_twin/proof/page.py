"""The page: one HTML file that needs nothing else, with one table on top and a section for each scenario.

Its templates and its style stand beside this file.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import tostring

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eks_twin.proof.drawing import drawings, key
from eks_twin.proof.markup import clean
from eks_twin.proof.plot import Plot
from eks_twin.proof.quantities import duration
from eks_twin.proof.result import Result, Verdict
from eks_twin.proof.setting import Setting


def page(results: Sequence[Result], setting: Setting) -> str:
    """Return the page. The same results and the same setting give the same bytes."""
    template = _templates().get_template("page.html.jinja")
    return template.render(results=results, setting=setting, summary=summary(results), worst=_worst(results))


def summary(results: Sequence[Result]) -> str:
    """Return the result in a sentence: how many expectations held, and how many did not."""
    counts = {verdict: sum(result.verdict is verdict for result in results) for verdict in Verdict}
    if counts[Verdict.HELD] == len(results):
        return f"all {len(results)} expectations held" if len(results) != 1 else "the one expectation held"
    missing = [f"{count} {verdict}" for verdict, count in counts.items() if count and verdict is not Verdict.HELD]
    return ", ".join([f"{counts[Verdict.HELD]} of {len(results)} expectations held", *missing])


def _worst(results: Sequence[Result]) -> Verdict:
    """Where nothing was run, nothing is green."""
    verdicts = {result.verdict for result in results}
    return next((one for one in (Verdict.FAILED, Verdict.HELD) if one in verdicts), Verdict.LEFT_OUT)


@cache
def _templates() -> Environment:
    """All text that enters a template is cleaned, then escaped; a name that is not there raises."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        finalize=_cleaned,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals["Verdict"] = Verdict
    made.filters.update(class_of=_class_of, drawings=_drawings, duration=duration, key=key)
    return made


def _cleaned(value: object) -> object:
    """Markup is what a macro or `safe` made: its text was cleaned when it entered."""
    return value if hasattr(value, "__html__") else clean(str(value))


def _class_of(verdict: Verdict) -> str:
    """Return the verdict's name in the page's style."""
    return verdict.name.lower().replace("_", "-")


def _drawings(plot: Plot) -> str:
    return "".join(tostring(drawing, "unicode") for drawing in drawings(plot))
