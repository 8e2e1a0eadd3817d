import { API_SERVER_READY } from './api-server-ready';
import { API_SERVICES } from './api-services';
import { CA_BUNDLES } from './ca-bundles';
import { CERTIFICATES } from './certificates';
import type { Check } from './check';
import { CLOCKS } from './clock';
import { COMPONENTS_READY } from './components-ready';
import { ETCD_ALARMS } from './etcd-alarms';
import { ETCD_PVC_BOUND } from './etcd-pvc-bound';
import { ETCD_READY } from './etcd-ready';
import type { InstanceSnapshot } from './instance-snapshot';
import { LEASES_HELD } from './leases-held';
import { PODS } from './pods';
import { WEBHOOKS_ANSWER } from './webhooks-answer';

/** What `instance doctor <name>` looks at: from what all else stands on upwards. */
export const INSTANCE_CHECKS: readonly Check<InstanceSnapshot>[] = [
  ETCD_READY,
  ETCD_PVC_BOUND,
  ETCD_ALARMS,
  COMPONENTS_READY,
  PODS,
  CERTIFICATES,
  API_SERVER_READY,
  API_SERVICES,
  CA_BUNDLES,
  WEBHOOKS_ANSWER,
  LEASES_HELD,
  CLOCKS,
];
