"""Node functions run as they are."""

import os
from pathlib import Path

import pytest

from eks_twin.cloud.node_runtime import NodeRuntime
from eks_twin.cloudformation import ResourceFailed


def call(folder: Path, body: str, event: dict[str, str] | None = None) -> object:
    (folder / "index.js").write_text(f"module.exports.handler = async (event) => {{ {body} }}")
    return NodeRuntime(Path(os.environ["JSII_NODE"]), {})(folder, "__entrypoint__.handler", {}, event or {})


def test_the_handlers_answer_comes_back(tmp_path: Path) -> None:
    assert call(tmp_path, "return {Data: {Value: JSON.parse(event.Value)}}", {"Value": '{"a": 1}'}) == {
        "Data": {"Value": {"a": 1}}
    }


def test_what_it_prints_does_not_disturb_the_answer(tmp_path: Path) -> None:
    assert call(tmp_path, "console.log('{}'); process.stdout.write('x'); return {Data: {}}") == {"Data": {}}


def test_no_answer_is_none(tmp_path: Path) -> None:
    assert call(tmp_path, "return undefined") is None


def test_what_it_throws_is_the_reason(tmp_path: Path) -> None:
    with pytest.raises(ResourceFailed, match=r"^no such thing$"):
        call(tmp_path, "throw new Error('no such thing')")
