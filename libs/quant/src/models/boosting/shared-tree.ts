import { shared } from '../../team/shared-arrays';
import type { GrownTree } from '../trees/tree-store';

/** A tree in memory that threads share. */
export const sharedTree = (nodes: number): GrownTree => ({
  features: shared.integers(nodes),
  bins: shared.bytes(nodes),
  lefts: shared.integers(nodes),
  missingLeft: shared.bytes(nodes),
  values: shared.doubles(nodes),
  gains: shared.doubles(nodes),
  ends: shared.integers(nodes),
});
