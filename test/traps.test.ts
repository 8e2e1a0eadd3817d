/**
 * What Karmada or cdk8s-plus takes and then does otherwise than it looks. Each trap either cannot be written with the constructs,
 * or is a finding when raw YAML has it; where neither can be, because it shows only in a fleet, the preview says what comes of it.
 */
import './traps/scheduling';
import './traps/overrides';
import './traps/objects';
