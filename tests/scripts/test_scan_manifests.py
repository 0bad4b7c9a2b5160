from pathlib import Path
from typing import Any

import pytest

from scripts import scan_manifests

DEPLOYMENT = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: orders, namespace: production}\n"
SEEN = {"resource": "Deployment.production.orders"}


@pytest.fixture(autouse=True)
def dist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "50-orders.k8s.yaml").write_text(DEPLOYMENT)
    monkeypatch.setattr(scan_manifests, "DIST", tmp_path)
    return tmp_path


def a_report(**results: list[Any]) -> dict[str, Any]:
    return {"results": {"passed_checks": [SEEN], "failed_checks": [], "skipped_checks": [], **results}}


def test_a_report_on_every_workload_without_failures_has_no_fault() -> None:
    report = a_report()
    assert scan_manifests.unseen(report) == []
    assert scan_manifests.failures(report) == []
    assert scan_manifests.skips_without_reason(report) == []


def test_a_workload_that_checkov_did_not_look_at_is_a_fault() -> None:
    """checkov exits 0 when it finds nothing to scan."""
    assert scan_manifests.unseen(a_report(passed_checks=[])) == ["checkov did not see Deployment.production.orders"]


def test_a_dist_without_workloads_is_a_fault(dist: Path) -> None:
    (dist / "50-orders.k8s.yaml").unlink()
    assert "cdk8s synth" in scan_manifests.unseen(a_report())[0]


def test_a_failed_check_is_named_with_its_workload() -> None:
    failed = {**SEEN, "check_id": "CKV_K8S_20", "check_name": "no privilege escalation"}
    report = a_report(failed_checks=[failed])
    assert scan_manifests.failures(report) == [
        "CKV_K8S_20 failed for Deployment.production.orders: no privilege escalation"
    ]


def test_a_check_that_an_annotation_skips_is_a_fault() -> None:
    """Else a manifest could talk itself out of a check, with no reason in the code."""
    report = a_report(skipped_checks=[{**SEEN, "check_id": "CKV_K8S_11"}])
    assert scan_manifests.skips_without_reason(report) == ["CKV_K8S_11 is skipped 1 times by annotations"]


def test_only_the_user_id_of_the_images_is_skipped() -> None:
    assert set(scan_manifests.SKIPPED) == {"CKV_K8S_40"}
