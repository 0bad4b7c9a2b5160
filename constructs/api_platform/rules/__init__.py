"""What must hold between objects: one rule, one file, named after what it demands.

A rule reads the environment, the specs and the rendered objects, and returns its findings. It judges the objects, as
they would be applied, wherever they hold the answer. A finding stops the synth, unless the workload's spec acknowledges
it with a reason (`Workload.acknowledged`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from api_platform.environment import Environment
from api_platform.rules.acknowledgements_are_used import acknowledgements_are_used
from api_platform.rules.aws_names_are_unique import aws_names_are_unique
from api_platform.rules.budget_keeps_a_called_workload_up import budget_keeps_a_called_workload_up
from api_platform.rules.budget_leaves_room_to_drain import budget_leaves_room_to_drain
from api_platform.rules.called_workloads_outlive_a_pod import called_workloads_outlive_a_pod
from api_platform.rules.callees_exist import callees_exist
from api_platform.rules.calls_form_no_cycle import calls_form_no_cycle
from api_platform.rules.every_workload_is_complete import every_workload_is_complete
from api_platform.rules.finding import PLATFORM, Finding, Manifest, rule_name
from api_platform.rules.grace_covers_the_longest_work import grace_covers_the_longest_work
from api_platform.rules.labels_are_valid import labels_are_valid
from api_platform.rules.limit_range_admits_every_container import limit_range_admits_every_container
from api_platform.rules.mesh_hosts_exist import mesh_hosts_exist
from api_platform.rules.names_are_short_and_unique import names_are_short_and_unique
from api_platform.rules.namespace_denies_by_default import namespace_denies_by_default
from api_platform.rules.network_policies_pass_what_is_needed import network_policies_pass_what_is_needed
from api_platform.rules.node_pools_are_tolerated import node_pools_are_tolerated
from api_platform.rules.objects import Objects
from api_platform.rules.one_autoscaler_per_workload import one_autoscaler_per_workload
from api_platform.rules.one_budget_per_workload import one_budget_per_workload
from api_platform.rules.only_safe_requests_are_repeated import only_safe_requests_are_repeated
from api_platform.rules.policies_admit_scrapes import policies_admit_scrapes
from api_platform.rules.policies_admit_the_declared_callers import policies_admit_the_declared_callers
from api_platform.rules.proxy_closes_idle_connections_first import proxy_closes_idle_connections_first
from api_platform.rules.public_hosts_have_their_own_certificate import public_hosts_have_their_own_certificate
from api_platform.rules.queues_agree_with_roles import queues_agree_with_roles
from api_platform.rules.quota_admits_a_rollout_at_maximum import quota_admits_a_rollout_at_maximum
from api_platform.rules.references_are_rendered import references_are_rendered
from api_platform.rules.replicas_have_room_to_scale import replicas_have_room_to_scale
from api_platform.rules.report import Acknowledged, Report, report
from api_platform.rules.rollouts_fit_their_gate import rollouts_fit_their_gate
from api_platform.rules.routes_reach_every_caller import routes_reach_every_caller
from api_platform.rules.runtime_fits_its_resources import runtime_fits_its_resources
from api_platform.rules.scaling_metrics_name_a_container import scaling_metrics_name_a_container
from api_platform.rules.selectors_match_one_workload import selectors_match_one_workload
from api_platform.rules.service_accounts_agree_with_roles import service_accounts_agree_with_roles
from api_platform.rules.service_monitors_find_their_port import service_monitors_find_their_port
from api_platform.rules.service_ports_equal_their_targets import service_ports_equal_their_targets
from api_platform.rules.spread_fits_the_zones import spread_fits_the_zones
from api_platform.rules.telemetry_providers_exist import telemetry_providers_exist
from api_platform.rules.traffic_keeps_to_the_mesh import traffic_keeps_to_the_mesh
from api_platform.rules.vertical_autoscaler_only_recommends import vertical_autoscaler_only_recommends
from api_platform.rules.visibility_outlasts_job_and_grace import visibility_outlasts_job_and_grace
from api_platform.rules.volumes_fit_the_disk_limit import volumes_fit_the_disk_limit
from api_platform.service import Service

__all__ = ["PLATFORM", "RULES", "Acknowledged", "Finding", "Manifest", "Report", "Rule", "report", "run_rules"]

Rule = Callable[[Environment, Sequence[Service], Objects], list[Finding]]

RULES: Mapping[str, Rule] = {
    rule_name(rule.__module__): rule
    for rule in (
        aws_names_are_unique,
        budget_keeps_a_called_workload_up,
        budget_leaves_room_to_drain,
        called_workloads_outlive_a_pod,
        callees_exist,
        calls_form_no_cycle,
        every_workload_is_complete,
        grace_covers_the_longest_work,
        labels_are_valid,
        limit_range_admits_every_container,
        mesh_hosts_exist,
        names_are_short_and_unique,
        namespace_denies_by_default,
        network_policies_pass_what_is_needed,
        node_pools_are_tolerated,
        one_autoscaler_per_workload,
        one_budget_per_workload,
        only_safe_requests_are_repeated,
        policies_admit_scrapes,
        policies_admit_the_declared_callers,
        proxy_closes_idle_connections_first,
        public_hosts_have_their_own_certificate,
        queues_agree_with_roles,
        quota_admits_a_rollout_at_maximum,
        references_are_rendered,
        replicas_have_room_to_scale,
        rollouts_fit_their_gate,
        routes_reach_every_caller,
        runtime_fits_its_resources,
        scaling_metrics_name_a_container,
        selectors_match_one_workload,
        service_accounts_agree_with_roles,
        service_monitors_find_their_port,
        service_ports_equal_their_targets,
        spread_fits_the_zones,
        telemetry_providers_exist,
        traffic_keeps_to_the_mesh,
        vertical_autoscaler_only_recommends,
        visibility_outlasts_job_and_grace,
        volumes_fit_the_disk_limit,
    )
}
"""Name -> rule. An acknowledgement in a spec goes by the name."""


def run_rules(environment: Environment, services: Sequence[Service], manifests: Iterable[Manifest]) -> list[Finding]:
    """Return what every rule finds, and then which acknowledgements have nothing to acknowledge."""
    objects = Objects(manifests)
    findings = [finding for rule in RULES.values() for finding in rule(environment, services, objects)]
    return [*findings, *acknowledgements_are_used(services, findings, RULES.keys())]
