{{/* Labels of a service's objects. Takes root, name. */}}
{{- define "service.labels" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/part-of: {{ .root.Release.Name }}
app.kubernetes.io/managed-by: api-platform
{{- end }}

{{/* Metadata of an object of a workload. Takes root, workload, and name where it is not the workload's own. */}}
{{- define "service.metadata" -}}
name: {{ .name | default .workload }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "service.labels" (dict "root" .root "name" .workload) | nindent 2 }}
{{- end }}

{{/* The labels that select a workload's pods. Takes the workload's name. */}}
{{- define "service.selector" -}}
app.kubernetes.io/name: {{ . }}
{{- end }}


{{/* The full name of a workload's Service. Takes root, name. */}}
{{- define "service.host" -}}
{{ .name }}.{{ .root.Release.Namespace }}.svc.cluster.local
{{- end }}

{{/* The URL of the queue that a workload consumes. Takes root, name. */}}
{{- define "service.queueUrl" -}}
{{- $global := .root.Values.global -}}
https://sqs.{{ $global.region }}.amazonaws.com/{{ $global.account }}/{{ $global.environment }}-{{ .name }}
{{- end }}

{{/* A name as the first part of an environment variable's. */}}
{{- define "service.variable" -}}
{{ . | upper | replace "-" "_" }}
{{- end }}

{{/* A workload's environment variables. Takes root, name, workload. */}}
{{- define "service.configuration" -}}
{{- $root := .root -}}
{{- $global := .root.Values.global -}}
{{- $defaults := .root.Values.defaults -}}
{{- $workload := .workload -}}
ENVIRONMENT: {{ $global.environment }}
PORT: {{ $workload.port | default $defaults.port | quote }}
METRICS_PORT: {{ $defaults.metricsPort | quote }}
AWS_REGION: {{ $global.region }}
KEEP_ALIVE_SECONDS: {{ $workload.keepAliveSeconds | default $defaults.keepAliveSeconds | quote }}
{{- with $workload.http }}
REQUEST_TIMEOUT_SECONDS: {{ .timeoutSeconds | quote }}
{{- end }}
{{- with $workload.queue }}
QUEUE_URL: {{ include "service.queueUrl" (dict "root" $root "name" $.name) }}
LONGEST_JOB_SECONDS: {{ .longestJobSeconds | quote }}
{{- end }}
{{- range $workload.sendsTo }}
{{ include "service.variable" . }}_QUEUE_URL: {{ include "service.queueUrl" (dict "root" $root "name" .) }}
{{- end }}
{{- range $workload.buckets }}
{{ include "service.variable" . }}_BUCKET: {{ $global.environment }}-{{ . }}-{{ $global.account }}-{{ $global.region }}
{{- end }}
{{- if $workload.cache }}
CACHE_HOST: cache.{{ $global.environment }}.internal
{{- end }}
{{- range $workload.calls }}
{{ include "service.variable" .name }}_URL: http://{{ include "service.host" (dict "root" $root "name" .name) }}:{{ .port }}
{{- end }}
{{- range $key, $value := $workload.config }}
{{ $key }}: {{ $value | quote }}
{{- end }}
{{- end }}
