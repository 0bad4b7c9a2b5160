"""Starts a whole Kubernetes control plane on loopback, and is the way to it afterwards."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eks_twin.control_plane.api_server import api_server, api_server_says_ready, tokens_file
from eks_twin.control_plane.certificates import Certificates, make_certificates
from eks_twin.control_plane.controller_manager import controller_manager, controller_manager_says_ready
from eks_twin.control_plane.etcd import etcd, etcd_says_ready
from eks_twin.control_plane.kubeconfig import kubeconfig_of, make_users, write_kubeconfig, write_tokens
from eks_twin.control_plane.kwok import kwok, kwok_says_ready
from eks_twin.control_plane.plan import Plan
from eks_twin.control_plane.readiness import Endpoint, PortIsTakenError, wait_until_ready
from eks_twin.control_plane.scheduler import scheduler, scheduler_says_ready
from eks_twin.control_plane.settings import Settings
from eks_twin.errors import TwinError, command
from eks_twin.home import Home
from eks_twin.processes import Program, free_ports, read_record, run_program, start_supervisor, stop
from eks_twin.processes.program import request

PROGRAMS = ("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok")
"""In the order of their start. Their names are those of their binaries."""
_PORTS = (*PROGRAMS, "etcd-peers")
_TRIES = 3


@dataclass(frozen=True)
class ControlPlane:
    """A control plane that runs."""

    home: Home
    kubelet_port: int
    """Where kwok answers for the kubelet of every node."""

    @property
    def kubeconfig(self) -> Path:
        """The administrator's."""
        return self.home.kubeconfig

    @property
    def certificates(self) -> Certificates:
        """Its authority, which signs what other servers of the twin show."""
        return Certificates(self.home.certificates)


def start_control_plane(
    home: Home,
    binaries: Mapping[str, Path],
    *,
    stop_with: int | None = None,
    settings: Settings | None = None,
) -> ControlPlane:
    """Start an empty control plane, and the supervisor with it; return when all of it is ready.

    `binaries`: where each of PROGRAMS lies. `stop_with`: a process id, at whose end all ends. Default: it runs until
    it is stopped. Raises TwinError where a twin runs here already, and with the end of the log where a program does
    not come up; nothing of it is left running then.
    """
    for tries_left in reversed(range(_TRIES)):
        start_supervisor(home, stop_with)
        try:
            _start(Plan(home, binaries, free_ports(_PORTS), make_users(), settings or Settings()))
            break
        except BaseException as error:  # Ctrl-C too: what was started must not stay behind
            stop(home)
            if not isinstance(error, PortIsTakenError) or not tries_left:
                raise
    return open_control_plane(home)


def open_control_plane(home: Home) -> ControlPlane:
    """Return the control plane that runs in this folder. Raises TwinError where none does."""
    record = read_record(home)
    server, nodes = (record.programs.get(name) if record else None for name in ("kube-apiserver", "kwok"))
    if record is None or not record.supervisor.lives or server is None or nodes is None:
        raise TwinError(f"No control plane runs in {home.folder}. Start one: {command()} up.")
    return ControlPlane(home, nodes.ports["kubelet"])


def _start(plan: Plan) -> None:
    for name in PROGRAMS:
        shutil.rmtree(plan.home.of(name), ignore_errors=True)
    run_program(plan.home, etcd(plan))
    make_certificates(plan.home)
    _introduce(plan)
    _run(plan, etcd(plan), etcd_says_ready(plan))
    _run(plan, api_server(plan), api_server_says_ready(plan))
    rest = (
        (controller_manager(plan), controller_manager_says_ready(plan)),
        (scheduler(plan), scheduler_says_ready(plan)),
        (kwok(plan), kwok_says_ready(plan)),
    )
    for program, _ in rest:
        request(plan.home, program)
    for program, ready in rest:
        _run(plan, program, ready)


def _run(plan: Plan, program: Program, ready: Endpoint) -> None:
    run_program(plan.home, program)
    wait_until_ready(plan.home, program.name, ready.answers, plan.settings.ready_deadline)


def _introduce(plan: Plan) -> None:
    """Tell the API server who its users are, and each of them where it is."""
    folder = tokens_file(plan.home).parent
    folder.mkdir(exist_ok=True)
    write_tokens(tokens_file(plan.home), plan.users.values())
    for user in plan.users.values():
        file = kubeconfig_of(plan.home, user.name)
        write_kubeconfig(file, plan.secure("kube-apiserver"), plan.certificates.authority.certificate, user.token)
