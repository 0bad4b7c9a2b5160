"""The server of the twin's AWS: moto, with our CloudFormation and our Lambda in it."""

import logging
import os
from functools import cache

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import BaseWSGIServer, make_server

from api_platform.twin.cloud.catalog import catalog
from api_platform.twin.cloud.clients import CREDENTIALS, Clients
from api_platform.twin.cloud.cloudformation_api import CloudFormationApi
from api_platform.twin.cloud.function_programs import write_function_programs
from api_platform.twin.cloud.functions import Functions
from api_platform.twin.cloud.helm import HelmReleases
from api_platform.twin.cloud.node_runtime import NodeRuntime
from api_platform.twin.cloud.python_runtime import PythonRuntime
from api_platform.twin.cloud.settings import CloudSettings
from api_platform.twin.cloud.simulated_nodes import SimulatedNodes
from api_platform.twin.cloud.stacks import Stacks
from api_platform.twin.cloud.stand_ins import all_stand_ins
from api_platform.twin.home import Home


def make_cloud(settings: CloudSettings) -> BaseWSGIServer:
    """Return the server, which listens already; `serve_forever` answers. Its memory is all there is of its state."""
    os.environ["MOTO_ACCOUNT_ID"] = settings.account
    logging.getLogger("werkzeug").setLevel(logging.WARNING)

    @cache
    def find_stacks(account: str, region: str) -> Stacks:
        clients = Clients(settings.endpoint, region)
        functions = _functions(settings, account, clients)
        nodes = SimulatedNodes(Home(settings.home))
        return Stacks(account, region, catalog(clients, nodes, functions), clients)

    CloudFormationApi.install(find_stacks)
    return make_server("127.0.0.1", settings.port, DomainDispatcherApplication(create_backend_app), threaded=True)


def _functions(settings: CloudSettings, account: str, clients: Clients) -> Functions:
    programs = settings.folder / "function-programs"
    write_function_programs(
        programs, kubectl=settings.kubectl, kubeconfig=settings.kubeconfig, cluster=settings.cluster
    )
    environment = {
        **CREDENTIALS,
        "AWS_ENDPOINT_URL": settings.endpoint,
        "AWS_REGION": clients.region,
        # One cache of what the API server offers, for all calls of kubectl.
        "KUBECACHEDIR": str(settings.folder / "kubectl-cache"),
    }
    code = settings.folder / "functions"
    code.mkdir(exist_ok=True)
    return Functions(
        account=account,
        region=clients.region,
        folder=code,
        runtimes={
            "python": PythonRuntime(programs, environment, settings.folder / "functions.log"),
            "nodejs": NodeRuntime(settings.node, environment),
        },
        stand_ins=all_stand_ins(clients, HelmReleases(settings.kubectl, settings.kubeconfig, settings.definitions)),
    )
