from pathlib import Path

import pytest

from api_platform.plan.assembly import CloudAssembly
from api_platform.plan.sources.synthesis import AssemblyCache, SynthesisFailedError
from tests.plan.sources.repositories import Repository


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Return a folder with an app in it."""
    return Repository.make(tmp_path / "repository").root


@pytest.fixture
def cache(tmp_path: Path, sources: Path) -> AssemblyCache:
    """Return an empty cache."""
    return AssemblyCache(tmp_path / "cache", sources / "requirements" / "run.txt")


def name_of(assembly: CloudAssembly) -> str:
    (stack,) = assembly.stacks
    name: str = stack.template["Resources"]["Queue"]["Properties"]["QueueName"]
    return name


def test_a_tree_is_synthesized_once(sources: Path, cache: AssemblyCache) -> None:
    assert name_of(cache.get("tree", "production", lambda _: sources)) == "firstproduction"
    (sources / "app.py").unlink()
    assert name_of(cache.get("tree", "production", lambda _: sources)) == "firstproduction"


def test_other_trees_environments_and_packages_are_others(sources: Path, cache: AssemblyCache) -> None:
    cache.get("tree", "production", lambda _: sources)
    (sources / "name.txt").write_text("second")
    assert name_of(cache.get("other", "production", lambda _: sources)) == "secondproduction"
    assert name_of(cache.get("tree", "staging", lambda _: sources)) == "secondstaging"
    (sources / "requirements" / "run.txt").write_text("package==2\n")
    assert name_of(cache.get("tree", "production", lambda _: sources)) == "secondproduction"


def test_what_is_known_of_all_environments_will_do_for_one(sources: Path, cache: AssemblyCache) -> None:
    cache.get("tree", None, lambda _: sources)
    (sources / "app.py").unlink()
    assert name_of(cache.get("tree", "production", lambda _: sources)) == "first"


def test_without_a_tree_nothing_is_kept(sources: Path, cache: AssemblyCache) -> None:
    cache.get(None, "production", lambda _: sources)
    assert list(cache.folder.iterdir()) == []


def test_only_templates_are_kept_and_nothing_else_stays(sources: Path, cache: AssemblyCache) -> None:
    """The assets are 60 MB for each commit."""
    cache.get("tree", "production", lambda _: sources)
    (entry,) = cache.folder.iterdir()
    assert {path.name for path in entry.iterdir()} == {"manifest.json", "a.template.json"}


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [("app.py", "raise SystemExit('no such key: domian')", "domian"), ("cdk.json", "{}", "cdk.json cannot be read")],
)
def test_an_app_that_fails_says_why_and_leaves_nothing(
    sources: Path, cache: AssemblyCache, file: str, text: str, says: str
) -> None:
    (sources / file).write_text(text)
    with pytest.raises(SynthesisFailedError, match=says):
        cache.get("tree", "production", lambda _: sources)
    assert list(cache.folder.iterdir()) == []
