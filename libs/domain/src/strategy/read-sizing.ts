import type { Sizing } from '@assay/contracts';
import type { ObjectReader } from '../documents';
import { LONGEST_WINDOW } from './limits';

/** Reads the sizing at `key`; undefined when it is absent or wrong. */
export function readSizing(parent: ObjectReader, key: string, required: boolean): Sizing | undefined {
  const reader = parent.object(key, { required });
  if (!reader) return undefined;
  const kind = reader.oneOf('kind', ['fixed', 'volatility_target'], { required: true });
  let sizing: Sizing | undefined;
  if (kind === 'fixed') sizing = { kind };
  if (kind === 'volatility_target') {
    const annual = reader.number('annual', { required: true, above: 0 });
    const window = reader.integer('window', { required: true, min: 2, max: LONGEST_WINDOW });
    const cap = reader.number('cap', { required: true, above: 0 });
    const rebalance = reader.oneOf('rebalance', ['bar', 'entry'], { required: true });
    if (annual !== undefined && window !== undefined && cap !== undefined && rebalance !== undefined) {
      sizing = { kind, annual, window, cap, rebalance };
    }
  }
  if (kind !== undefined) reader.refuseUnknown();
  return sizing;
}
