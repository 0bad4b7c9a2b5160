"""The generated classes write what each API expects: one object of each kind, without an escape hatch.

The objects are small, and made of the fields whose names the generator changes: `ISTIO_UNDERSCORE_MUTUAL`, `from_`,
`consecutive5_xx_errors`, `from_string`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import jsonschema
import pytest
import yaml
from cdk8s import App, Chart

from imports.com.coreos import monitoring
from imports.io import cert_manager, external_secrets
from imports.io.istio import networking, security, telemetry
from imports.io.k8s import autoscaling
from imports.io.k8s.autoscaling import VerticalPodAutoscalerSpecResourcePolicyContainerPoliciesMaxAllowed as MaxAllowed
from imports.sh import keda

CRDS: Final = Path(__file__).resolve().parents[2] / "imports" / "crds"

Json = dict[str, Any]
Build = Callable[[Chart], None]


@dataclass(frozen=True)
class Example:
    """A function that builds one object, and the object that it is to become."""

    api_version: str
    kind: str
    spec: Json
    build: Build

    def render(self) -> Json:
        """The object as it would be printed."""
        chart = Chart(App(), "chart")
        self.build(chart)
        (rendered,) = chart.to_json()
        assert isinstance(rendered, dict)
        return rendered


EXAMPLES: Final[list[Example]] = []


def writes(api_version: str, kind: str, spec: str) -> Callable[[Build], Build]:
    """Put the function below into the table of examples, with the spec in YAML that it is to become."""

    def register(build: Build) -> Build:
        EXAMPLES.append(Example(api_version, kind, yaml.safe_load(spec), build))
        return build

    return register


@writes(
    "networking.istio.io/v1",
    "DestinationRule",
    """
    {host: api-service, trafficPolicy: {loadBalancer: {simple: LEAST_REQUEST}, outlierDetection: {baseEjectionTime: 30s,
    consecutive5xxErrors: 5, maxEjectionPercent: 50}, tls: {mode: ISTIO_MUTUAL}}}
    """,
)
def destination_rule(chart: Chart) -> None:
    networking.DestinationRule(
        chart,
        "object",
        spec=networking.DestinationRuleSpec(
            host="api-service",
            traffic_policy=networking.DestinationRuleSpecTrafficPolicy(
                load_balancer=networking.DestinationRuleSpecTrafficPolicyLoadBalancer(
                    simple=networking.DestinationRuleSpecTrafficPolicyLoadBalancerSimple.LEAST_UNDERSCORE_REQUEST
                ),
                outlier_detection=networking.DestinationRuleSpecTrafficPolicyOutlierDetection(
                    consecutive5_xx_errors=5, base_ejection_time="30s", max_ejection_percent=50
                ),
                tls=networking.DestinationRuleSpecTrafficPolicyTls(
                    mode=networking.DestinationRuleSpecTrafficPolicyTlsMode.ISTIO_UNDERSCORE_MUTUAL
                ),
            ),
        ),
    )


@writes(
    "networking.istio.io/v1alpha3",
    "EnvoyFilter",
    """
    {configPatches: [{applyTo: HTTP_FILTER, match: {context: GATEWAY}, patch: {operation: INSERT_BEFORE, value: {
    typed_config: {'@type': compressor, min_content_length: 1024, types: [a]}}}}]}
    """,
)
def envoy_filter(chart: Chart) -> None:
    networking.EnvoyFilter(
        chart,
        "object",
        spec=networking.EnvoyFilterSpec(
            config_patches=[
                networking.EnvoyFilterSpecConfigPatches(
                    apply_to=networking.EnvoyFilterSpecConfigPatchesApplyTo.HTTP_UNDERSCORE_FILTER,
                    match=networking.EnvoyFilterSpecConfigPatchesMatch(
                        context=networking.EnvoyFilterSpecConfigPatchesMatchContext.GATEWAY
                    ),
                    patch=networking.EnvoyFilterSpecConfigPatchesPatch(
                        operation=networking.EnvoyFilterSpecConfigPatchesPatchOperation.INSERT_UNDERSCORE_BEFORE,
                        value={"typed_config": {"@type": "compressor", "min_content_length": 1024, "types": ["a"]}},
                    ),
                )
            ]
        ),
    )


@writes(
    "networking.istio.io/v1",
    "Gateway",
    """
    {servers: [{hosts: [api.company.com], port: {name: https, number: 443, protocol: HTTPS}, tls: {httpsRedirect: false,
    minProtocolVersion: TLSV1_2, mode: SIMPLE}}]}
    """,
)
def gateway(chart: Chart) -> None:
    networking.Gateway(
        chart,
        "object",
        spec=networking.GatewaySpec(
            servers=[
                networking.GatewaySpecServers(
                    hosts=["api.company.com"],
                    port=networking.GatewaySpecServersPort(name="https", number=443, protocol="HTTPS"),
                    tls=networking.GatewaySpecServersTls(
                        mode=networking.GatewaySpecServersTlsMode.SIMPLE,
                        min_protocol_version=networking.GatewaySpecServersTlsMinProtocolVersion.TLSV1_UNDERSCORE_2,
                        https_redirect=False,
                    ),
                )
            ]
        ),
    )


@writes("networking.istio.io/v1", "Sidecar", "{egress: [{hosts: [istio-system/*]}]}")
def sidecar(chart: Chart) -> None:
    networking.Sidecar(
        chart, "object", spec=networking.SidecarSpec(egress=[networking.SidecarSpecEgress(hosts=["istio-system/*"])])
    )


@writes(
    "networking.istio.io/v1",
    "VirtualService",
    """
    {hosts: [api.company.com], http: [{match: [{method: {regex: GET|HEAD}}], retries: {attempts: 3, backoff: 100ms},
    timeout: 30s}]}
    """,
)
def virtual_service(chart: Chart) -> None:
    networking.VirtualService(
        chart,
        "object",
        spec=networking.VirtualServiceSpec(
            hosts=["api.company.com"],
            http=[
                networking.VirtualServiceSpecHttp(
                    match=[
                        networking.VirtualServiceSpecHttpMatch(
                            method=networking.VirtualServiceSpecHttpMatchMethod(regex="GET|HEAD")
                        )
                    ],
                    timeout="30s",
                    retries=networking.VirtualServiceSpecHttpRetries(attempts=3, backoff="100ms"),
                )
            ],
        ),
    )


@writes(
    "security.istio.io/v1",
    "AuthorizationPolicy",
    "{action: ALLOW, rules: [{from: [{source: {principals: [gateway]}}]}]}",
)
def authorization_policy(chart: Chart) -> None:
    security.AuthorizationPolicy(
        chart,
        "object",
        spec=security.AuthorizationPolicySpec(
            action=security.AuthorizationPolicySpecAction.ALLOW,
            rules=[
                security.AuthorizationPolicySpecRules(
                    from_=[
                        security.AuthorizationPolicySpecRulesFrom(
                            source=security.AuthorizationPolicySpecRulesFromSource(principals=["gateway"])
                        )
                    ]
                )
            ],
        ),
    )


@writes(
    "security.istio.io/v1", "PeerAuthentication", "{mtls: {mode: STRICT}, portLevelMtls: {'9090': {mode: PERMISSIVE}}}"
)
def peer_authentication(chart: Chart) -> None:
    security.PeerAuthentication(
        chart,
        "object",
        spec=security.PeerAuthenticationSpec(
            mtls=security.PeerAuthenticationSpecMtls(mode=security.PeerAuthenticationSpecMtlsMode.STRICT),
            port_level_mtls={
                "9090": security.PeerAuthenticationSpecPortLevelMtls(
                    mode=security.PeerAuthenticationSpecPortLevelMtlsMode.PERMISSIVE
                )
            },
        ),
    )


@writes("telemetry.istio.io/v1", "Telemetry", "{tracing: [{randomSamplingPercentage: 1}]}")
def telemetry_object(chart: Chart) -> None:
    telemetry.Telemetry(
        chart,
        "object",
        spec=telemetry.TelemetrySpec(tracing=[telemetry.TelemetrySpecTracing(random_sampling_percentage=1)]),
    )


@writes(
    "keda.sh/v1alpha1",
    "ScaledObject",
    """
    {fallback: {behavior: currentReplicasIfHigher, failureThreshold: 3, replicas: 2},
    scaleTargetRef: {name: media-processor},
    triggers: [{metadata: {scaleOnInFlight: 'true'}, metricType: AverageValue, type: aws-sqs-queue}]}
    """,
)
def scaled_object(chart: Chart) -> None:
    keda.ScaledObject(
        chart,
        "object",
        spec=keda.ScaledObjectSpec(
            scale_target_ref=keda.ScaledObjectSpecScaleTargetRef(name="media-processor"),
            fallback=keda.ScaledObjectSpecFallback(
                failure_threshold=3,
                replicas=2,
                behavior=keda.ScaledObjectSpecFallbackBehavior.CURRENT_REPLICAS_IF_HIGHER,
            ),
            triggers=[
                keda.ScaledObjectSpecTriggers(
                    type="aws-sqs-queue", metric_type="AverageValue", metadata={"scaleOnInFlight": "true"}
                )
            ],
        ),
    )


@writes("keda.sh/v1alpha1", "TriggerAuthentication", "{podIdentity: {provider: aws}}")
def trigger_authentication(chart: Chart) -> None:
    keda.TriggerAuthentication(
        chart,
        "object",
        spec=keda.TriggerAuthenticationSpec(
            pod_identity=keda.TriggerAuthenticationSpecPodIdentity(
                provider=keda.TriggerAuthenticationSpecPodIdentityProvider.AWS
            )
        ),
    )


@writes(
    "monitoring.coreos.com/v1",
    "PodMonitor",
    "{podMetricsEndpoints: [{port: http-envoy-prom}], selector: {matchLabels: {app: api-service}}}",
)
def pod_monitor(chart: Chart) -> None:
    monitoring.PodMonitor(
        chart,
        "object",
        spec=monitoring.PodMonitorSpec(
            selector=monitoring.PodMonitorSpecSelector(match_labels={"app": "api-service"}),
            pod_metrics_endpoints=[monitoring.PodMonitorSpecPodMetricsEndpoints(port="http-envoy-prom")],
        ),
    )


@writes(
    "monitoring.coreos.com/v1",
    "PrometheusRule",
    "{groups: [{name: alerts, rules: [{alert: Slow, expr: a > 1, for: 15m}]}]}",
)
def prometheus_rule(chart: Chart) -> None:
    monitoring.PrometheusRule(
        chart,
        "object",
        spec=monitoring.PrometheusRuleSpec(
            groups=[
                monitoring.PrometheusRuleSpecGroups(
                    name="alerts",
                    rules=[
                        monitoring.PrometheusRuleSpecGroupsRules(
                            alert="Slow",
                            expr=monitoring.PrometheusRuleSpecGroupsRulesExpr.from_string("a > 1"),
                            for_="15m",
                        )
                    ],
                )
            ]
        ),
    )


@writes(
    "monitoring.coreos.com/v1",
    "ServiceMonitor",
    "{endpoints: [{path: /metrics, port: http-metrics}], selector: {matchLabels: {app: api-service}}}",
)
def service_monitor(chart: Chart) -> None:
    monitoring.ServiceMonitor(
        chart,
        "object",
        spec=monitoring.ServiceMonitorSpec(
            selector=monitoring.ServiceMonitorSpecSelector(match_labels={"app": "api-service"}),
            endpoints=[monitoring.ServiceMonitorSpecEndpoints(port="http-metrics", path="/metrics")],
        ),
    )


@writes(
    "autoscaling.k8s.io/v1",
    "VerticalPodAutoscaler",
    """
    {resourcePolicy: {containerPolicies: [{containerName: api-service, maxAllowed: {cpu: '2'}}]}, targetRef: {
    kind: Deployment, name: api-service}, updatePolicy: {updateMode: 'Off'}}
    """,
)
def vertical_pod_autoscaler(chart: Chart) -> None:
    autoscaling.VerticalPodAutoscaler(
        chart,
        "object",
        spec=autoscaling.VerticalPodAutoscalerSpec(
            target_ref=autoscaling.VerticalPodAutoscalerSpecTargetRef(kind="Deployment", name="api-service"),
            update_policy=autoscaling.VerticalPodAutoscalerSpecUpdatePolicy(
                update_mode=autoscaling.VerticalPodAutoscalerSpecUpdatePolicyUpdateMode.OFF
            ),
            resource_policy=autoscaling.VerticalPodAutoscalerSpecResourcePolicy(
                container_policies=[
                    autoscaling.VerticalPodAutoscalerSpecResourcePolicyContainerPolicies(
                        container_name="api-service", max_allowed={"cpu": MaxAllowed.from_string("2")}
                    )
                ]
            ),
        ),
    )


@writes(
    "external-secrets.io/v1",
    "ExternalSecret",
    "{dataFrom: [{extract: {key: production/database}}], secretStoreRef: {name: aws}}",
)
def external_secret(chart: Chart) -> None:
    external_secrets.ExternalSecret(
        chart,
        "object",
        spec=external_secrets.ExternalSecretSpec(
            secret_store_ref=external_secrets.ExternalSecretSpecSecretStoreRef(name="aws"),
            data_from=[
                external_secrets.ExternalSecretSpecDataFrom(
                    extract=external_secrets.ExternalSecretSpecDataFromExtract(key="production/database")
                )
            ],
        ),
    )


@writes("external-secrets.io/v1", "SecretStore", "{provider: {aws: {region: eu-central-1, service: SecretsManager}}}")
def secret_store(chart: Chart) -> None:
    external_secrets.SecretStore(
        chart,
        "object",
        spec=external_secrets.SecretStoreSpec(
            provider=external_secrets.SecretStoreSpecProvider(
                aws=external_secrets.SecretStoreSpecProviderAws(
                    region="eu-central-1", service=external_secrets.SecretStoreSpecProviderAwsService.SECRETS_MANAGER
                )
            )
        ),
    )


@writes(
    "cert-manager.io/v1",
    "Certificate",
    "{issuerRef: {kind: ClusterIssuer, name: public}, privateKey: {rotationPolicy: Always}, secretName: api-tls}",
)
def certificate(chart: Chart) -> None:
    cert_manager.Certificate(
        chart,
        "object",
        spec=cert_manager.CertificateSpec(
            issuer_ref=cert_manager.CertificateSpecIssuerRef(name="public", kind="ClusterIssuer"),
            secret_name="api-tls",
            private_key=cert_manager.CertificateSpecPrivateKey(
                rotation_policy=cert_manager.CertificateSpecPrivateKeyRotationPolicy.ALWAYS
            ),
        ),
    )


@writes(
    "cert-manager.io/v1",
    "ClusterIssuer",
    """
    {acme: {server: "https://acme.example/directory", privateKeySecretRef: {name: account-key},
    solvers: [{dns01: {route53: {region: eu-central-1, hostedZoneID: Z1}}}]}}
    """,
)
def cluster_issuer(chart: Chart) -> None:
    cert_manager.ClusterIssuer(
        chart,
        "object",
        spec=cert_manager.ClusterIssuerSpec(
            acme=cert_manager.ClusterIssuerSpecAcme(
                server="https://acme.example/directory",
                private_key_secret_ref=cert_manager.ClusterIssuerSpecAcmePrivateKeySecretRef(name="account-key"),
                solvers=[
                    cert_manager.ClusterIssuerSpecAcmeSolvers(
                        dns01=cert_manager.ClusterIssuerSpecAcmeSolversDns01(
                            route53=cert_manager.ClusterIssuerSpecAcmeSolversDns01Route53(
                                region="eu-central-1", hosted_zone_id="Z1"
                            )
                        )
                    )
                ],
            )
        ),
    )


every_example = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.kind)


@every_example
def test_the_class_writes_the_fields_under_the_names_of_the_api(example: Example) -> None:
    """`cdk8s import` has lost and renamed fields before, without a word."""
    rendered = example.render()
    assert (rendered["apiVersion"], rendered["kind"]) == (example.api_version, example.kind)
    assert rendered["spec"] == example.spec


@every_example
def test_the_object_fits_the_definition_that_the_class_was_made_from(example: Example) -> None:
    """An enum or a required field that the class and its definition see differently would fail in the cluster only."""
    # The schemas themselves are not checked: one pattern is valid in Go only.
    jsonschema.Draft202012Validator(schemas()[example.api_version, example.kind]).validate(example.render())


def test_every_kind_of_the_definitions_has_an_example() -> None:
    assert sorted((example.api_version, example.kind) for example in EXAMPLES) == sorted(schemas())


def test_an_empty_spec_stays_in_the_object() -> None:
    """An AuthorizationPolicy with an empty spec denies everything; one that lost it would not be the same promise."""
    chart = Chart(App(), "chart")
    security.AuthorizationPolicy(chart, "allow-nothing", spec=security.AuthorizationPolicySpec())
    assert chart.to_json()[0]["spec"] == {}


@cache
def schemas() -> dict[tuple[str, str], Json]:
    """apiVersion and kind -> schema, of all definitions."""
    found = {}
    for path in CRDS.glob("*.yaml"):
        for crd in yaml.load_all(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
            spec = crd["spec"]
            for version in spec["versions"]:
                name = f"{spec['group']}/{version['name']}"
                found[name, spec["names"]["kind"]] = version["schema"]["openAPIV3Schema"]
    return found
