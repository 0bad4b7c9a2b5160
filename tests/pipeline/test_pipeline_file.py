"""What a pipeline file may hold, and what its writer reads when it holds something else."""

import json
from pathlib import Path

import jsonschema
import pytest

from api_platform.environment import ENVIRONMENTS, load_environments
from api_platform.pipeline.pipeline_file import PIPELINE_FILE, json_schema, load_pipeline
from api_platform.toml_file import read_toml
from tests.pipeline.pipeline_files import VALID, changed, load_text, refusal_of


def test_the_valid_file_is_taken(tmp_path: Path) -> None:
    waves = load_text(tmp_path, VALID).waves
    assert [(wave.environments, wave.approval) for wave in waves] == [
        (("development", "staging"), False),
        (("production",), True),
    ]


def test_without_a_file_there_is_no_pipeline(tmp_path: Path) -> None:
    assert load_pipeline(load_environments(), tmp_path / "pipeline.toml") is None


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"123456789012"\n', '"1234"\n', "account: '1234' is not an AWS account id: exactly twelve digits"),
        ('"eu-west-1"', '"eu-west"', "region: 'eu-west' is not an AWS region, e.g. eu-west-1."),
        ('"company/platform"', '"platform"', "repository: 'platform' is not a repository: <owner>/<name>"),
        ('"main"', '"ma in"', "branch: 'ma in' is not a git branch, e.g. main."),
        (
            "arn:aws:codeconnections",
            "arn:aws:codecommit",
            "is not a connection's ARN: arn:aws:codeconnections:<region>",
        ),
        ("operations@example.com", "operations", "notification_email: 'operations' is not an e-mail address."),
        ('["production"]', "[]", "waves.1.environments: must have 1 or more, has 0."),
        ('["production"]', '["prod"]', "must be 'development', 'staging' or 'production', got 'prod'."),
        ('["production"]', '["production", "production"]', "'production' stands there 2 times. Leave one."),
        ("approval = true", 'approval = "yes"', "waves.1.approval: must be true or false without quotes, got 'yes'."),
        ("approval =", "aproval =", "waves.1.aproval: is not a known key. Did you mean 'approval'?"),
        ("branch =", "brunch =", "brunch: is not a known key. Did you mean 'branch'?"),
    ],
)
def test_a_wrong_value_is_refused_with_its_key_and_the_rule(tmp_path: Path, old: str, new: str, message: str) -> None:
    refusal = refusal_of(tmp_path, changed(old, new))
    assert message in refusal
    assert refusal.startswith(f"{tmp_path}/pipeline.toml:")


@pytest.mark.parametrize("where", ["eu-west-2:123456789012", "eu-west-1:210987654321"])
def test_a_connection_of_another_account_or_region_is_refused(tmp_path: Path, where: str) -> None:
    """CodePipeline takes it, and then the first execution cannot read the repository."""
    refusal = refusal_of(tmp_path, changed("eu-west-1:123456789012", where))
    region, account = where.split(":")
    assert f"connection_arn is one of account {account} in {region}; the pipeline, in account 123456789012" in refusal


def test_an_environment_in_two_waves_is_refused(tmp_path: Path) -> None:
    refusal = refusal_of(tmp_path, changed('["production"]', '["production", "staging"]'))
    assert "'staging' stands in waves 1 and 2. Leave it in one of them." in refusal


def test_an_environment_that_is_left_out_is_refused_with_both_ways_out(tmp_path: Path) -> None:
    """It would be deployed by nobody, and nobody would notice."""
    refusal = refusal_of(tmp_path, changed('["development", "staging"]', '["staging"]'))
    assert "waves: 'development' is in none of them. Add it to one, or write `pipeline = false` in " in refusal


def test_an_environment_may_say_that_it_is_left_out(tmp_path: Path) -> None:
    development, *others = load_environments()
    without = development.model_copy(update={"pipeline": False})
    file = load_text(tmp_path, changed('["development", "staging"]', '["staging"]'), [without, *others])
    assert [wave.environments for wave in file.waves] == [("staging",), ("production",)]


def test_an_environment_that_says_no_stands_in_no_wave(tmp_path: Path) -> None:
    development, *others = load_environments()
    without = development.model_copy(update={"pipeline": False})
    refusal = refusal_of(tmp_path, VALID, [without, *others])
    assert "'development' is in one of them, and its own file says `pipeline = false`" in refusal


def test_the_committed_file_is_valid_and_editors_know_its_schema() -> None:
    assert load_pipeline(load_environments())
    first_line = PIPELINE_FILE.read_text().splitlines()[0]
    assert first_line == "#:schema ./environments/pipeline.schema.json"
    jsonschema.Draft7Validator(json_schema()).validate(read_toml(PIPELINE_FILE))


def test_the_committed_schema_is_that_of_the_model() -> None:
    written = (ENVIRONMENTS / "pipeline.schema.json").read_text(encoding="utf-8")
    current = json.dumps(json_schema(), indent=2) + "\n"
    assert written == current, "write it again: api-platform schema pipeline > environments/pipeline.schema.json"
