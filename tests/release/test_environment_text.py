"""Whatever form a file has, a release changes the tag and the digest in it, and not one byte more."""

import stat
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import tomlkit
from hypothesis import given, settings

from api_platform.environment import load_environments
from api_platform.errors import InputError
from api_platform.release import environment_text
from api_platform.release.environment_text import write_releases
from api_platform.release.image_release import ImageRelease
from tests.environment_files import VALID, load_text
from tests.release.written_images import RELEASES, Written, written_images

UNHURRIED = settings(deadline=None)
DIGEST = "sha256:" + "a" * 64
NEW = ImageRelease("v2.0.0", DIGEST)


def released(data: bytes, release: ImageRelease) -> bytes:
    """Return the file's bytes after a release of `orders`, which our own loader has read back."""
    with TemporaryDirectory() as folder:
        write_releases(load_text(Path(folder), data), {"orders": release})
        (written,) = load_environments("production", directory=Path(folder))
        assert ImageRelease.of(written.images["orders"]) == release
        return (Path(folder) / "production.toml").read_bytes()


@UNHURRIED
@given(written_images(), RELEASES, RELEASES)
def test_only_the_release_changes(written: Written, before: ImageRelease, after: ImageRelease) -> None:
    assert released(written.at(before), after) == written.at(after)


def test_a_digest_that_goes_takes_its_line_along_wherever_it_stands() -> None:
    text = VALID.replace("[images.orders]\n", f'[images.orders]\ndigest = "{DIGEST}" # of v1.2.3\n')
    assert released(text.encode(), ImageRelease("v1.3.0", None)).decode() == VALID.replace("v1.2.3", "v1.3.0")


def test_a_digest_goes_from_an_inline_table_with_its_comma_wherever_it_stands() -> None:
    head, _, _ = VALID.partition("[images.orders]")
    inline = '[images]\norders = {{ {}repository = "registry.example/orders", tag = "{}" }}\n'
    text = head + inline.format(f'digest = "{DIGEST}", ', "v1.2.3")
    assert released(text.encode(), ImageRelease("v1.3.0", None)).decode() == head + inline.format("", "v1.3.0")


def test_a_text_that_tomlkit_would_not_give_back_is_refused_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every text that we tried comes back; should a newer tomlkit lose a byte of one, no file may lose it."""
    environment = load_text(tmp_path, VALID)
    whole = tomlkit.TOMLDocument.as_string
    monkeypatch.setattr(tomlkit.TOMLDocument, "as_string", lambda document: whole(document).replace("\n\n", "\n", 1))
    with pytest.raises(InputError, match=r"images\.orders: is written so that no program can change it alone"):
        write_releases(environment, {"orders": NEW})
    assert (tmp_path / "production.toml").read_text() == VALID


def test_the_mode_stays(tmp_path: Path) -> None:
    """A file that was private would be anyone's, or one of a group would not be the group's any more."""
    environment = load_text(tmp_path, VALID)
    (tmp_path / "production.toml").chmod(0o640)
    write_releases(environment, {"orders": NEW})
    assert stat.S_IMODE((tmp_path / "production.toml").stat().st_mode) == 0o640


def test_nothing_is_left_beside_the_file(tmp_path: Path) -> None:
    write_releases(load_text(tmp_path, VALID), {"orders": NEW})
    assert [path.name for path in tmp_path.iterdir()] == ["production.toml"]


def test_a_link_is_refused_and_stays_one(tmp_path: Path) -> None:
    """Renamed over, the link would be gone, and the file that it pointed to would be as it was."""
    (tmp_path / "shared.toml").write_text(VALID)
    (tmp_path / "production.toml").symlink_to("shared.toml")
    (environment,) = load_environments("production", directory=tmp_path)
    with pytest.raises(InputError, match=r"production.toml: is a link to shared.toml"):
        write_releases(environment, {"orders": NEW})
    assert (tmp_path / "production.toml").is_symlink()
    assert (tmp_path / "shared.toml").read_text() == VALID


def test_what_reads_back_otherwise_never_takes_the_file_s_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = load_text(tmp_path, VALID)
    monkeypatch.setattr(environment_text, "with_release", lambda text, *_: text.replace("maximum = 20", "maximum = 21"))
    with pytest.raises(InputError, match="Change it by hand"):
        write_releases(environment, {"orders": NEW})
    assert (tmp_path / "production.toml").read_text() == VALID


def test_a_folder_that_takes_no_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests may run as root, whom no folder refuses: so the refusal is made here."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    environment = load_text(tmp_path, VALID)
    monkeypatch.setattr(environment_text, "_write", refuse)
    with pytest.raises(InputError, match=r"production.toml: cannot be written \(Permission denied\)"):
        write_releases(environment, {"orders": NEW})
    assert [path.name for path in tmp_path.iterdir()] == ["production.toml"]
