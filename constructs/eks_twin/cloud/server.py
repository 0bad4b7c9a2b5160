"""The server of the twin's AWS: moto, with our CloudFormation and our Lambda in it."""

import logging
import os
import threading
import time
from functools import cache

from moto.iam import models as iam_models
from moto.moto_server.werkzeug_app import create_backend_app
from werkzeug.serving import BaseWSGIServer, make_server

from eks_twin.app import Place
from eks_twin.aws_clients import Clients, account_of
from eks_twin.cloud import cloudformation_api
from eks_twin.cloud.catalog import catalog
from eks_twin.cloud.cloudformation_call import FindStacks
from eks_twin.cloud.control_planes import ControlPlanesAt
from eks_twin.cloud.empty_trail import keep_an_empty_trail
from eks_twin.cloud.lambda_service import lambda_service
from eks_twin.cloud.quick_queues import quicken_queues
from eks_twin.cloud.settings import CloudSettings
from eks_twin.cloud.stacks import Stacks
from eks_twin.cloud.turns import InTurn
from eks_twin.cloud.types.replacement import load_schemas
from eks_twin.clusters import Clusters
from eks_twin.extension import load_extension
from eks_twin.home import Home


class Cloud:
    """Listens on two ports: the one that it was given, and one for what is inside of AWS.

    CloudFormation and the functions call other services, too. When the twin is cut off from AWS, AWS is not cut off
    from itself: what runs there goes on.
    """

    def __init__(self, settings: CloudSettings) -> None:
        tell_accounts_by_their_keys()
        os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"  # AWS's own, which roles are given
        logging.getLogger("werkzeug").setLevel(logging.WARNING)
        self._settings = settings
        self._app = InTurn(create_backend_app)
        self._inside = self._listen(0)
        self._outside = self._listen(settings.port)
        self._ended = False
        self._cut_seconds = 0.0
        cloudformation_api.install(self._find_stacks())
        quicken_queues()
        keep_an_empty_trail()

    def run(self) -> None:
        """Answer until `end`. Its memory is all there is of its state."""
        threading.Thread(target=self._inside.serve_forever, daemon=True).start()
        threading.Thread(target=load_schemas, daemon=True).start()
        while not self._ended:
            self._outside.serve_forever()
            if self._cut_seconds:
                self._outside.server_close()
                time.sleep(self._cut_seconds)
                self._cut_seconds = 0.0
                self._outside = self._listen(self._settings.port)

    def cut_off(self, seconds: float) -> None:
        """Refuse all connections from outside for a while."""
        self._cut_seconds = seconds
        threading.Thread(target=self._outside.shutdown).start()

    def end(self) -> None:
        """Let `run` return."""
        self._ended = True
        threading.Thread(target=self._outside.shutdown).start()

    def _listen(self, port: int) -> BaseWSGIServer:
        return make_server("127.0.0.1", port, self._app, threaded=True)

    def _find_stacks(self) -> FindStacks:
        settings, endpoint = self._settings, f"http://localhost:{self._inside.port}"
        clusters = Clusters(Home(settings.home), settings.binaries, settings.stop_with)
        extension = load_extension(settings.extension)

        @cache
        def find_stacks(account: str, region: str) -> Stacks:
            place = Place(account, region)
            clients = Clients(endpoint, place)
            planes = ControlPlanesAt(clusters, place)
            functions = lambda_service(settings, clients)
            types = catalog(clients, planes, functions, extension.resource_types(clients))
            return Stacks(account, region, types, clients)

        return find_stacks


def tell_accounts_by_their_keys() -> None:
    """Let requests act in the account that their access key names. moto knows the accounts of assumed roles itself."""
    by_role = iam_models.get_account_id_from
    setattr(iam_models, "get_account_id_from", lambda key: account_of(key) or by_role(key))  # noqa: B010  (mypy)
