"""Environment files in every form that TOML has for a table, beside which the same file at another release is known."""

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st

from api_platform.release.image_release import ImageRelease
from tests.environment_files import VALID

_HEAD, _, _ = VALID.partition("[images.orders]")
_TOP, _HEADER, _GROUPS = _HEAD.partition("[node_groups.system]")
_NODE_GROUPS = _HEADER + _GROUPS
_REST = "[replicas.orders]\nmaximum = 20\n"
_BILLING = (
    '[images.billing]\nrepository = "registry.example/billing"\ntag = "v1.2.3"\n\n',
    "[replicas]\nbilling = { maximum = 3 } # orders.tag = 1\n",
)


@dataclass(frozen=True)
class Written:
    """A file as a function of the release of `orders`; nothing else in it depends on that."""

    text: Callable[[ImageRelease], str]
    mark: bytes
    newline: str

    def at(self, release: ImageRelease) -> bytes:
        """Return the file's bytes at a release."""
        return self.mark + self.text(release).replace("\n", self.newline).encode()


QUOTES = st.sampled_from(['"', "'"])
SPACES = st.sampled_from(["", " ", "\t "])
NAMES = st.sampled_from(["orders", '"orders"', "'orders'"])
COMMENTS = st.sampled_from(["", " # keep", '\t# tag = "v0", [images.orders] } ü', "#"])
LINES = st.lists(st.sampled_from(["", "# tag = 'old'", "   ", "\t# ünï", '#digest = "x"']), max_size=2)
RELEASES = st.builds(
    ImageRelease,
    st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9_.-]{0,20}[A-Za-z0-9])?", fullmatch=True).filter(lambda tag: tag != "latest"),
    st.none() | st.text("0123456789abcdef", min_size=64, max_size=64).map(lambda digits: f"sha256:{digits}"),
)


@st.composite
def written_images(draw: st.DrawFn) -> Written:
    """Draw a file. The digest's setting, where there is one, follows the tag's: there a new one is put."""
    form = draw(st.sampled_from([_table, _dotted_keys, _dotted_in_table, _inline, _inline_in_table, _inline_dotted]))
    text = draw(form())
    if draw(st.booleans()):
        end = draw(LINES)
        text_at = text
        text = lambda release: text_at(release) + "\n".join(end)  # noqa: E731 - the one before, and more
    return Written(text, draw(st.sampled_from([b"", b"\xef\xbb\xbf"])), draw(st.sampled_from(["\n", "\r\n"])))


@dataclass(frozen=True)
class _Settings:
    """The tag, and the digest where there is one, with what stands around them."""

    quote: str
    equals: str
    indent: str
    comment: str

    def of(self, release: ImageRelease, prefix: str = "") -> list[str]:
        tag = f"{self.indent}{prefix}tag{self.equals}{self.quote}{release.tag}{self.quote}{self.comment}"
        digest = f'{self.indent}{prefix}digest{self.equals}"{release.digest}"'
        return [tag, digest] if release.digest else [tag]


def _settings(*, comment: bool = True) -> st.SearchStrategy[_Settings]:
    equals = st.tuples(SPACES, SPACES).map("=".join)
    return st.builds(
        _Settings, QUOTES, equals, SPACES if comment else st.just(""), COMMENTS if comment else st.just("")
    )


def _lines(*parts: list[str]) -> str:
    return "".join(f"{line}\n" for part in parts for line in part)


@st.composite
def _table(draw: st.DrawFn) -> Callable[[ImageRelease], str]:
    """[images.orders], before, between or after what else there is: tables out of order among them."""
    settings, name, header = draw(_settings()), draw(NAMES), draw(COMMENTS)
    repository = [f'{settings.indent}repository = "registry.example/orders"{draw(COMMENTS)}']
    before, within, after = draw(LINES), draw(LINES), draw(LINES)
    others = draw(st.permutations([_NODE_GROUPS, _REST, *_BILLING, "@"]))
    tag_first = draw(st.booleans())

    def text(release: ImageRelease) -> str:
        own = settings.of(release)
        inside = (own, within, repository) if tag_first else (repository, within, own)
        images = _lines(before, [f"[images . {name}]{header}"], *inside, after)
        return _TOP + "".join(images if other == "@" else other for other in others)

    return text


@st.composite
def _dotted_keys(draw: st.DrawFn) -> Callable[[ImageRelease], str]:
    """images.orders.tag = ... at the top, with others between."""
    settings, name = draw(_settings()), draw(NAMES)
    repository = [f'images.{name}.repository = "registry.example/orders"']
    between = [*draw(LINES), *draw(st.sampled_from([[], ["replicas.orders.maximum = 20"]]))]
    return lambda release: _lines(settings.of(release, f"images.{name} . "), between, repository) + _TOP + _NODE_GROUPS


@st.composite
def _dotted_in_table(draw: st.DrawFn) -> Callable[[ImageRelease], str]:
    """orders.tag = ... below [images]."""
    settings, name, after = draw(_settings()), draw(NAMES), draw(LINES)
    repository = ['orders.repository = "registry.example/orders"']
    rest = _NODE_GROUPS + _REST
    return lambda release: _TOP + _lines(["[images]"], settings.of(release, f"{name}."), repository, after) + rest


def _braces(settings: _Settings, release: ImageRelease, prefix: str, *, tag_first: bool) -> str:
    own, repository = settings.of(release, prefix), [f'{prefix}repository = "registry.example/orders"']
    return "{ " + ", ".join([*own, *repository] if tag_first else [*repository, *own]) + " }"


@st.composite
def _inline(draw: st.DrawFn) -> Callable[[ImageRelease], str]:
    """images = { orders = { tag = ... } }."""
    settings, name, tag_first, comment = (
        draw(_settings(comment=False)),
        draw(NAMES),
        draw(st.booleans()),
        draw(COMMENTS),
    )
    return lambda release: (
        f"images = {{{name} = {_braces(settings, release, '', tag_first=tag_first)}}}{comment}\n"
        + _TOP
        + _NODE_GROUPS
        + _REST
    )


@st.composite
def _inline_in_table(draw: st.DrawFn) -> Callable[[ImageRelease], str]:
    """orders = { tag = ... } below [images], perhaps the file's last line, without an end."""
    settings, name, tag_first = draw(_settings(comment=False)), draw(NAMES), draw(st.booleans())
    return lambda release: (
        _TOP + _NODE_GROUPS + _REST + f"[images]\n{name} = {_braces(settings, release, '', tag_first=tag_first)}"
    )


@st.composite
def _inline_dotted(draw: st.DrawFn) -> Callable[[ImageRelease], str]:
    """images = { orders.tag = ..., orders.repository = ... }."""
    settings, name, tag_first = draw(_settings(comment=False)), draw(NAMES), draw(st.booleans())
    return lambda release: (
        f"images = {_braces(settings, release, f'{name}.', tag_first=tag_first)}\n" + _TOP + _NODE_GROUPS + _REST
    )
