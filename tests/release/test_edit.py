from pathlib import Path

import pytest

from api_platform.environment import load_environments
from api_platform.errors import InputError
from api_platform.image import Image
from api_platform.release.edit import ReleaseChange, ReleaseEdit, pinned_image
from api_platform.release.image_release import ImageRelease
from api_platform.services import all_services
from tests.release.committed_file import CommittedFile

OLD, NEW = ImageRelease("v1.2.3", None), ImageRelease("v2", None)


def test_changes_are_what_differs_from_the_file(tmp_path: Path) -> None:
    environment = CommittedFile.make(tmp_path / "clone", "v1.2.3").environment
    assert ReleaseEdit(environment, {"orders": OLD}).changes == []
    assert ReleaseEdit(environment, {"orders": NEW}).changes == [ReleaseChange("orders", OLD, NEW)]


def test_what_the_file_says_already_writes_nothing(tmp_path: Path) -> None:
    """Not even where it has uncommitted edits, which then are in nobody's way."""
    file = CommittedFile.make(tmp_path / "clone", "v1")
    file.path.write_text(file.path.read_text().replace('"v1"', '"v1.2.3"'))
    before = file.path.stat().st_ino
    assert ReleaseEdit(file.environment, {"orders": OLD}).write(force=False) == []
    assert file.path.stat().st_ino == before


def test_uncommitted_edits_stop_it_and_force_keeps_all_but_the_release(tmp_path: Path) -> None:
    file = CommittedFile.make(tmp_path / "clone", "v1.2.3")
    file.path.write_text(file.path.read_text().replace("maximum = 20", "maximum = 30"))
    edit = ReleaseEdit(file.environment, {"orders": NEW})
    with pytest.raises(InputError, match="--force"):
        edit.write(force=False)
    assert ImageRelease.of(file.environment.images["orders"]) == OLD
    edit.write(force=True)
    assert ImageRelease.of(file.environment.images["orders"]) == NEW
    assert file.environment.replicas["orders"].maximum == 30


def test_a_service_whose_image_stands_in_its_spec_is_told_where_to_change_it(monkeypatch: pytest.MonkeyPatch) -> None:
    (environment,) = load_environments("production")
    services = all_services(environment)
    monkeypatch.setattr("api_platform.release.edit.all_services", lambda _: services)
    without = environment.model_copy(update={"images": {}})
    with pytest.raises(InputError, match=r"no table \[images\.api-service\].*Change it there, or add .*repository = "):
        pinned_image(without, "api-service")


def test_the_image_is_that_of_the_file() -> None:
    (environment,) = load_environments("production")
    assert isinstance(pinned_image(environment, "api-service"), Image)
    with pytest.raises(InputError, match="there is no service 'api'"):
        pinned_image(environment, "api")
