import { sliceBars } from '@assay/domain';
import { refuse } from '@assay/primitives';
import { fingerprintUntil, type LoadedBars } from '../data/market-data';
import type { DataPin } from '../records/market/data-pin';

/**
 * The inputs with the bars that were read before, whatever has been stored after them.
 * @param what changed since, and what to do, for the refusal
 * @throws DomainError 409 `history_changed` when they are no longer stored
 */
export async function cutBars<T extends LoadedBars>(
  inputs: T,
  read: Pick<DataPin, 'bars' | 'until' | 'fingerprint'>,
  what: { since: string; next: string },
): Promise<T> {
  const { pin } = inputs;
  if (pin.fingerprint === read.fingerprint) return inputs;
  const actual = await fingerprintUntil(inputs.bars, read.until);
  const { bars: count, until, fingerprint } = read;
  if (actual !== fingerprint) {
    const message = `bars of ${pin.symbol} until ${until} changed ${what.since}: ${what.next}`;
    throw refuse('history_changed', message, { symbol: pin.symbol, expected: fingerprint, actual });
  }
  return { ...inputs, bars: sliceBars(inputs.bars, 0, count), pin: { ...pin, bars: count, until, fingerprint } };
}
