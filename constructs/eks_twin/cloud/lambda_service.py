"""The twin's Lambda: which runtimes there are, and what stands in for functions that cannot run here."""

from eks_twin.app import ClusterName
from eks_twin.aws_clients import Clients, credentials
from eks_twin.cloud.function_programs import write_function_programs
from eks_twin.cloud.functions import Functions
from eks_twin.cloud.helm import HelmReleases
from eks_twin.cloud.node_runtime import NodeRuntime
from eks_twin.cloud.python_runtime import PythonRuntime
from eks_twin.cloud.settings import CloudSettings
from eks_twin.cloud.stand_ins import all_stand_ins
from eks_twin.home import Home


def lambda_service(settings: CloudSettings, clients: Clients) -> Functions:
    """Return what calls the functions of one account and region."""
    home, place = Home(settings.home), clients.place
    folder = settings.folder / place.account / place.region
    programs, code = folder / "function-programs", settings.folder / "functions"
    clusters = home.of_cluster(ClusterName(place, "any")).folder.parent
    write_function_programs(programs, kubectl=settings.kubectl, clusters=clusters)
    code.mkdir(exist_ok=True)
    environment = {
        **credentials(place.account),
        "AWS_ENDPOINT_URL": clients.endpoint,
        "AWS_REGION": place.region,
        # One cache of what the API server offers, for all calls of kubectl.
        "KUBECACHEDIR": str(folder / "kubectl-cache"),
    }
    return Functions(
        account=place.account,
        region=place.region,
        folder=code,
        runtimes={
            "python": PythonRuntime(programs, environment, settings.folder / "functions.log"),
            "nodejs": NodeRuntime(settings.node, environment),
        },
        stand_ins=all_stand_ins(
            clients, HelmReleases(lambda name: home.of_cluster(ClusterName(place, name)), settings.definitions)
        ),
    )
