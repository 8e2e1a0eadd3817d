import type { KarmadaVersion } from '../core/karmada-version';
import type { ComponentName } from './control-plane';

/*
 * The flags of each component, by its --help or the options in its source: cmd/<component>/app/options of Karmada v1.16.8, v1.17.5
 * and v1.18.2, kube-apiserver and kube-controller-manager v1.34 and v1.35, etcd v3.6.
 */

const LOGS = `
    add-dir-header alsologtostderr enable-pprof log-backtrace-at log-dir log-file log-file-max-size
    log-flush-frequency log-json-info-buffer-size log-json-split-stream log-text-info-buffer-size
    log-text-split-stream logging-format logtostderr one-output profiling-bind-address skip-headers
    skip-log-headers stderrthreshold v vmodule`;

const SERVING = `
    audit-log-batch-buffer-size audit-log-batch-max-size audit-log-batch-max-wait audit-log-batch-throttle-burst
    audit-log-batch-throttle-enable audit-log-batch-throttle-qps audit-log-compress audit-log-format
    audit-log-maxage audit-log-maxbackup audit-log-maxsize audit-log-mode audit-log-path
    audit-log-truncate-enabled audit-log-truncate-max-batch-size audit-log-truncate-max-event-size
    audit-log-version audit-policy-file audit-webhook-batch-buffer-size audit-webhook-batch-max-size
    audit-webhook-batch-max-wait audit-webhook-batch-throttle-burst audit-webhook-batch-throttle-enable
    audit-webhook-batch-throttle-qps audit-webhook-config-file audit-webhook-initial-backoff audit-webhook-mode
    audit-webhook-truncate-enabled audit-webhook-truncate-max-batch-size audit-webhook-truncate-max-event-size
    audit-webhook-version authentication-kubeconfig authentication-skip-lookup
    authentication-token-webhook-cache-ttl authentication-tolerate-lookup-failure
    authorization-always-allow-paths authorization-kubeconfig authorization-webhook-cache-authorized-ttl
    authorization-webhook-cache-unauthorized-ttl bind-address cert-dir client-ca-file contention-profiling
    debug-socket-path disable-http2-serving enable-priority-and-fairness http2-max-streams-per-connection
    kube-api-burst kube-api-qps kubeconfig permit-address-sharing permit-port-sharing profiling
    requestheader-allowed-names requestheader-client-ca-file requestheader-extra-headers-prefix
    requestheader-group-headers requestheader-uid-headers requestheader-username-headers secure-port
    tls-cert-file tls-cipher-suites tls-min-version tls-private-key-file tls-sni-cert-key`;

const ETCD_CLIENT = `
    delete-collection-workers enable-garbage-collector encryption-provider-config
    encryption-provider-config-automatic-reload etcd-cafile etcd-certfile etcd-compaction-interval
    etcd-count-metric-poll-period etcd-db-metric-poll-interval etcd-healthcheck-timeout etcd-keyfile etcd-prefix
    etcd-readycheck-timeout etcd-servers etcd-servers-overrides lease-reuse-duration-seconds storage-backend
    storage-media-type watch-cache watch-cache-sizes`;

/** Who takes flags. */
export type FlagOwner = ComponentName | 'karmada-agent';

/** The flags of the newest release. */
const NEWEST: { readonly [component in FlagOwner]: string } = {
  etcd: `
    advertise-client-urls auth-token auth-token-ttl auto-compaction-mode auto-compaction-retention auto-tls
    backend-batch-interval backend-batch-limit backend-bbolt-freelist-type bcrypt-cost
    bootstrap-defrag-threshold-megabytes cert-file cipher-suites client-cert-allowed-hostname client-cert-auth
    client-cert-file client-crl-file client-key-file compact-hash-check-time compaction-batch-limit
    compaction-sleep-interval corrupt-check-time cors data-dir discovery discovery-cacert discovery-cert
    discovery-dial-timeout discovery-endpoints discovery-fallback discovery-insecure-skip-tls-verify
    discovery-insecure-transport discovery-keepalive-time discovery-keepalive-timeout discovery-key
    discovery-password discovery-proxy discovery-request-timeout discovery-srv discovery-srv-name
    discovery-token discovery-user distributed-tracing-address distributed-tracing-instance-id
    distributed-tracing-sampling-rate distributed-tracing-service-name downgrade-check-time election-timeout
    enable-distributed-tracing enable-grpc-gateway enable-log-rotation enable-pprof
    experimental-bootstrap-defrag-threshold-megabytes experimental-compact-hash-check-enabled
    experimental-compact-hash-check-time experimental-compaction-batch-limit
    experimental-compaction-sleep-interval experimental-corrupt-check-time
    experimental-distributed-tracing-address experimental-distributed-tracing-instance-id
    experimental-distributed-tracing-sampling-rate experimental-distributed-tracing-service-name
    experimental-downgrade-check-time experimental-enable-distributed-tracing
    experimental-enable-lease-checkpoint experimental-enable-lease-checkpoint-persist
    experimental-initial-corrupt-check experimental-memory-mlock experimental-peer-skip-client-san-verification
    experimental-snapshot-catchup-entries experimental-stop-grpc-service-on-defrag
    experimental-txn-mode-write-with-shared-buffer experimental-warning-apply-duration
    experimental-warning-unary-request-duration experimental-watch-progress-notify-interval feature-gates
    force-new-cluster grpc-keepalive-interval grpc-keepalive-min-time grpc-keepalive-timeout heartbeat-interval
    host-whitelist initial-advertise-peer-urls initial-cluster initial-cluster-state initial-cluster-token
    initial-election-tick-advance key-file listen-client-http-urls listen-client-urls listen-metrics-urls
    listen-peer-urls log-format log-level log-outputs log-rotation-config-json logger max-concurrent-streams
    max-learners max-request-bytes max-snapshots max-txn-ops max-wals memory-mlock metrics name peer-auto-tls
    peer-cert-allowed-cn peer-cert-allowed-hostname peer-cert-file peer-client-cert-auth peer-client-cert-file
    peer-client-key-file peer-crl-file peer-key-file peer-skip-client-san-verification peer-trusted-ca-file
    pre-vote quota-backend-bytes raft-read-timeout raft-write-timeout self-signed-cert-validity
    snapshot-catchup-entries snapshot-count socket-reuse-address socket-reuse-port strict-reconfig-check
    tls-max-version tls-min-version trusted-ca-file unsafe-no-fsync v2-deprecation wal-dir
    warning-apply-duration warning-unary-request-duration watch-progress-notify-interval`,
  'karmada-apiserver': `
    admission-control admission-control-config-file advertise-address aggregator-reject-forwarding-redirect
    allow-metric-labels allow-metric-labels-manifest allow-privileged anonymous-auth api-audiences
    audit-log-batch-buffer-size audit-log-batch-max-size audit-log-batch-max-wait audit-log-batch-throttle-burst
    audit-log-batch-throttle-enable audit-log-batch-throttle-qps audit-log-compress audit-log-format
    audit-log-maxage audit-log-maxbackup audit-log-maxsize audit-log-mode audit-log-path
    audit-log-truncate-enabled audit-log-truncate-max-batch-size audit-log-truncate-max-event-size
    audit-log-version audit-policy-file audit-webhook-batch-buffer-size audit-webhook-batch-max-size
    audit-webhook-batch-max-wait audit-webhook-batch-throttle-burst audit-webhook-batch-throttle-enable
    audit-webhook-batch-throttle-qps audit-webhook-config-file audit-webhook-initial-backoff audit-webhook-mode
    audit-webhook-truncate-enabled audit-webhook-truncate-max-batch-size audit-webhook-truncate-max-event-size
    audit-webhook-version authentication-config authentication-token-webhook-cache-ttl
    authentication-token-webhook-config-file authentication-token-webhook-version authorization-config
    authorization-mode authorization-policy-file authorization-webhook-cache-authorized-ttl
    authorization-webhook-cache-unauthorized-ttl authorization-webhook-config-file authorization-webhook-version
    bind-address cert-dir client-ca-file contention-profiling coordinated-leadership-lease-duration
    coordinated-leadership-renew-deadline coordinated-leadership-retry-period cors-allowed-origins
    debug-socket-path default-not-ready-toleration-seconds default-unreachable-toleration-seconds
    delete-collection-workers disable-admission-plugins disable-http2-serving disabled-metrics
    egress-selector-config-file emulated-version emulation-forward-compatible enable-admission-plugins
    enable-aggregator-routing enable-bootstrap-token-auth enable-garbage-collector enable-logs-handler
    enable-priority-and-fairness encryption-provider-config encryption-provider-config-automatic-reload
    endpoint-reconciler-type etcd-cafile etcd-certfile etcd-compaction-interval etcd-count-metric-poll-period
    etcd-db-metric-poll-interval etcd-healthcheck-timeout etcd-keyfile etcd-prefix etcd-readycheck-timeout
    etcd-servers etcd-servers-overrides event-ttl external-hostname feature-gates goaway-chance help
    http2-max-streams-per-connection kubelet-certificate-authority kubelet-client-certificate kubelet-client-key
    kubelet-preferred-address-types kubelet-timeout kubernetes-service-node-port lease-reuse-duration-seconds
    livez-grace-period log-flush-frequency log-json-info-buffer-size log-json-split-stream
    log-text-info-buffer-size log-text-split-stream logging-format max-connection-bytes-per-sec
    max-mutating-requests-inflight max-requests-inflight min-compatibility-version min-request-timeout
    oidc-ca-file oidc-client-id oidc-groups-claim oidc-groups-prefix oidc-issuer-url oidc-required-claim
    oidc-signing-algs oidc-username-claim oidc-username-prefix peer-advertise-ip peer-advertise-port
    peer-ca-file permit-address-sharing permit-port-sharing profiling proxy-client-cert-file
    proxy-client-key-file request-timeout requestheader-allowed-names requestheader-client-ca-file
    requestheader-extra-headers-prefix requestheader-group-headers requestheader-uid-headers
    requestheader-username-headers runtime-config runtime-config-emulation-forward-compatible secure-port
    service-account-extend-token-expiration service-account-issuer service-account-jwks-uri
    service-account-key-file service-account-lookup service-account-max-token-expiration
    service-account-signing-endpoint service-account-signing-key-file service-cluster-ip-range
    service-node-port-range show-hidden-metrics-for-version shutdown-delay-duration shutdown-send-retry-after
    shutdown-watch-termination-grace-period storage-backend storage-initialization-timeout storage-media-type
    strict-transport-security-directives tls-cert-file tls-cipher-suites tls-min-version tls-private-key-file
    tls-sni-cert-key token-auth-file tracing-config-file v version vmodule watch-cache watch-cache-sizes`,
  'karmada-kube-controller-manager': `
    allocate-node-cidrs allow-metric-labels allow-metric-labels-manifest attach-detach-reconcile-sync-period
    authentication-kubeconfig authentication-skip-lookup authentication-token-webhook-cache-ttl
    authentication-tolerate-lookup-failure authorization-always-allow-paths authorization-kubeconfig
    authorization-webhook-cache-authorized-ttl authorization-webhook-cache-unauthorized-ttl bind-address
    cert-dir cidr-allocator-type client-ca-file cloud-config cloud-provider cluster-cidr cluster-name
    cluster-signing-cert-file cluster-signing-duration cluster-signing-key-file
    cluster-signing-kube-apiserver-client-cert-file cluster-signing-kube-apiserver-client-key-file
    cluster-signing-kubelet-client-cert-file cluster-signing-kubelet-client-key-file
    cluster-signing-kubelet-serving-cert-file cluster-signing-kubelet-serving-key-file
    cluster-signing-legacy-unknown-cert-file cluster-signing-legacy-unknown-key-file concurrent-cron-job-syncs
    concurrent-daemonset-syncs concurrent-deployment-syncs concurrent-device-taint-eviction-syncs
    concurrent-endpoint-syncs concurrent-ephemeralvolume-syncs concurrent-gc-syncs
    concurrent-horizontal-pod-autoscaler-syncs concurrent-job-syncs concurrent-namespace-syncs
    concurrent-rc-syncs concurrent-replicaset-syncs concurrent-resource-quota-syncs
    concurrent-service-endpoint-syncs concurrent-service-syncs concurrent-serviceaccount-token-syncs
    concurrent-statefulset-syncs concurrent-ttl-after-finished-syncs
    concurrent-validating-admission-policy-status-syncs configure-cloud-routes contention-profiling
    controller-shutdown-timeout controller-start-interval controllers disable-attach-detach-reconcile-sync
    disable-force-detach-on-timeout disable-http2-serving disabled-metrics emulated-version
    enable-dynamic-provisioning enable-garbage-collector enable-hostpath-provisioner enable-leader-migration
    endpoint-updates-batch-period endpointslice-updates-batch-period external-cloud-volume-plugin feature-gates
    flex-volume-plugin-dir help horizontal-pod-autoscaler-cpu-initialization-period
    horizontal-pod-autoscaler-downscale-stabilization horizontal-pod-autoscaler-initial-readiness-delay
    horizontal-pod-autoscaler-sync-period horizontal-pod-autoscaler-tolerance http2-max-streams-per-connection
    kube-api-burst kube-api-content-type kube-api-qps kubeconfig large-cluster-size-threshold leader-elect
    leader-elect-lease-duration leader-elect-renew-deadline leader-elect-resource-lock
    leader-elect-resource-name leader-elect-resource-namespace leader-elect-retry-period leader-migration-config
    legacy-service-account-token-clean-up-period log-flush-frequency log-json-info-buffer-size
    log-json-split-stream log-text-info-buffer-size log-text-split-stream logging-format master
    max-endpoints-per-slice min-compatibility-version min-resync-period
    mirroring-concurrent-service-endpoint-syncs mirroring-endpointslice-updates-batch-period
    mirroring-max-endpoints-per-subset namespace-sync-period node-cidr-mask-size node-cidr-mask-size-ipv4
    node-cidr-mask-size-ipv6 node-eviction-rate node-monitor-grace-period node-monitor-period
    node-startup-grace-period permit-address-sharing permit-port-sharing profiling
    pv-recycler-increment-timeout-nfs pv-recycler-minimum-timeout-hostpath pv-recycler-minimum-timeout-nfs
    pv-recycler-pod-template-filepath-hostpath pv-recycler-pod-template-filepath-nfs
    pv-recycler-timeout-increment-hostpath pvclaimbinder-sync-period requestheader-allowed-names
    requestheader-client-ca-file requestheader-extra-headers-prefix requestheader-group-headers
    requestheader-uid-headers requestheader-username-headers resource-quota-sync-period root-ca-file
    route-reconciliation-period secondary-node-eviction-rate secure-port service-account-private-key-file
    service-cluster-ip-range show-hidden-metrics-for-version terminated-pod-gc-threshold tls-cert-file
    tls-cipher-suites tls-min-version tls-private-key-file tls-sni-cert-key unhealthy-zone-threshold
    use-service-account-credentials v version vmodule`,
  'karmada-aggregated-apiserver': `${LOGS} ${SERVING} ${ETCD_CLIENT}
    feature-gates`,
  'karmada-controller-manager': `${LOGS}
    cluster-api-burst cluster-api-context cluster-api-kubeconfig cluster-api-qps cluster-cache-sync-timeout
    cluster-failure-threshold cluster-monitor-grace-period cluster-monitor-period cluster-startup-grace-period
    cluster-status-update-frequency cluster-success-threshold concurrent-cluster-propagation-policy-syncs
    concurrent-cluster-syncs concurrent-clusterresourcebinding-syncs concurrent-dependent-resource-syncs
    concurrent-namespace-syncs concurrent-propagation-policy-syncs concurrent-resource-template-syncs
    concurrent-resourcebinding-syncs concurrent-work-syncs controllers enable-cluster-resource-modeling
    enable-no-execute-taint-eviction enable-taint-manager feature-gates federated-resource-quota-sync-period
    graceful-eviction-timeout health-probe-bind-address horizontal-pod-autoscaler-cpu-initialization-period
    horizontal-pod-autoscaler-downscale-delay horizontal-pod-autoscaler-downscale-stabilization
    horizontal-pod-autoscaler-initial-readiness-delay horizontal-pod-autoscaler-sync-period
    horizontal-pod-autoscaler-tolerance horizontal-pod-autoscaler-upscale-delay kube-api-burst kube-api-qps
    kubeconfig leader-elect leader-elect-lease-duration leader-elect-renew-deadline
    leader-elect-resource-namespace leader-elect-retry-period metrics-bind-address
    no-execute-taint-eviction-purge-mode rate-limiter-base-delay rate-limiter-bucket-size rate-limiter-max-delay
    rate-limiter-qps resource-eviction-rate resync-period skipped-propagating-apis
    skipped-propagating-namespaces`,
  'karmada-scheduler': `${LOGS}
    disable-scheduler-estimator-in-pull-mode enable-empty-workload-propagation enable-scheduler-estimator
    feature-gates health-probe-bind-address insecure-skip-estimator-verify kube-api-burst kube-api-qps
    kubeconfig leader-elect leader-elect-lease-duration leader-elect-renew-deadline leader-elect-resource-name
    leader-elect-resource-namespace leader-elect-retry-period master metrics-bind-address plugins
    rate-limiter-base-delay rate-limiter-bucket-size rate-limiter-max-delay rate-limiter-qps
    scheduler-estimator-ca-file scheduler-estimator-cert-file scheduler-estimator-key-file
    scheduler-estimator-port scheduler-estimator-service-namespace scheduler-estimator-service-prefix
    scheduler-estimator-timeout scheduler-name`,
  'karmada-webhook': `${LOGS}
    allow-no-execute-taint-policy bind-address cert-dir feature-gates health-probe-bind-address kube-api-burst
    kube-api-qps kubeconfig metrics-bind-address secure-port tls-cert-file-name tls-min-version
    tls-private-key-file-name`,
  'karmada-descheduler': `${LOGS}
    descheduling-interval health-probe-bind-address insecure-skip-estimator-verify kube-api-burst kube-api-qps
    kubeconfig leader-elect leader-elect-lease-duration leader-elect-renew-deadline
    leader-elect-resource-namespace leader-elect-retry-period master metrics-bind-address
    scheduler-estimator-ca-file scheduler-estimator-cert-file scheduler-estimator-key-file
    scheduler-estimator-port scheduler-estimator-service-namespace scheduler-estimator-service-prefix
    scheduler-estimator-timeout unschedulable-threshold`,
  'karmada-search': `${LOGS} ${SERVING} ${ETCD_CLIENT}
    advertise-address cluster-api-burst cluster-api-qps cors-allowed-origins disable-proxy disable-search
    emulated-version emulation-forward-compatible external-hostname feature-gates goaway-chance
    livez-grace-period max-mutating-requests-inflight max-requests-inflight min-compatibility-version
    min-request-timeout request-timeout runtime-config-emulation-forward-compatible shutdown-delay-duration
    shutdown-send-retry-after shutdown-watch-termination-grace-period storage-initialization-timeout
    strict-transport-security-directives`,
  'karmada-metrics-adapter': `${LOGS} ${SERVING}
    cluster-api-burst cluster-api-qps metrics-bind-address`,
  'karmada-scheduler-estimator': `${LOGS}
    cluster-name feature-gates grpc-auth-cert-file grpc-auth-key-file grpc-client-ca-file
    health-probe-bind-address insecure-skip-grpc-client-verify kube-api-burst kube-api-qps kubeconfig master
    metrics-bind-address parallelism server-port`,
  'karmada-agent': `${LOGS}
    cert-rotation-checking-interval cert-rotation-remaining-time-threshold cluster-api-burst
    cluster-api-endpoint cluster-api-qps cluster-cache-sync-timeout cluster-failure-threshold
    cluster-lease-duration cluster-lease-renew-interval-fraction cluster-name cluster-namespace cluster-provider
    cluster-region cluster-status-update-frequency cluster-success-threshold cluster-zones
    concurrent-cluster-syncs concurrent-work-syncs controllers enable-cluster-resource-modeling feature-gates
    health-probe-bind-address karmada-context karmada-kubeconfig karmada-kubeconfig-namespace kube-api-burst
    kube-api-qps kubeconfig leader-elect leader-elect-lease-duration leader-elect-renew-deadline
    leader-elect-resource-namespace leader-elect-retry-period metrics-bind-address proxy-server-address
    rate-limiter-base-delay rate-limiter-bucket-size rate-limiter-max-delay rate-limiter-qps report-secrets
    resync-period`,
};

/** What another release has more (+) or less (-) than the newest; `until` is the last one of which that is so. */
const EARLIER: readonly { readonly until: string; readonly component: FlagOwner; readonly flags: string }[] = [
  { until: 'v1.16', component: 'karmada-apiserver', flags: '-min-compatibility-version' },
  {
    until: 'v1.16',
    component: 'karmada-kube-controller-manager',
    flags: '-min-compatibility-version -concurrent-device-taint-eviction-syncs',
  },
  {
    until: 'v1.17',
    component: 'karmada-controller-manager',
    flags: '+cluster-lease-duration +cluster-lease-renew-interval-fraction',
  },
  { until: 'v1.17', component: 'karmada-search', flags: '-cluster-api-burst -cluster-api-qps' },
  { until: 'v1.16', component: 'karmada-search', flags: '-min-compatibility-version' },
];

/** The flags that a component takes in a release. */
export function flagsOf(component: FlagOwner, version: KarmadaVersion): ReadonlySet<string> {
  const flags = new Set(words(NEWEST[component]));
  for (const change of EARLIER) {
    if (change.component !== component || isAfter(version, change.until)) continue;
    for (const word of words(change.flags)) {
      if (word.startsWith('+')) flags.add(word.slice(1));
      else flags.delete(word.slice(1));
    }
  }
  return flags;
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

function isAfter(version: KarmadaVersion, release: string): boolean {
  const [major, minor] = release.split('.');
  return version._has(`${major}.${Number(minor) + 1}`);
}
