import { DAY_MS, invalidField, timeText } from '@assay/primitives';
import type { FxRates, FxSplit } from '@assay/quant';

/** Days a rate may be old where nothing is said: a long weekend. */
export const FX_MAX_AGE_DAYS = 5;

export interface FxTerms {
  /** Rates are units of the quote's currency for one of the account's. */
  invert?: boolean;
  /** Days since its close that a rate may be old. Default 5. */
  maxAgeDays?: number;
}

/** What one unit is worth at each close, in the currency of the account. */
export const heldValues = ({ close }: { close: Float64Array }, fx?: FxRates): Float64Array =>
  fx ? close.map((price, t) => price * fx.close[t]!) : close;

interface Closes {
  closeMs: Float64Array;
  close: Float64Array;
}

/**
 * The rate that was known at the open and at the close of each bar: the last whose own bar had closed by then, at the very instant
 * included. The first bar's open is never traded, so its rate may be missing.
 * @throws DomainError `validation_failed` of `fx` with the date at which no rate was known, or none that is young enough
 */
export function alignFx(
  bars: { openMs: Float64Array; closeMs: Float64Array },
  rates: Closes,
  { invert = false, maxAgeDays = FX_MAX_AGE_DAYS }: FxTerms = {},
): FxRates {
  const at = (times: Float64Array, what: 'open' | 'close'): Float64Array => {
    const known = new Float64Array(times.length).fill(NaN);
    let next = 0;
    for (let t = 0; t < times.length; t++) {
      while (next < rates.closeMs.length && rates.closeMs[next]! <= times[t]!) next += 1;
      const rate = next > 0 ? rates.close[next - 1]! : NaN;
      known[t] = invert ? 1 / rate : rate;
      if (what === 'open' && t === 0) continue;
      const date = timeText(times[t]!);
      if (next === 0)
        refuse(
          'known',
          `have a rate at the ${what} of every bar, was not known yet at ${date}: ${firstOf(rates)}, so give rates that begin before the bars, or bars that begin later`,
          date,
        );
      if (!(rate > 0 && rate < Infinity)) refuse('positive', `be positive, was ${rate} at ${date}`, date);
      const known_at = timeText(rates.closeMs[next - 1]!);
      if (times[t]! - rates.closeMs[next - 1]! > maxAgeDays * DAY_MS)
        refuse(
          'max_age',
          `be at most ${maxAgeDays} days old at the ${what} of every bar, was of ${known_at} at ${date}`,
          date,
        );
    }
    return known;
  };
  return { open: at(bars.openMs, 'open'), close: at(bars.closeMs, 'close') };
}

function firstOf({ closeMs }: Closes): string {
  return closeMs.length === 0 ? 'there is none' : `the first is known at ${timeText(closeMs[0]!)}`;
}

function refuse(rule: string, must: string, date: string): never {
  throw invalidField('fx', rule, date, `fx must ${must}`);
}

/** Where a run in the account's currency came from: price + fx + written_off - costs is the total return. */
export interface FxTotals {
  price: number;
  fx: number;
  written_off: number;
}

/** Sums over bars [from, to), as fractions of the equity before them. */
export function fxTotals(
  { price, fx, writtenOff }: FxSplit,
  equity: Float64Array,
  [from, to]: readonly [number, number],
): FxTotals {
  const before = from > 0 ? equity[from - 1]! : 1;
  const sum = (column: Float64Array): number => {
    let all = 0;
    for (let t = from; t < to; t++) all += column[t]!;
    return before > 0 ? all / before : 0;
  };
  return { price: sum(price), fx: sum(fx), written_off: sum(writtenOff) };
}
