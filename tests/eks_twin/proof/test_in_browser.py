"""No width of a screen makes the page scroll sideways. Asked of a browser, where there is one."""

import re
import subprocess
from pathlib import Path

import pytest

from eks_twin.proof.page import page
from eks_twin.proof.quantities import at_most
from eks_twin.proof.result import Cell, Figure, Outcome, Result, Table, Verdict
from tests.browser import browser
from tests.eks_twin.proof import samples

WIDTHS = (320, 360, 560, 800, 1600)
_ENDLESS = "aname" * 40
_LONG = Result(
    name="long",
    title=_ENDLESS,
    expectation=_ENDLESS,
    verdict=Verdict.FAILED,
    seconds=1,
    reasons=[_ENDLESS],
    outcome=Outcome(
        figures=[Figure(_ENDLESS, 10**12, "messages", at_most(1), key=True), Figure("text", _ENDLESS)],
        tables=[Table(title=_ENDLESS, columns=[_ENDLESS, "b"], rows=[[_ENDLESS, Cell(_ENDLESS, code=True)]])],
        notes=[_ENDLESS],
    ),
)
_ASK = """<!doctype html><body>{frames}<script>
onload = () => document.body.textContent = "answer " + [...document.querySelectorAll("iframe")].map(frame => {{
  const root = frame.contentDocument.documentElement;
  const shown = [...root.querySelectorAll(".drawings svg")].filter(svg => svg.getBoundingClientRect().width > 0);
  return [frame.width, root.scrollWidth, shown.length, shown[0].getAttribute("class")].join(" ");
}}).join("; ");
</script>"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[int, tuple[int, int, str]]:
    """Width of the frame -> width of the page in it, how many drawings are seen, and of which kind the first is."""
    folder = tmp_path_factory.mktemp("browser")
    (folder / "index.html").write_text(page([*samples.results(), _LONG], samples.SETTING))
    frames = "".join(f'<iframe src="index.html" width="{width}" height="600"></iframe>' for width in WIDTHS)
    (folder / "ask.html").write_text(_ASK.format(frames=frames))
    return {int(width): (int(inner), int(count), kind) for width, inner, count, kind in _asked(folder)}


def _asked(folder: Path) -> list[tuple[str, str, str, str]]:
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars")
    run = subprocess.run(
        [
            browser(),
            *options,
            "--allow-file-access-from-files",
            f"--user-data-dir={folder / 'profile'}",
            "--dump-dom",
            (folder / "ask.html").as_uri(),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return re.findall(r"(\d+) (\d+) (\d+) ([a-z]+)", run.stdout.split("answer ", 1)[1])


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_is_no_wider_than_the_screen(answers: dict[int, tuple[int, int, str]], width: int) -> None:
    assert answers[width][0] <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_one_drawing_of_each_plot_is_seen(answers: dict[int, tuple[int, int, str]], width: int) -> None:
    plots = [plot for result in samples.results() if result.outcome for plot in result.outcome.plots]
    assert answers[width][1] == len(plots)


@pytest.mark.parametrize(("width", "kind"), [(320, "narrow"), (560, "medium"), (1600, "wide")])
def test_the_drawing_fits_the_screen(answers: dict[int, tuple[int, int, str]], width: int, kind: str) -> None:
    assert answers[width][2] == kind
