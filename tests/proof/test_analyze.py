"""What `api-platform twin analyze` prints, and by which code it ends."""

from importlib import import_module
from types import SimpleNamespace

import pytest

from api_platform.proof.mesh_analysis.message import Analysis, Message
from api_platform.proof.mesh_analysis.report import Examined

pytestmark = pytest.mark.aws
HOST = Message("IST0101", "Error", "VirtualService production/orders", "Referenced host not found")


@pytest.mark.parametrize(
    ("said", "refused", "code", "line"),
    [
        ((), (), 0, "production: istioctl says of 7 objects nothing that nobody has acknowledged"),
        ((HOST,), (), 1, "  Error IST0101 (VirtualService production/orders): Referenced host not found"),
        ((), ("orders: no such field",), 1, "  istiod would refuse it: orders: no such field"),
    ],
)
def test_it_ends_with_1_on_anything_that_nobody_has_acknowledged(
    said: tuple[Message, ...],
    refused: tuple[str, ...],
    code: int,
    line: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The pipeline's build goes by it."""
    module = import_module("api_platform.proof.analyze")  # brings the CDK along
    examined = {"production": Examined(7, Analysis(said, (), ()), refused)}
    monkeypatch.setattr(module, "find_binaries", lambda *_, **__: {"istioctl": "istioctl"})
    monkeypatch.setattr(module, "all_checks", lambda *_: {})
    monkeypatch.setattr(module, "examine", lambda _: examined)
    monkeypatch.setattr(module, "judge_all", lambda *_: SimpleNamespace(unacknowledged={"production": said}))
    assert module.analyze_environments(lambda _: None) == code
    assert line in capsys.readouterr().out.splitlines()
