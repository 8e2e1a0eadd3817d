import { EMPTY_REPLICA_SCHEDULING } from './empty-replica-scheduling';
import { FLOATING_IMAGE_TAG } from './floating-image-tag';
import { LAZY_ACTIVATION } from './lazy-activation';
import { LITERAL_SECRET } from './literal-secret';
import type { InputRule, ObjectRule } from './rule';
import { SPREAD_NOT_IMPLEMENTED } from './spread-not-implemented';
import { SPREAD_WITH_STATIC_WEIGHTS } from './spread-with-static-weights';
import { SPREAD_WITHOUT_MAXIMUM } from './spread-without-maximum';

/** Rules that one object alone can break, by code. */
export const OBJECT_RULES: readonly ObjectRule[] = [
  LAZY_ACTIVATION,
  SPREAD_WITH_STATIC_WEIGHTS,
  SPREAD_WITHOUT_MAXIMUM,
  SPREAD_NOT_IMPLEMENTED,
  EMPTY_REPLICA_SCHEDULING,
  FLOATING_IMAGE_TAG,
  LITERAL_SECRET,
];

/** Rules about how objects stand to each other, by code. */
export const INPUT_RULES: readonly InputRule[] = [];
