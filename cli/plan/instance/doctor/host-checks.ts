import { CAPACITY, SPREAD } from './capacity';
import type { Check } from './check';
import { HOST_CLOCK } from './clock';
import { FREE_NAMES } from './free-names';
import { FREE_STORAGE } from './free-storage';
import type { HostSnapshot } from './host-snapshot';
import { HOST_VERSION } from './host-version';
import { LIMIT_RANGE } from './limit-range';
import { NODES_READY } from './nodes-ready';
import { PERMISSIONS } from './permissions';
import { POD_SECURITY } from './pod-security';
import { PRIORITY_CLASS } from './priority-class';
import { QUOTA } from './quota';
import { STORAGE_CLASS } from './storage-class';

/** What `instance doctor --host` looks at, in the order in which it is told. */
export const HOST_CHECKS: readonly Check<HostSnapshot>[] = [
  HOST_VERSION,
  NODES_READY,
  STORAGE_CLASS,
  FREE_STORAGE,
  CAPACITY,
  SPREAD,
  QUOTA,
  LIMIT_RANGE,
  PRIORITY_CLASS,
  POD_SECURITY,
  HOST_CLOCK,
  PERMISSIONS,
  FREE_NAMES,
];
