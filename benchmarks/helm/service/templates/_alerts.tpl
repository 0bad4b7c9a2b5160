{{/* A workload's alerts. Takes root, name, workload. */}}
{{- define "rules.alerts" -}}
{{- $of := . -}}
{{- $name := .name -}}
{{- with .workload.http }}{{ include "rules.objectives" (merge (dict "http" .) $of) }}{{ end }}
- alert: NoReplicaAvailable
  expr: max({{ include "metrics.object" (merge (dict "metric" "kube_deployment_status_replicas_available" "label" "deployment") $of) }}) == 0
  for: 5m
  labels:
    {{- include "metrics.labels" $of | nindent 4 }}
    severity: {{ ternary "critical" "warning" (hasKey .workload "http") }}
  annotations:
    summary: '{{ $name }}: {{ `{{ $value }}` }} replicas are available'
    description: Nothing does its work. Its own proxies are gone too, so the error budget does not show it.
    runbook_url: {{ include "metrics.runbook" (dict "root" .root "alert" "NoReplicaAvailable") }}
- alert: ContainerRestarts
  expr: sum(increase({{ include "metrics.object" (merge (dict "metric" "kube_pod_container_status_restarts_total" "label" "container") $of) }}[15m])) > 2
  for: 1m
  labels:
    {{- include "metrics.labels" $of | nindent 4 }}
    severity: warning
  annotations:
    summary: '{{ $name }}: containers restarted {{ `{{ printf "%.0f" $value }}` }} times in 15 minutes'
    description: It crashes, is killed for its memory, or fails its liveness probe.
    runbook_url: {{ include "metrics.runbook" (dict "root" .root "alert" "ContainerRestarts") }}
{{- if lt (int .workload.minReplicas) (int .workload.maxReplicas) }}
- alert: AutoscalerAtMaximum
  expr: |-
    max({{ include "metrics.object" (merge (dict "metric" "kube_horizontalpodautoscaler_status_desired_replicas" "label" "horizontalpodautoscaler") $of) }})
    >=
    max({{ include "metrics.object" (merge (dict "metric" "kube_horizontalpodautoscaler_spec_max_replicas" "label" "horizontalpodautoscaler") $of) }})
  for: 15m
  labels:
    {{- include "metrics.labels" $of | nindent 4 }}
    severity: warning
  annotations:
    summary: '{{ $name }}: at its maximum of {{ `{{ $value }}` }} replicas for 15 minutes'
    description: It cannot grow with the load any more. Raise the maximum, or find out where the load comes from.
    runbook_url: {{ include "metrics.runbook" (dict "root" .root "alert" "AutoscalerAtMaximum") }}
{{- end }}
{{- if not .workload.budgetMayBlock }}
- alert: BudgetBlocksDrain
  expr: |-
    max({{ include "metrics.object" (merge (dict "metric" "kube_poddisruptionbudget_status_current_healthy" "label" "poddisruptionbudget") $of) }})
    and
    max({{ include "metrics.object" (merge (dict "metric" "kube_poddisruptionbudget_status_pod_disruptions_allowed" "label" "poddisruptionbudget") $of) }}) == 0
  for: 30m
  labels:
    {{- include "metrics.labels" $of | nindent 4 }}
    severity: warning
  annotations:
    summary: '{{ $name }}: with {{ `{{ $value }}` }} healthy pods its budget lets none be evicted'
    description: A node that runs one of them cannot be drained, so upgrades of the cluster wait.
    runbook_url: {{ include "metrics.runbook" (dict "root" .root "alert" "BudgetBlocksDrain") }}
{{- end }}
{{- end }}

{{/* Alerts on what a workload promises its callers. Takes root, name, http. */}}
{{- define "rules.objectives" -}}
{{- $of := . -}}
{{- $budget := divf (subf 100 .http.availabilityPercent) 100 -}}
{{- $burns := list
  (dict "alert" "ErrorBudgetBurnsFast" "severity" "critical" "factor" 14.4 "long" "1h" "seconds" 3600 "short" "5m" "for" "2m" "hours" 50)
  (dict "alert" "ErrorBudgetBurnsSlowly" "severity" "warning" "factor" 6 "long" "6h" "seconds" 21600 "short" "30m" "for" "15m" "hours" 120)
-}}
{{- $vantages := include "metrics.vantages" $of | fromJsonArray -}}
{{- range $burn := $burns }}
{{- $threshold := minf (mulf $burn.factor $budget) 0.9 }}
{{- $seen := list }}
{{- range $vantage := $vantages }}
{{- $ratio := printf "workload:%s_failures_per_requests:ratio_rate" $vantage.of }}
{{- $long := include "metrics.recorded" (merge (dict "metric" (printf "%s%s" $ratio $burn.long)) $of) }}
{{- $short := include "metrics.recorded" (merge (dict "metric" (printf "%s%s" $ratio $burn.short)) $of) }}
{{- $failures := include "metrics.recorded" (merge (dict "metric" (printf "workload:%s_failures:rate%s" $vantage.of $burn.long)) $of) }}
{{- $seen = append $seen (printf "%s > %v\nand\n%s > %v\nand\n%s * %d >= 5" $long $threshold $short $threshold $failures (int $burn.seconds)) }}
{{- end }}
- alert: {{ $burn.alert }}
  expr: |-
    {{- if eq (len $seen) 1 }}
    {{- first $seen | nindent 4 }}
    {{- else }}
    {{- printf "(\n%s\n)" (join "\n)\nor\n(\n" $seen) | nindent 4 }}
    {{- end }}
  for: {{ $burn.for }}
  labels:
    {{- include "metrics.labels" $of | nindent 4 }}
    severity: {{ $burn.severity }}
  annotations:
    summary: '{{ $of.name }}: {{ `{{ $value | humanizePercentage }}` }} of requests failed in {{ $burn.long }}'
    description: "The objective is {{ $of.http.availabilityPercent }} % without a failure over 30 days: a 5xx, or no answer to a caller that waited for {{ divf $of.http.patienceMilliseconds 1000 }} seconds. At {{ $burn.factor }} times the pace that it allows, the error budget is gone in {{ $burn.hours }} hours."
    runbook_url: {{ include "metrics.runbook" (dict "root" $of.root "alert" $burn.alert) }}
{{- end }}
{{- $refused := list }}
{{- range $vantage := $vantages }}
{{- $all := include $vantage.select (merge (dict "metric" "istio_requests_total") $of) }}
{{- $forbidden := include $vantage.select (merge (dict "metric" "istio_requests_total" "condition" `response_code="403"`) $of) }}
{{- $rate := printf "sum by (source_workload) (rate(%s[5m]))" $forbidden }}
{{- $refused = append $refused (printf "(%s\n/\nsum by (source_workload) (rate(%s[5m])) > 0.9\nand\n%s * 300 >= 5)" $rate $all $rate) }}
{{- end }}
- alert: CallerTurnedAway
  expr: |-
    {{- join "\nor\n" $refused | nindent 4 }}
  for: 5m
  labels:
    {{- include "metrics.labels" $of | nindent 4 }}
    severity: {{ ternary "critical" "warning" (hasKey .http "subdomain") }}
  annotations:
    summary: '{{ .name }}: {{ `{{ $value | humanizePercentage }}` }} of the calls by {{ `{{ $labels.source_workload }}` }} are forbidden (403)'
    description: A policy does not know this caller any more, or the service itself refuses nearly everybody.
    runbook_url: {{ include "metrics.runbook" (dict "root" .root "alert" "CallerTurnedAway") }}
- alert: LatencyAboveObjective
  expr: max({{ include "metrics.recorded" (merge (dict "metric" "workload_quantile:istio_request_duration_milliseconds:histogram_quantile_rate5m" "condition" `quantile="0.95"`) $of) }}) > {{ .http.p95LatencyMilliseconds }}
  for: 10m
  labels:
    {{- include "metrics.labels" $of | nindent 4 }}
    severity: warning
  annotations:
    summary: '{{ .name }}: 5 of 100 requests take longer than {{ `{{ printf "%.0f" $value }}` }} ms'
    description: The objective is {{ .http.p95LatencyMilliseconds }} ms for 95 of 100 requests, as the workload's own proxy measures it.
    runbook_url: {{ include "metrics.runbook" (dict "root" .root "alert" "LatencyAboveObjective") }}
{{- end }}
