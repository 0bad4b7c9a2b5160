{{/* A workload's graphs, as a JSON list. Takes root, name, workload. */}}
{{- define "dashboard.graphs" -}}
{{- $of := . -}}
{{- $graphs := list -}}
{{- with .workload.http -}}
{{- $requests := list -}}
{{- $failures := list -}}
{{- range $vantage := include "metrics.vantages" $of | fromJsonArray -}}
{{- $requests = append $requests (list (include "metrics.recorded" (merge (dict "metric" (printf "workload:%ss:rate5m" $vantage.of)) $of)) $vantage.callers) -}}
{{- $failures = append $failures (list (include "metrics.recorded" (merge (dict "metric" (printf "workload:%s_failures_per_requests:ratio_rate5m" $vantage.of)) $of)) $vantage.callers) -}}
{{- end -}}
{{- $latencies := list -}}
{{- range $quantile, $title := dict "0.5" "P50" "0.95" "P95" "0.99" "P99" -}}
{{- $latency := dict "metric" "workload_quantile:istio_request_duration_milliseconds:histogram_quantile_rate5m" "condition" (printf "quantile=%q" $quantile) -}}
{{- $latencies = append $latencies (list (include "metrics.recorded" (merge $latency $of)) $title) -}}
{{- end -}}
{{- $graphs = concat $graphs (list
  (dict "title" "Requests" "description" "Requests a second." "unit" "reqps" "queries" $requests)
  (dict "title" "Failures" "description" (printf "Share of requests that end in a 5xx or in no answer. Above the line it misses the objective of %v %%." .availabilityPercent) "unit" "percentunit" "queries" $failures "limit" (divf (subf 100 .availabilityPercent) 100))
  (dict "title" "Latency" "description" (printf "The objective is a P95 of %v ms." .p95LatencyMilliseconds) "unit" "ms" "queries" $latencies "limit" .p95LatencyMilliseconds)
) -}}
{{- end -}}
{{- if .workload.queue -}}
{{- $depth := include "metrics.recorded" (merge (dict "metric" "workload:keda_scaler_metrics_value:max") $of) -}}
{{- $graphs = append $graphs (dict "title" "Queue depth" "description" "Messages that wait or are in flight." "unit" "short" "queries" (list (list $depth "messages"))) -}}
{{- end -}}
{{- $wanted := include "metrics.object" (merge (dict "metric" "kube_horizontalpodautoscaler_status_desired_replicas" "label" "horizontalpodautoscaler") $of) -}}
{{- $available := include "metrics.object" (merge (dict "metric" "kube_deployment_status_replicas_available" "label" "deployment") $of) -}}
{{- $maximum := include "metrics.object" (merge (dict "metric" "kube_horizontalpodautoscaler_spec_max_replicas" "label" "horizontalpodautoscaler") $of) -}}
{{- $graphs = append $graphs (dict "title" "Replicas" "description" "What the autoscaler wants, what is there, and how far it may go." "unit" "short" "queries" (list
  (list (printf "max(%s)" $wanted) "wanted") (list (printf "max(%s)" $available) "available") (list (printf "max(%s)" $maximum) "maximum"))) -}}
{{- $cpu := include "metrics.object" (merge (dict "metric" "container_cpu_usage_seconds_total" "label" "container") $of) -}}
{{- $memory := include "metrics.object" (merge (dict "metric" "container_memory_working_set_bytes" "label" "container") $of) -}}
{{- range $usage := list
  (dict "title" "CPU a pod" "unit" "short" "resource" "cpu" "used" (printf "sum by (pod) (rate(%s[5m]))" $cpu))
  (dict "title" "Memory a pod" "unit" "bytes" "resource" "memory" "used" (printf "sum by (pod) (%s)" $memory)) -}}
{{- $condition := printf "resource=%q" $usage.resource -}}
{{- $request := include "metrics.object" (merge (dict "metric" "kube_pod_container_resource_requests" "label" "container" "condition" $condition) $of) -}}
{{- $limit := include "metrics.object" (merge (dict "metric" "kube_pod_container_resource_limits" "label" "container" "condition" $condition) $of) -}}
{{- $graphs = append $graphs (dict "title" $usage.title "description" "Of the workload's own container, without its proxy." "unit" $usage.unit "queries" (list
  (list (printf "avg(%s)" $usage.used) "average") (list (printf "max(%s)" $usage.used) "highest")
  (list (printf "max(%s)" $request) "request") (list (printf "max(%s)" $limit) "limit"))) -}}
{{- end -}}
{{- $restarts := include "metrics.object" (merge (dict "metric" "kube_pod_container_status_restarts_total" "label" "container") $of) -}}
{{- $graphs = append $graphs (dict "title" "Restarts" "description" "Containers that restarted in 15 minutes." "unit" "short" "queries" (list (list (printf "sum(increase(%s[15m]))" $restarts) "restarts"))) -}}
{{ $graphs | toJson }}
{{- end }}
