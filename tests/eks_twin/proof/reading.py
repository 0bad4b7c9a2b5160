"""Reads a page back as a browser would: as a tree, in which every element must be closed where it should be."""

from collections.abc import Iterator
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder

_NEVER_CLOSED = frozenset({"meta", "link", "br", "hr", "img", "input"})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tree = TreeBuilder()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tree.start(tag, {key: value or "" for key, value in attrs})
        if tag in _NEVER_CLOSED:
            self.tree.end(tag)
        else:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes another element"
        self.tree.end(tag)

    def handle_data(self, data: str) -> None:
        if self.open:
            self.tree.data(data)


def read(html: str) -> Element:
    """Return the root of the page. Fails the test where elements overlap or stay open."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader.tree.close()


def text_of(element: Element) -> str:
    """Return all text in an element, as it is read."""
    return " ".join("".join(element.itertext()).split())


def with_class(root: Element, name: str, tag: str | None = None) -> Iterator[Element]:
    """Yield the elements of a class, in order."""
    return (one for one in root.iter(tag) if name in one.get("class", "").split())


def places(element: Element) -> list[tuple[float, float]]:
    """Return the points of a line or an area."""
    return [(float(x), float(y)) for x, y in (place.split(",") for place in element.get("points", "").split())]
