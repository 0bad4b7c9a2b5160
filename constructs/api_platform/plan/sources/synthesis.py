"""Synthesizes sources into a cloud assembly by their own code, once for each state of them."""

import hashlib
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from api_platform.environment import ROOT
from api_platform.plan.assembly import CloudAssembly

_KEPT = 12
"""So many assemblies stay, the last used: they are 1 MB each, as only templates are kept."""
_ALL = "all"


class SynthesisFailedError(Exception):
    """An app did not synthesize. The message is what it said."""


@dataclass(frozen=True)
class AssemblyCache:
    """A folder of assemblies by what they follow from: the sources' tree, and the packages that are installed."""

    folder: Path = ROOT / ".cache" / "plan"
    lock: Path = ROOT / "requirements" / "run.txt"
    """What the installed packages follow from."""

    def get(self, tree: str | None, environment: str | None, sources: "Callable[[Path], Path]") -> CloudAssembly:
        """Return the assembly of one environment, or of all; synthesize it where it is not known.

        `sources` gets an empty folder, and returns where the sources are: there, or elsewhere. Without a `tree` nothing
        is kept. Raises SynthesisFailedError where the app does not synthesize.
        """
        wanted = (environment or _ALL, _ALL)
        for name in wanted if tree else ():
            if (known := self._entry(tree, name)).is_dir():
                os.utime(known)
                return CloudAssembly.read(known)
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self.folder, prefix=".new-") as scratch:
            made, checkout = Path(scratch) / "assembly", Path(scratch) / "sources"
            made.mkdir()
            checkout.mkdir()
            synthesize(sources(checkout), made, environment)
            _keep_templates(made)
            if tree:
                self._keep(made, self._entry(tree, wanted[0]))
                return CloudAssembly.read(self._entry(tree, wanted[0]))
            return CloudAssembly.read(made)

    def _entry(self, tree: str | None, name: str) -> Path:
        packages = hashlib.sha256(self.lock.read_bytes()).hexdigest()[:12]
        return self.folder / f"{tree}-{packages}-{name}"

    def _keep(self, made: Path, entry: Path) -> None:
        try:
            made.rename(entry)
        except OSError:  # another process was quicker
            return
        for old in sorted(self.folder.glob("[!.]*"), key=_age)[_KEPT:]:
            shutil.rmtree(old, ignore_errors=True)


def _age(entry: Path) -> float:
    """Return how long ago an entry was used; another process may have removed it meanwhile."""
    return -entry.stat().st_mtime if entry.exists() else 0


def synthesize(sources: Path, folder: Path, environment: str | None) -> None:
    """Run the app of the sources, as the CDK CLI does, with the packages that are installed here.

    Without the CLI, which takes as long again, and without the validation of templates: `cdk deploy` does it.
    Raises SynthesisFailedError with what the app said.
    """
    try:
        settings = json.loads((sources / "cdk.json").read_text(encoding="utf-8"))
        words = shlex.split(settings["app"])
    except (OSError, ValueError, KeyError) as error:
        raise SynthesisFailedError(f"cdk.json cannot be read ({error!r})") from None
    chosen = ("ENVIRONMENT", "API_PLATFORM_SET")
    variables = {key: value for key, value in os.environ.items() if key not in chosen} | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "PYTHONPATH": f"{sources / 'constructs'}{os.pathsep}{sources}",
        "CDK_OUTDIR": str(folder),
        "CDK_CONTEXT_JSON": json.dumps({**settings.get("context", {}), **_looked_up(sources)}),
        "CDK_VALIDATION": "false",
        **({"ENVIRONMENT": environment} if environment else {}),
    }
    done = subprocess.run(words, cwd=sources, env=variables, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SynthesisFailedError(done.stderr.strip() or done.stdout.strip())


def _looked_up(sources: Path) -> dict[str, object]:
    path = sources / "cdk.context.json"
    found: dict[str, object] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found


def _keep_templates(folder: Path) -> None:
    """Drop what a plan does not read: the assets are 60 MB."""
    for path in folder.glob("asset.*"):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
