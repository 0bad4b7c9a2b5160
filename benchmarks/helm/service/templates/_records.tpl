{{/* A workload's recording rules. Takes root, name, workload. */}}
{{- define "rules.records" -}}
{{- $of := . -}}
{{- $metric := "istio_requests_total" -}}
{{- if .workload.http -}}
{{- $failed := "(.+,)?(UH|UF|UO|UT|UC|UR|LH|LR|URX|NR|NC|UMSDR|OM)(,.+)?" -}}
{{- $server := dict "metric" $metric "condition" `response_code=~"5.."` -}}
{{- $unanswered := dict "metric" $metric "condition" (printf `response_code="0", response_flags=~"%s"` $failed) -}}
{{- $gone := printf `response_code="0", response_flags!~"%s"` $failed -}}
{{- $hungUp := dict "metric" "istio_request_duration_milliseconds_count" "condition" $gone -}}
{{- $early := dict "metric" "istio_request_duration_milliseconds_bucket" "condition" (printf `%s, le=~"%d([.]0)?"` $gone (int .workload.http.patienceMilliseconds)) -}}
{{- range $vantage := include "metrics.vantages" $of | fromJsonArray }}
{{- range $window := list "5m" "30m" "1h" "6h" }}
{{- $requests := printf "workload:%ss:rate%s" $vantage.of $window }}
{{- $failures := printf "workload:%s_failures:rate%s" $vantage.of $window }}
{{- $requested := include "metrics.recorded" (merge (dict "metric" $requests) $of) }}
- record: {{ $requests }}
  expr: sum(rate({{ include $vantage.select (merge (dict "metric" $metric) $of) }}[{{ $window }}]))
  labels:
    {{- include "metrics.labels" $of | nindent 4 }}
- record: {{ $failures }}
  expr: |-
    sum(
      rate({{ include $vantage.select (merge (dict) $server $of) }}[{{ $window }}])
    or
      rate({{ include $vantage.select (merge (dict) $unanswered $of) }}[{{ $window }}])
    or
      rate({{ include $vantage.select (merge (dict) $hungUp $of) }}[{{ $window }}])
      - ignoring (le)
      rate({{ include $vantage.select (merge (dict) $early $of) }}[{{ $window }}])
    )
    or
    0 * sum({{ $requested }})
  labels:
    {{- include "metrics.labels" $of | nindent 4 }}
- record: workload:{{ $vantage.of }}_failures_per_requests:ratio_rate{{ $window }}
  expr: |-
    {{ include "metrics.recorded" (merge (dict "metric" $failures) $of) }}
    /
    ({{ $requested }} > 0)
  labels:
    {{- include "metrics.labels" $of | nindent 4 }}
{{- end }}
{{- end }}
{{- $buckets := include "metrics.proxy" (merge (dict "metric" "istio_request_duration_milliseconds_bucket") $of) }}
{{- range $quantile := list "0.5" "0.95" "0.99" }}
- record: workload_quantile:istio_request_duration_milliseconds:histogram_quantile_rate5m
  expr: histogram_quantile({{ $quantile }}, sum by (le) (rate({{ $buckets }}[5m])))
  labels:
    {{- include "metrics.labels" $of | nindent 4 }}
    quantile: {{ $quantile | quote }}
{{- end }}
{{- end }}
{{- if .workload.queue }}
- record: workload:keda_scaler_metrics_value:max
  expr: max(keda_scaler_metrics_value{metric=~"s[0-9]+-aws-sqs-{{ .root.Values.global.environment }}-{{ .name }}"})
  labels:
    {{- include "metrics.labels" $of | nindent 4 }}
{{- end }}
{{- end }}
