#!/usr/bin/env bash
# Deploys one environment, and looks whether it is as it should be then: on AWS with credentials of the environment's
# account, on a twin after `eval "$(api-platform twin env)"`. Exits 0 when all is well, 2 on bad input, else 1 or more.
#
#   ENVIRONMENT=staging ./scripts/deploy.sh          by `cdk deploy`, which waits for the rollouts
#   ENVIRONMENT=staging ./scripts/deploy.sh --yaml   by `kubectl apply` of what `cdk8s synth` prints; the stacks are there
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PATH="$PWD/.venv/bin:$PATH"

refuse() {
    printf '%s\n' "$1" >&2
    exit 2
}

deploy_stacks() {
    cdk deploy --method direct --concurrency 4 --progress events --require-approval never "$ENVIRONMENT/*" 2>&1 |
        api-platform explain-failure
}

deploy_yaml() {
    cdk8s synth
    # What a stack created belongs to the CDK's kubectl: without force, a default that the API server put into a list of
    # such an object is a conflict. What we do not write, replicas above all, is nobody's to lose.
    kubectl apply --server-side --force-conflicts -f "dist/$ENVIRONMENT"
    wait_for_rollouts
}

# All at once: one after the other, the last one's failure would be told after everybody else's patience.
wait_for_rollouts() {
    local objects deployment waiting=() process failed=0
    objects=$(kubectl get -f "dist/$ENVIRONMENT" -o name)
    while read -r deployment; do
        wait_for_rollout "$deployment" &
        waiting+=($!)
    done < <(grep '^deployment\.apps/' <<<"$objects")
    for process in "${waiting[@]}"; do
        wait "$process" || failed=1
    done
    return $failed
}

wait_for_rollout() {
    kubectl rollout status -n "$ENVIRONMENT" "$1" --timeout=15m && return
    local name=${1#*/}
    # In the words of explain-failure.
    printf '%s\n' "$name in $ENVIRONMENT did not roll out; the pods from before serve on." \
        "  What is wrong:      api-platform doctor -e $ENVIRONMENT" \
        "  What its pods say:  kubectl describe -n $ENVIRONMENT deployment,pods -l app.kubernetes.io/name=$name" \
        "  Back:               api-platform rollback SERVICE -e $ENVIRONMENT, commit, and deploy again" >&2
    return 1
}

# Every environment has a cluster, and a namespace of its name in that alone. What was applied to another one's cluster
# nobody takes back.
require_cluster() {
    local said
    said=$(kubectl get namespace "$ENVIRONMENT" -o name 2>&1) || refuse "kubectl does not speak to the cluster of \
$ENVIRONMENT: $said. Run: aws eks update-kubeconfig --name $ENVIRONMENT-api-platform"
}

[ -n "${ENVIRONMENT:-}" ] || refuse "ENVIRONMENT is not set: ENVIRONMENT=staging ./scripts/deploy.sh [--yaml]"
export ENVIRONMENT
command -v api-platform >/dev/null || refuse "api-platform is not installed. Run: make setup"
case "$*" in
"") deploy=deploy_stacks ;;
--yaml) deploy=deploy_yaml ;;
*) refuse "deploy.sh does not know: $*. Write: ENVIRONMENT=$ENVIRONMENT ./scripts/deploy.sh [--yaml]" ;;
esac

before=$(mktemp)
trap 'rm -f "$before"' EXIT
api-platform verify --record "$before"
[ $deploy != deploy_yaml ] || require_cluster
$deploy
api-platform verify --against "$before"
