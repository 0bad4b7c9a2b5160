{{/* A standard metric of the mesh, by the workload's own proxies. Takes root, name, metric, condition. */}}
{{- define "metrics.proxy" -}}
{{ .metric }}{reporter="destination", destination_workload_namespace="{{ .root.Release.Namespace }}", destination_workload="{{ .name }}", connection_security_policy="mutual_tls"{{ with .condition }}, {{ . }}{{ end }}}
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
