"""The looks that several runbooks share."""

from api_platform import names
from api_platform.labels import NAME
from api_platform.runbooks.runbook import Look, WayOut

_PODS = f"-n $namespace -l {NAME}=$workload"
WORKERS = "Workers only"
"""Of looks at what only a consumer of a queue has."""

PODS = Look(
    f"kubectl get pods {_PODS} -o wide",
    {
        "`ImagePullBackOff`, `ErrImagePull`": "the registry has no such image, or nodes may not pull it",
        "`CrashLoopBackOff`": "its process ends again and again: its last words are in the previous log",
        "`Pending`": "no node takes it: the description of the pod says why",
        "`Running`, not all ready": "`/health/ready` fails, or a container is still starting",
        "`Terminating` for long": "it finishes its longest request or job",
        "no pod": "the ReplicaSet may not create any: its events name the quota or the ServiceAccount",
    },
)
DESCRIBE = Look(
    f"kubectl describe deployment,replicasets,pods {_PODS}",
    {
        "`Last State: Terminated`, `OOMKilled`": "it needs more than its memory limit",
        "`Last State: Terminated`, `Error`": "it ended by itself; the exit code is its own",
        "`Liveness probe failed`": "`/health` did not answer in time, so it was restarted",
        "`Startup probe failed`": "it starts more slowly than `startup_attempts` allows",
        "`FailedScheduling`": "the scheduler's sentence: too little CPU or memory, a taint, a spread that fails",
        "`FailedMount`": "a Secret is not there: look at its ExternalSecret",
        "`exceeded quota`": "the namespace's ResourceQuota is used up",
    },
)
EVENTS = Look(
    "kubectl events -n $namespace --types=Warning",
    {"nothing": "no warning in the last hour; older ones are gone"},
)
LOGS = Look(
    f"kubectl logs {_PODS} -c $workload --tail=50 --prefix",
    {"errors of one dependency": "the cause is there (database, cache, a callee): go and look at it"},
)
PREVIOUS_LOG = Look(
    "kubectl logs -n $namespace deployment/$workload -c $workload --previous --tail=50",
    {
        "the last words before it ended": "a missing setting, a dependency that cannot be reached, a bug",
        "`previous terminated container ... not found`": "that pod has not restarted; name another one: `pod/...`",
    },
)
TOP = Look(
    f"kubectl top pods {_PODS} --containers",
    {
        "its own container near a limit (Grafana draws it)": "it is throttled (CPU) or will be killed (memory)",
        "`istio-proxy` near a limit": "the proxy is the bottleneck, not the workload",
        "one pod far above the others": "load is not spread: long connections, or one costly request",
    },
)
ROLLOUT = Look(
    "kubectl rollout status -n $namespace deployment/$workload --timeout=5s",
    {
        "`successfully rolled out`": "no release is under way",
        "`timed out waiting`": "a release is under way",
        "`exceeded its progress deadline`": "the release is dead: new pods do not become ready",
    },
)
ENDPOINTS = Look(
    "kubectl get endpointslices -n $namespace -l kubernetes.io/service-name=$workload",
    {
        "no addresses": "no pod is ready: the runbook of NoReplicaAvailable goes on from here",
        "addresses": "pods are ready, so the failure is in their answers or on the way to them",
    },
)
AUTOSCALER = Look(
    "kubectl describe hpa -n $namespace $workload",
    {
        "`ScalingLimited True`, `TooManyReplicas`": "it wants more than its maximum",
        "`<unknown>` beside a metric": "metrics-server or KEDA does not answer: it scales by what is left",
        "`AbleToScale False`": "the message says why",
    },
)
SCALED_OBJECT = Look(
    "kubectl get scaledobject -n $namespace $workload",
    {
        "`READY False`": "KEDA cannot read the queue: its log says whether it is gone or forbidden",
        "`FALLBACK True`": "the same, for a while already: the replicas stay as they are",
        "`PAUSED True`": "somebody paused it and has not taken the annotation away",
    },
    only=WORKERS,
)
KEDA_LOG = Look(
    f"kubectl logs -n {names.KEDA_NAMESPACE} deployment/{names.KEDA_OPERATOR} --since=15m",
    {
        "`NonExistentQueue`": "the queue is gone: deploy the service's queues",
        "`AccessDenied`": "KEDA's role may not read it: deploy `platform`",
    },
    only=WORKERS,
)
QUEUE = Look(
    "aws sqs get-queue-attributes --region $region --queue-url $queue --attribute-names ApproximateNumberOfMessages "
    "ApproximateNumberOfMessagesNotVisible",
    {
        "many messages, many not visible": "all replicas work, and it is too much for them",
        "many messages, few not visible": "nobody fetches them: look at the pods and their log",
        "few messages": "what waited is done, or one message fails again and again",
    },
    only=WORKERS,
)
BUDGET = Look(
    "kubectl get pdb -n $namespace $workload",
    {"`ALLOWED DISRUPTIONS 0`": "no pod may be evicted now, and a drain waits"},
)
NODES = Look(
    "kubectl get nodes",
    {
        "`NotReady`": "the machine or its kubelet is gone; its pods come back elsewhere after five minutes",
        "`SchedulingDisabled`": "somebody drains it",
    },
)
PROXIES = Look(
    "istioctl proxy-status -n $namespace --verbosity 1",
    {
        "`STALE`": "istiod has sent configuration that the proxy does not take: its log says why",
        "a pod is missing": "its proxy has no connection to istiod: without it, no new certificate and no new route",
    },
)
PROXY_LOG = Look(
    f"kubectl logs {_PODS} -c istio-proxy --tail=50 --prefix",
    {
        "`UF`, `URX`": "the workload's container refuses or drops connections",
        "`UO`": "the circuit breaker is open: more requests than its connection pool takes",
        "`UT`": "the answer came later than the timeout",
        "`DC`": "the caller hung up first: its own timeout is shorter",
        "`via_upstream` and a 5xx": "the workload answered so itself: its own log says why",
        "`rbac_access_denied`": "no AuthorizationPolicy lets this caller in",
    },
)
GATEWAY_ENDPOINTS = Look(
    f"istioctl proxy-config endpoint deployment/{names.GATEWAY_RELEASE} -n {names.GATEWAY_NAMESPACE} "
    '--cluster "outbound|$port||$workload.$namespace.svc.cluster.local"',
    {
        "`FAILED` under `OUTLIER CHECK`": "the circuit breaker has ejected this pod after errors in a row",
        "nothing": "the gateway knows no pod of it: none is ready, or it has no route to it",
    },
)
GATEWAY_LOG = Look(
    f"kubectl logs -n {names.GATEWAY_NAMESPACE} deployment/{names.GATEWAY_RELEASE} --since=5m --tail=100",
    {
        "`UH`": "no healthy upstream: no pod of the workload is ready, or the circuit breaker has ejected all",
        "`UF`, `URX`": "it cannot connect to a pod, nor to another: mutual TLS of one side only, or a NetworkPolicy",
        "`UT`": "the answer did not come within the timeout: the workload hangs",
        "`DC` after many seconds": "the same, and the caller gave up first",
        "`NR`": "no route: the VirtualService is gone, or names another host",
        "`via_upstream` and a 5xx or 403": "it comes from the pod: look there",
        "`rbac_access_denied`": "a policy of the gateway's own turns the caller away",
    },
)
COMPONENT_PODS = Look(
    "kubectl get pods -n $component_namespace -o wide",
    {
        "`Pending`": "no node takes it: the events say why",
        "`CrashLoopBackOff`": "its log says why",
        "`ImagePullBackOff`, `ErrImagePull`": "its registry does not answer, or refuses so many pulls",
        "no pod": "its Deployment is gone or scaled to zero, or its ReplicaSet may create none",
    },
)
COMPONENT_EVENTS = Look(
    "kubectl events -n $component_namespace --types=Warning",
    {
        "`FailedScheduling`": "the scheduler's sentence: too little CPU or memory, a taint, a spread that fails",
        "`Preempted`": "pods of a higher priority took its place",
        "`FailedCreate`": "a webhook or Pod Security refuses its pods, and says why",
    },
)
COMPONENT_LOG = Look(
    "kubectl logs -n $component_namespace deployment/$component --tail=50",
    {"its last words": "a missing right, an API that does not answer, or a setting that it does not take"},
)
ANALYZE = Look(
    "istioctl analyze -n $namespace",
    {"`Error`, `Warning`": "the mesh's configuration contradicts itself: each line names the object"},
)

UNDO_THE_RELEASE = WayOut(
    "it began with a release",
    "Go back to the one before, commit, and deploy as always; the old pods serve until the others are ready.",
    ("api-platform rollback $service -e $environment",),
)
