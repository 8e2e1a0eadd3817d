/** Every feature that the project was asked for, by the number of its row; docs/seed-features.md lists them all. */
import './seed-features/scope';
import './seed-features/clusters';
import './seed-features/scheduling';
import './seed-features/containers';
import './seed-features/advanced';
import './seed-features/overrides';
import './seed-features/members';
import './seed-features/policies';
import './seed-features/beyond';
import './seed-features/workloads';
import './seed-features/given';
import './seed-features/resources';
import './seed-features/placements';
import './seed-features/doubts';
import './seed-features/day-two';
import './seed-features/instances';
