"""The page can be read in both themes, by colour-blind people too."""

import re
from itertools import combinations
from pathlib import Path

import pytest

from eks_twin.proof import page
from eks_twin.proof.plot import COLOURS
from tests.eks_twin.proof import samples
from tests.eks_twin.proof.reading import read

STYLE = Path(page.__file__).with_name("page.css").read_text(encoding="utf-8")
SERIES = tuple(f"c{number}" for number in range(1, COLOURS + 1))
THEMES = dict(zip(("light", "dark", "print"), re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL), strict=True))

Linear = tuple[float, float, float]

# What is left of red, green and blue light (linear) for people without one kind of cone: Machado, Oliveira and
# Fernandes, 2009, at full severity.
BLINDNESS = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deuteranopia": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
}


def _colours(theme: str) -> dict[str, Linear]:
    found = re.findall(r"--([a-z0-9-]+): #([0-9a-f]{3,6})\b", THEMES[theme])
    return {name: _linear(code if len(code) == 6 else "".join(2 * digit for digit in code)) for name, code in found}


def _linear(code: str) -> Linear:
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return _curve(red), _curve(green), _curve(blue)


def _curve(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _luminance(colour: Linear) -> float:
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]


def _contrast(one: Linear, other: Linear) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _seen(colour: Linear, blindness: str) -> Linear:
    red, green, blue = (
        max(0.0, sum(share * light for share, light in zip(row, colour, strict=True))) for row in BLINDNESS[blindness]
    )
    return red, green, blue


def _lab(colour: Linear) -> Linear:
    """CIE L*a*b*, in which distances are about what the eye sees."""
    red, green, blue = colour
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
    )
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _distance(one: Linear, other: Linear) -> float:
    return float(sum((a - b) ** 2 for a, b in zip(_lab(one), _lab(other), strict=True)) ** 0.5)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("colour", ["ink", "quiet", "link", "held", "failed", "left-out", *SERIES])
def test_text_and_lines_stand_out_from_what_is_under_them(theme: str, colour: str) -> None:
    """4.5 is what WCAG 2 asks of text (AA). The colours of plots keep it too: figures are written on the bars."""
    colours = _colours(theme)
    assert _contrast(colours[colour], colours["surface"]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("verdict", ["held", "failed", "left-out"])
def test_verdicts_stand_out_from_their_own_ground(theme: str, verdict: str) -> None:
    colours = _colours(theme)
    assert _contrast(colours[verdict], colours[f"{verdict}-soft"]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("blindness", BLINDNESS)
def test_the_colours_of_plots_can_be_told_apart(theme: str, blindness: str) -> None:
    """12 is a difference that is seen at a glance; about 2 is the least that is seen at all."""
    colours = {name: _seen(_colours(theme)[name], blindness) for name in SERIES}
    nearest = min(combinations(colours, 2), key=lambda pair: _distance(colours[pair[0]], colours[pair[1]]))
    assert _distance(colours[nearest[0]], colours[nearest[1]]) >= 12, nearest


def test_every_theme_defines_the_same_colours() -> None:
    assert _colours("light").keys() == _colours("dark").keys() == _colours("print").keys()


def test_every_class_of_the_page_has_a_style() -> None:
    """A name that was changed on one side alone shows on no other check."""
    root = read(page.page(samples.results(), samples.SETTING))
    used = {name for element in root.iter() for name in element.get("class", "").split()}
    styled = set(re.findall(r"\.([a-z][a-z0-9-]*)", STYLE))
    assert used - styled <= {"text"}
    assert styled - used <= {"c6", "band"}
