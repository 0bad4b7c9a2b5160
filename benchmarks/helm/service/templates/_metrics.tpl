{{/* A standard metric of the mesh, by the workload's own proxies. Takes root, name, metric, condition. */}}
{{- define "metrics.proxy" -}}
{{ .metric }}{reporter="destination", destination_workload_namespace="{{ .root.Release.Namespace }}", destination_workload="{{ .name }}", connection_security_policy="mutual_tls"{{ with .condition }}, {{ . }}{{ end }}}
{{- end }}

{{/* The same without what the gateway passes on, which is counted there. Takes root, name, metric, condition. */}}
{{- define "metrics.mesh" -}}
{{- $condition := printf `source_workload!="istio-ingressgateway"%s` (ternary (printf ", %s" .condition) "" (not (empty .condition))) -}}
{{ include "metrics.proxy" (dict "root" .root "name" .name "metric" .metric "condition" $condition) }}
{{- end }}

{{/* The same, as the gateway counts what the world asks. Takes root, name, metric, condition. */}}
{{- define "metrics.world" -}}
{{ .metric }}{reporter="source", source_workload_namespace="istio-ingress", source_workload="istio-ingressgateway", destination_service="{{ .name }}.{{ .root.Release.Namespace }}.svc.cluster.local"{{ with .condition }}, {{ . }}{{ end }}}
{{- end }}

{{/* Where a workload's requests are counted, as a JSON list. Takes workload. */}}
{{- define "metrics.vantages" -}}
{{- $world := dict "select" "metrics.world" "of" "istio_gateway_request" "callers" "from the world" -}}
{{- $mesh := dict "select" "metrics.mesh" "of" "istio_request" "callers" "from the mesh" -}}
{{- $found := list -}}
{{- if .workload.http.subdomain }}{{ $found = append $found $world }}{{ end -}}
{{- if or (not .workload.http.subdomain) (without (default list .workload.callers) "gateway") }}{{ $found = append $found $mesh }}{{ end -}}
{{ toJson $found }}
{{- end }}

{{/* What one of our own rules recorded. Takes root, name, metric, condition. */}}
{{- define "metrics.recorded" -}}
{{ .metric }}{environment="{{ .root.Values.global.environment }}", workload="{{ .name }}"{{ with .condition }}, {{ . }}{{ end }}}
{{- end }}

{{/* A metric of a Kubernetes object that bears the workload's name. Takes root, name, metric, label, condition. */}}
{{- define "metrics.object" -}}
{{ .metric }}{namespace="{{ .root.Release.Namespace }}", {{ .label }}="{{ .name }}"{{ with .condition }}, {{ . }}{{ end }}}
{{- end }}

{{/* Labels of every record and alert of a workload. Takes root, name. */}}
{{- define "metrics.labels" -}}
environment: {{ .root.Values.global.environment }}
service: {{ .root.Release.Name }}
workload: {{ .name }}
{{- end }}

{{/* The link to an alert's runbook. Takes root, alert. */}}
{{- define "metrics.runbook" -}}
{{ .root.Values.global.runbooksUrl }}/{{ .alert | kebabcase }}
{{- end }}
