import type { Quote } from '@assay/domain';
import { Decimal } from '@assay/primitives';
import { TIE } from '@assay/quant';
import type { VenueFacts } from '../risk-gate/venue-facts';
import type { WaitingEntry } from './resting-entry';

/**
 * What a limit entry is sent at: its level, or the seen price where the two are the same but for rounding. A live venue takes
 * whole ticks alone: then the tick that is no worse. Prices of the paper venue are those of stored bars, which adjustments
 * move off their ticks.
 */
export function limitPrice(
  { level, side }: Pick<WaitingEntry, 'level' | 'side'>,
  { price }: Pick<Quote, 'price'>,
  { capabilities, instrument }: Pick<VenueFacts, 'capabilities' | 'instrument'>,
): string {
  const worst = side > 0 ? Decimal.max(level, price) : Decimal.min(level, price);
  if (capabilities.paper) return worst.toFixed();
  const ticks = worst.div(instrument.tick);
  const nearest = ticks.round();
  // what is a whole tick but for rounding is that one
  if (ticks.minus(nearest).abs().lte(nearest.times(TIE))) return nearest.times(instrument.tick).toFixed();
  return (side > 0 ? ticks.floor() : ticks.ceil()).times(instrument.tick).toFixed();
}
