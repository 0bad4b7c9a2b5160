"""The names that AWS and Kubernetes share, computed once from the environment.

The charts hold them as literals and the stacks create resources under them, so both sides agree without a look-up.
"""

from api_platform.environment import ChartEnvironment
from api_platform.errors import InputError

GATEWAY = "gateway"
"""The ingress gateway in the call graph: the caller outside the mesh's services."""
GATEWAY_NAMESPACE = "istio-ingress"
GATEWAY_RELEASE = "istio-ingressgateway"
"""Helm release of the gateway. Its ServiceAccount is named after it, its pods carry `istio: ingressgateway`."""
GATEWAY_SELECTOR = {"istio": "ingressgateway"}
"""The label that the gateway chart derives from the release's name: without its `istio-` prefix."""
ISTIO_NAMESPACE = "istio-system"
CONTROL_PLANE = "istiod"
"""The mesh's control plane: its Deployment and the label `app` of its pods."""
MONITORING_NAMESPACE = "monitoring"
ALERTMANAGER = "alertmanager"
OPERATIONS, WATCHDOG = "operations", "watchdog"
"""Topics: the one that mails people, and the one of Alertmanager's sign of life."""
PROMETHEUS_RELEASE = "kube-prometheus-stack"
KEDA_NAMESPACE = "keda"
KEDA_OPERATOR = "keda-operator"
KEDA_METRICS_SERVER = "keda-operator-metrics-apiserver"
"""The Deployment that autoscalers ask for the depths of queues."""
EXTERNAL_SECRETS = EXTERNAL_SECRETS_NAMESPACE = "external-secrets"
CERT_MANAGER = CERT_MANAGER_NAMESPACE = "cert-manager"
CERTIFICATE_ISSUER = "public"
"""The ClusterIssuer that proves our domains."""
TRACE_COLLECTOR_NAMESPACE = "observability"
TRACE_COLLECTOR_HOST = "opentelemetry-collector.observability.svc.cluster.local"
TRACE_COLLECTOR_PORT = 4317
"""OTLP over gRPC."""
TRACING_PROVIDER = "opentelemetry"
"""Name of the extension provider in istiod's mesh configuration."""
SECRET_STORE = "secrets-manager"
SECRET_READER = "secret-reader"
"""ServiceAccount and role by which External Secrets reads this namespace's secrets, and no other's."""
NODE_POOL_LABEL = "workload"
"""Node label and taint key of pools that only some pods may use."""
MEDIA_PROCESSING_POOL = "media-processing"
STORAGE_CLASS = "gp3-encrypted"
TRUST_DOMAIN = "cluster.local"
"""Every mesh identity begins with it."""
VIEWERS = "api-platform:viewers"
"""The Kubernetes group that may look at what we write, and at no secret. An EKS access entry puts a role into it."""
ROLE_ARN_ANNOTATION = "eks.amazonaws.com/role-arn"

PLATFORM_STACKS = (
    "network",
    "cluster",
    "messaging",
    "storage",
    "data",
    "add-ons",
    "platform",
    "vertical-autoscaling",
    "pipeline-access",
)
"""Stacks and files of manifests that belong to no service; each service's stands beside them, under its own name."""

_ROLE_NAME_LIMIT = 64


def queues_stack(service: str) -> str:
    """Return the name of the stack that holds the queues of a service."""
    return f"{service}-queues"


def callers_policy(workload: str) -> str:
    """Return the name of the AuthorizationPolicy that lets a workload's callers in."""
    return f"{workload}-callers"


def namespace_name(environment: ChartEnvironment) -> str:
    """Return the Kubernetes namespace of the environment's services."""
    return environment.name


def cluster_name(environment: ChartEnvironment) -> str:
    """Return the EKS cluster's name."""
    return f"{environment.name}-api-platform"


def role_name(environment: ChartEnvironment, subject: str) -> str:
    """Return the IAM role's name of a workload or operator. Raises InputError past IAM's 64 characters."""
    name = f"{environment.name}-{environment.region}-{subject}"
    if len(name) > _ROLE_NAME_LIMIT:
        raise InputError(
            f"workload {subject!r}: its role {name!r} would have {len(name)} characters; IAM takes {_ROLE_NAME_LIMIT}. "
            f"Shorten the workload's name by {len(name) - _ROLE_NAME_LIMIT}."
        )
    return name


def role_arn(environment: ChartEnvironment, subject: str) -> str:
    """Return the ARN of `role_name`."""
    return f"arn:aws:iam::{environment.account}:role/{role_name(environment, subject)}"


def queue_name(environment: ChartEnvironment, consumer: str) -> str:
    """Return the name of the SQS queue that the workload `consumer` empties."""
    return f"{environment.name}-{consumer}"


def dead_letter_queue_name(environment: ChartEnvironment, consumer: str) -> str:
    """Return the name of the queue for messages that `consumer` failed on."""
    return f"{queue_name(environment, consumer)}-dead-letter"


def queue_arn(environment: ChartEnvironment, consumer: str) -> str:
    """Return the ARN of `queue_name`."""
    return _queue_arn(environment, queue_name(environment, consumer))


def dead_letter_queue_arn(environment: ChartEnvironment, consumer: str) -> str:
    """Return the ARN of `dead_letter_queue_name`."""
    return _queue_arn(environment, dead_letter_queue_name(environment, consumer))


def queue_url(environment: ChartEnvironment, consumer: str) -> str:
    """Return the URL of `queue_name`."""
    return _queue_url(environment, queue_name(environment, consumer))


def dead_letter_queue_url(environment: ChartEnvironment, consumer: str) -> str:
    """Return the URL of `dead_letter_queue_name`."""
    return _queue_url(environment, dead_letter_queue_name(environment, consumer))


def _queue_arn(environment: ChartEnvironment, queue: str) -> str:
    return f"arn:aws:sqs:{environment.region}:{environment.account}:{queue}"


def _queue_url(environment: ChartEnvironment, queue: str) -> str:
    return f"https://sqs.{environment.region}.amazonaws.com/{environment.account}/{queue}"


def topic_name(environment: ChartEnvironment, purpose: str) -> str:
    """Return the name of the SNS topic for `purpose` (operations, watchdog)."""
    return f"{environment.name}-{purpose}"


def topic_arn(environment: ChartEnvironment, purpose: str) -> str:
    """Return the ARN of `topic_name`."""
    return f"arn:aws:sns:{environment.region}:{environment.account}:{topic_name(environment, purpose)}"


def bucket_name(environment: ChartEnvironment, bucket: str) -> str:
    """Return the S3 bucket's name; account and region make it unique in the world."""
    return f"{environment.name}-{bucket}-{environment.account}-{environment.region}"


def bucket_arn(environment: ChartEnvironment, bucket: str) -> str:
    """Return the ARN of `bucket_name`."""
    return f"arn:aws:s3:::{bucket_name(environment, bucket)}"


def key_alias(environment: ChartEnvironment, purpose: str) -> str:
    """Return the alias of the KMS key for `purpose` (messaging, storage)."""
    return f"alias/{environment.name}-{purpose}"


def secret_name(environment: ChartEnvironment, secret: str) -> str:
    """Return the name of a secret in AWS Secrets Manager."""
    return f"{environment.name}/{secret}"


def secret_arn_pattern(environment: ChartEnvironment, secret: str) -> str:
    """Return the ARN of `secret_name`, with the six characters that Secrets Manager appends left open."""
    name = secret_name(environment, secret)
    return f"arn:aws:secretsmanager:{environment.region}:{environment.account}:secret:{name}-??????"


def cache_host(environment: ChartEnvironment) -> str:
    """Return the private DNS name of the cache."""
    return f"cache.{environment.name}.internal"


def public_host(environment: ChartEnvironment, subdomain: str) -> str:
    """Return the host that the world calls."""
    return f"{subdomain}.{environment.domain}"


def mesh_host(environment: ChartEnvironment, service: str) -> str:
    """Return the host that other workloads call: the Kubernetes Service's full name."""
    return f"{service}.{namespace_name(environment)}.svc.cluster.local"


def service_account_subject(kubernetes_namespace: str, service_account: str) -> str:
    """Return the `sub` claim of a ServiceAccount's token, as an IAM trust policy compares it."""
    return f"system:serviceaccount:{kubernetes_namespace}:{service_account}"


def principal(kubernetes_namespace: str, service_account: str) -> str:
    """Return the mesh identity of a ServiceAccount, as an AuthorizationPolicy compares it."""
    return f"{TRUST_DOMAIN}/ns/{kubernetes_namespace}/sa/{service_account}"
