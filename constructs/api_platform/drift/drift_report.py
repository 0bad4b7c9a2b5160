"""Compares a cluster with what is deployed to it, and tells it in the doctor's form."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from api_platform.doctor.health_report import HealthReport
from api_platform.drift.deviations import DriftQuestion, deviations
from api_platform.errors import InputError
from api_platform.kubectl_calls import KubectlCalls
from api_platform.plan.assembly import CloudAssembly
from api_platform.plan.live_objects import kubectl_resource
from api_platform.plan.object_key import ObjectKey
from api_platform.plan.sources.deployed import StackPlace
from api_platform.plan.states import DeployState
from api_platform.rules.finding import Manifest
from api_platform.rules.values import rows


@dataclass(frozen=True)
class DeclaredObjects:
    """What a cluster should hold of an environment."""

    environment: str
    manifests: Mapping[ObjectKey, Manifest]

    @classmethod
    def of_assembly(cls, environment: str, folder: Path) -> "DeclaredObjects":
        """Return what a cloud assembly holds. Raises InputError where it is none, or not of this environment."""
        assembly = CloudAssembly.read(folder)
        assembly.require(environment, folder)
        return cls._of(environment, assembly.of(environment))

    @classmethod
    def deployed(cls, environment: str, place: StackPlace) -> "DeclaredObjects":
        """Return what CloudFormation holds now. Raises InputError where AWS cannot be asked."""
        return cls._of(environment, CloudAssembly(tuple(place.stacks(environment, {}))))

    @classmethod
    def _of(cls, environment: str, stacks: CloudAssembly) -> "DeclaredObjects":
        objects = DeployState.of_stacks(stacks).objects
        if not objects:
            raise InputError(
                f"no stack of {environment} holds Kubernetes objects: it was never deployed, or Argo CD applies them, "
                "which tells their drift itself."
            )
        return cls(environment, {key: held.manifest for key, held in objects.items()})


def find_drift(declared: DeclaredObjects, kubectl: KubectlCalls) -> HealthReport:
    """Return what the cluster holds otherwise. Only reads. Raises InputError where the cluster cannot be asked."""
    kinds = ",".join(dict.fromkeys(map(kubectl_resource, declared.manifests.values())))
    live = rows(kubectl.answer("get", kinds, "--all-namespaces", "--show-managed-fields"), "items")
    question = DriftQuestion(declared.environment, declared.manifests, kubectl.options)
    return HealthReport(declared.environment, None, tuple(deviations(question, live)), ())
