from pathlib import Path

import pytest

from api_platform.environment import ENVIRONMENT_NAMES, load_environments
from api_platform.errors import InputError
from tests.environment_files import VALID, changed, load_text
from tests.specs import an_environment, an_image

DIGEST = "sha256:" + "b" * 64


@pytest.mark.parametrize("name", ENVIRONMENT_NAMES)
def test_every_environment_of_the_repository_loads(name: str) -> None:
    assert [environment.name for environment in load_environments(name)] == [name]


def test_without_a_name_all_three_load_in_the_order_of_promotion() -> None:
    assert [environment.name for environment in load_environments()] == ["development", "staging", "production"]


def test_an_environment_that_does_not_exist_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputError, match=r"^environment 'productoin' does not exist\. Did you mean 'production'\?$"):
        load_environments("productoin")


@pytest.mark.parametrize("name", ["", "schema", "../environments/production", "production.toml\0"])
def test_no_other_file_can_be_loaded_by_a_name(name: str) -> None:
    with pytest.raises(InputError, match="does not exist"):
        load_environments(name)


def test_an_environment_whose_file_is_gone_is_refused_with_the_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"/staging\.toml: cannot be read"):
        load_environments("staging", directory=tmp_path)


def test_an_environment_is_named_after_its_file(tmp_path: Path) -> None:
    (tmp_path / "staging.toml").write_text(VALID)
    (environment,) = load_environments("staging", directory=tmp_path)
    assert environment.name == "staging"


@pytest.mark.parametrize(("name", "replicas"), [("development", 1), ("staging", 2), ("production", 3)])
def test_a_choice_is_the_environments_own(name: str, replicas: int) -> None:
    assert an_environment(name=name).choose(development=1, staging=2, production=3) == replicas


def test_a_service_has_the_image_of_the_environment_file() -> None:
    image = an_image(tag="v7")
    assert an_environment(images={"orders": image}).image("orders") == image


def test_the_environment_files_image_wins_over_the_specs_own() -> None:
    environment = an_environment(images={"orders": an_image(tag="v7")})
    assert environment.image("orders", default=an_image(tag="v1")).tag == "v7"


def test_a_service_that_no_environment_file_names_has_the_image_of_its_spec() -> None:
    assert an_environment().image("orders", default=an_image(tag="v1")).tag == "v1"


def test_a_service_without_any_image_is_refused_with_the_table_to_add(tmp_path: Path) -> None:
    environment = load_text(tmp_path, VALID)
    with pytest.raises(InputError) as refused:
        environment.image("invoices")
    assert str(refused.value) == (
        f"{tmp_path}/production.toml:23: images.invoices: is missing, and the spec gives no default. "
        "Add a table [images.invoices] with repository and tag."
    )


def test_an_override_sets_the_tag_for_this_run_alone() -> None:
    environment = an_environment(images={"orders": an_image(tag="v1")}, overrides={"orders": "v2"})
    assert environment.image("orders").tag == "v2"


def test_an_override_drops_the_files_digest() -> None:
    """The digest would win when a node pulls: the run would deploy the old code under the new tag."""
    environment = an_environment(images={"orders": an_image(digest=DIGEST)}, overrides={"orders": "v2"})
    assert environment.image("orders").digest is None


def test_an_override_may_bring_its_digest() -> None:
    environment = an_environment(images={"orders": an_image()}, overrides={"orders": f"v2@{DIGEST}"})
    assert environment.image("orders").digest == DIGEST


def test_an_override_holds_for_the_image_of_the_spec_too() -> None:
    assert an_environment(overrides={"orders": "v2"}).image("orders", default=an_image(tag="v1")).tag == "v2"


@pytest.mark.parametrize("tag", ["latest", "", "v1@"])
def test_an_override_with_a_bad_tag_is_refused_by_its_own_name(tag: str) -> None:
    environment = an_environment(images={"orders": an_image()}, overrides={"orders": tag})
    with pytest.raises(InputError) as refused:
        environment.image("orders")
    assert str(refused.value).startswith(f"override orders.image.tag={tag}: Image: ")


def test_overrides_hold_in_every_environment() -> None:
    loaded = load_environments(overrides={"api-service": "v9"})
    assert {environment.image("api-service").tag for environment in loaded} == {"v9"}


def test_the_environment_file_says_how_far_a_workload_may_scale(tmp_path: Path) -> None:
    assert load_text(tmp_path, changed("maximum = 20", "maximum = 7")).replica_ceiling("orders", 50) == 7


def test_without_a_word_of_the_file_the_spec_says_how_far() -> None:
    assert an_environment().replica_ceiling("orders", 50) == 50


def test_a_message_can_name_the_line_of_a_key(tmp_path: Path) -> None:
    assert load_text(tmp_path, VALID).place_of("replicas", "orders", "maximum") == f"{tmp_path}/production.toml:28"


def test_an_environment_made_in_a_test_is_called_by_the_file_that_it_would_have() -> None:
    assert an_environment(name="staging").place_of("images") == "environments/staging.toml"


def test_the_file_is_no_fact_of_the_environment(tmp_path: Path) -> None:
    """A path of one machine in a hash or a rendered object would differ on every machine."""
    assert "file" not in load_text(tmp_path, VALID).model_dump()
