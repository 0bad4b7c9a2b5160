"""Changes by hand of what runs, as people make them at night, each with the way back."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from api_platform.manifests.rendering import render
from api_platform.proof.ailments.ailment import run
from api_platform.proof.stage import ProofStage
from api_platform.service import Workload
from eks_twin.errors import TwinError


@dataclass(frozen=True)
class Hand:
    """One change, in kubectl's words; `{}` stands for the workload, `{namespace}` for where it is."""

    name: str
    touches: str
    """Kind and name of the object."""
    does: str
    undoes: str = ""
    """For what an apply of what we declare does not take back. Default: that takes it back."""

    def object(self, stage: ProofStage, workload: Workload) -> str:
        """Return the object that it touches: `Deployment/api-service`."""
        return self.touches.format(workload.name, namespace=stage.namespace)

    def change(self, stage: ProofStage, workload: Workload) -> None:
        """Do it. Raises TwinError where kubectl fails."""
        run(stage, *self.does.format(workload.name, namespace=stage.namespace).split())

    def undo(self, stage: ProofStage, workload: Workload) -> None:
        """Take back what an apply does not. Raises TwinError where kubectl fails."""
        if self.undoes:
            run(stage, *self.undoes.format(workload.name).split())


HANDS: Sequence[Hand] = (
    Hand("an autoscaler's maximum", "HorizontalPodAutoscaler/{}", 'patch hpa {} -p {{"spec":{{"maxReplicas":99}}}}'),
    Hand(
        "an environment variable",
        "Deployment/{}",
        "set env deployment/{} BY_HAND=yes",
        "set env deployment/{} BY_HAND-",
    ),
    Hand("a budget deleted", "PodDisruptionBudget/{}", "delete pdb {}"),
    Hand(
        "a policy that lets everybody in",
        "AuthorizationPolicy/{}-callers",
        'patch authorizationpolicy {}-callers --type=json -p [{{"op":"add","path":"/spec/rules/-","value":{{}}}}]',
    ),
    Hand("a label", "Service/{}", "label service {} by-hand=yes", "label service {} by-hand-"),
    Hand(
        "Pod Security turned off",
        "Namespace/{namespace}",
        "label --overwrite namespace {namespace} pod-security.kubernetes.io/enforce=privileged",
    ),
    Hand(
        "a Deployment put beside",
        "Deployment/by-hand",
        "create deployment by-hand --image=none --replicas=0",
        "delete deployment by-hand",
    ),
)


def take_back(stage: ProofStage, workload: Workload) -> None:
    """Undo them all. Raises TwinError where kubectl fails."""
    for hand in HANDS:
        hand.undo(stage, workload)
    objects = {"apiVersion": "v1", "kind": "List", "items": list(render(stage.environment).objects)}
    done = stage.kubectl("apply", "--filename=-", given=json.dumps(objects))  # of more than one namespace
    if done.returncode:
        raise TwinError(f"what is declared could not be applied again: {done.stderr.strip()}")
