"""An Argo CD Application: which files Argo CD keeps a cluster equal to."""

from api_platform import names
from api_platform.environment import Environment
from api_platform.gitops.git_source import GitSource
from api_platform.labels import platform_metadata
from api_platform.manifests.waves import SYNC_WAVE
from api_platform.rules.finding import Manifest

ARGO_CD_NAMESPACE = "argocd"
_IN_CLUSTER = "https://kubernetes.default.svc"
"""The cluster that Argo CD itself runs in."""


def application(environment: Environment, name: str, source: GitSource, *, file: str, wave: int = 0) -> Manifest:
    """Return the Application of one file; of those with different waves, the lower is healthy before the next begins.

    It has no finalizer: to delete it leaves the objects alone, and so hands them over. What is gone from the file is
    deleted, as CloudFormation does: an ALLOW policy that nobody wrote must not stay. Objects are compared by the API
    server, which knows what it fills in by default.
    """
    return {
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "Application",
        "metadata": platform_metadata(
            f"{environment.name}-{name}",
            ARGO_CD_NAMESPACE,
            annotations={SYNC_WAVE: str(wave), "argocd.argoproj.io/compare-options": "ServerSideDiff=true"},
        ),
        "spec": {
            "project": "default",
            "source": {
                "repoURL": source.repository,
                "targetRevision": source.revision,
                "path": source.path,
                "directory": {"include": file},
            },
            "destination": {"server": _IN_CLUSTER, "namespace": names.namespace_name(environment)},
            "syncPolicy": {
                "automated": {"prune": True, "selfHeal": True},
                "syncOptions": ["ServerSideApply=true"],
                "retry": {"limit": 5, "backoff": {"duration": "30s", "factor": 2, "maxDuration": "5m"}},
            },
        },
    }
