"""Scans the manifests in `dist/` with checkov, and sees to it that checkov saw them.

checkov succeeds on a folder in which it finds nothing, so this counts: what was scanned, what failed, and what was
skipped, which may only be what the table below allows.
"""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

ROOT: Final = Path(__file__).resolve().parent.parent
CHECKOV: Final = ROOT / ".venv-checkov" / "bin" / "checkov"
DIST: Final = ROOT / "dist"

SKIPPED: Final[Mapping[str, str]] = {
    "CKV_K8S_40": "the product's images are built for UID 1000. It exists on no node of Amazon Linux as a user with "
    "rights, and the root file system is read-only",
}
"""Check -> why we do not follow it. No other may be skipped, in an annotation either."""


def main() -> int:
    """Scan, print what was found, and return 0 only when every workload was seen and nothing failed."""
    report = scan()
    faults = [*unseen(report), *failures(report), *skips_without_reason(report)]
    summary = report["summary"]
    print(f"checkov {summary['checkov_version']}: {summary['passed']} passed, {summary['failed']} failed", end="")
    print(f", {len(SKIPPED)} check skipped on {len(workloads())} workloads:")
    for check, reason in SKIPPED.items():
        print(f"  {check}: {reason}")
    for fault in faults:
        print(fault)
    return 1 if faults else 0


def scan() -> dict[str, Any]:
    """Return checkov's own report."""
    command = [str(CHECKOV), "--directory", str(DIST), "--framework", "kubernetes", "--skip-check", ",".join(SKIPPED)]
    run = subprocess.run([*command, "--output", "json", "--skip-download"], capture_output=True, text=True, check=False)
    try:
        report: dict[str, Any] = json.loads(run.stdout)
    except ValueError:
        sys.exit(f"checkov did not report: {run.stderr.strip() or run.stdout.strip()}")
    return report


def workloads() -> set[str]:
    """Return every Deployment of `dist/`, as checkov names it."""
    files = DIST.rglob("*.k8s.yaml")
    objects: Iterable[dict[str, Any]] = (
        one for file in files for one in yaml.load_all(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
    )
    return {
        f"Deployment.{one['metadata']['namespace']}.{one['metadata']['name']}"
        for one in objects
        if one["kind"] == "Deployment"
    }


def unseen(report: Mapping[str, Any]) -> list[str]:
    """Return a line for each workload that checkov did not look at, and for each file that it could not read."""
    seen = {check["resource"] for check in report["results"].get("passed_checks", [])}
    errors = [f"checkov could not read {file}" for file in report["results"].get("parsing_errors", [])]
    return (
        errors
        + [f"checkov did not see {name}" for name in sorted(workloads() - seen)]
        + ([] if workloads() else ["dist/ holds no workload. Run `cdk8s synth` first."])
    )


def failures(report: Mapping[str, Any]) -> list[str]:
    """Return a line for each check that failed."""
    return [
        f"{check['check_id']} failed for {check['resource']}: {check['check_name']}"
        for check in report["results"]["failed_checks"]
    ]


def skips_without_reason(report: Mapping[str, Any]) -> list[str]:
    """Return a line for each check that an annotation skips: reasons stand here, not in what we deploy."""
    skipped = Counter(check["check_id"] for check in report["results"].get("skipped_checks", []))
    return [f"{check} is skipped {times} times by annotations" for check, times in skipped.items()]


if __name__ == "__main__":
    sys.exit(main())
