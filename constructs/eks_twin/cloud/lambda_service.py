"""The twin's Lambda: which runtimes there are, and what stands in for functions that cannot run here."""

from eks_twin.cloud.clients import CREDENTIALS, Clients
from eks_twin.cloud.function_programs import write_function_programs
from eks_twin.cloud.functions import Functions
from eks_twin.cloud.helm import HelmReleases
from eks_twin.cloud.node_runtime import NodeRuntime
from eks_twin.cloud.python_runtime import PythonRuntime
from eks_twin.cloud.settings import CloudSettings
from eks_twin.cloud.stand_ins import all_stand_ins


def lambda_service(settings: CloudSettings, account: str, clients: Clients) -> Functions:
    """Return what calls the functions of this account."""
    programs, code = settings.folder / "function-programs", settings.folder / "functions"
    kubectl, kubeconfig = settings.kubectl, settings.kubeconfig
    write_function_programs(programs, kubectl=kubectl, kubeconfig=kubeconfig, cluster=settings.cluster)
    code.mkdir(exist_ok=True)
    environment = {
        **CREDENTIALS,
        "AWS_ENDPOINT_URL": clients.endpoint,
        "AWS_REGION": clients.region,
        # One cache of what the API server offers, for all calls of kubectl.
        "KUBECACHEDIR": str(settings.folder / "kubectl-cache"),
    }
    return Functions(
        account=account,
        region=clients.region,
        folder=code,
        runtimes={
            "python": PythonRuntime(programs, environment, settings.folder / "functions.log"),
            "nodejs": NodeRuntime(settings.node, environment),
        },
        stand_ins=all_stand_ins(clients, HelmReleases(kubeconfig, settings.definitions)),
    )
