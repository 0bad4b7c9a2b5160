from pathlib import Path

import pytest

from eks_twin.binaries.go_module import GoModule, pinned_versions

GO_MOD = """// A comment, with v1.0.0 in it.
module example.invalid/x

go 1.26.7

require example.com/alone v0.1.0

require (
\texample.com/direct v1.2.3
\texample.com/indirect/v2 v2.0.0-20260827124520-eed52ebb66ad // indirect
)

replace (
\texample.com/direct => example.com/direct v9.9.9
)
"""


@pytest.fixture
def module(tmp_path: Path) -> GoModule:
    (tmp_path / "go.mod").write_text(GO_MOD)
    (tmp_path / "adapter").mkdir()
    (tmp_path / "adapter" / "main.go").write_text("package main\n")
    (tmp_path / "go.sum").write_text("example.com/direct v1.2.3 h1:abc=\n")
    return GoModule(tmp_path)


def test_what_is_required_is_pinned_and_what_replaces_it_is_not_read() -> None:
    assert pinned_versions(GO_MOD) == {
        "example.com/alone": "v0.1.0",
        "example.com/direct": "v1.2.3",
        "example.com/indirect/v2": "v2.0.0-20260827124520-eed52ebb66ad",
    }


def test_the_oldest_go_is_what_go_mod_asks_for(module: GoModule) -> None:
    assert module.oldest_go == (1, 26, 7)


@pytest.mark.parametrize("file", ["go.mod", "go.sum", "adapter/main.go"])
def test_the_fingerprint_changes_with_each_file(module: GoModule, file: str) -> None:
    before = module.fingerprint("flags")
    with (module.folder / file).open("a") as handle:
        handle.write("// newer\n")
    assert module.fingerprint("flags") != before


def test_the_fingerprint_changes_with_what_is_made_of_the_module(module: GoModule) -> None:
    assert module.fingerprint(["-a"]) != module.fingerprint(["-b"])
    assert module.fingerprint(["-a"]) == module.fingerprint(["-a"])
