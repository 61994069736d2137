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

/** Rates by the time at which each was known, ascending. */
export interface DatedRates {
  closeMs: Float64Array;
  close: Float64Array;
}

/** The last rate that was known at each of some times, and since when; NaN before the first. */
interface KnownRates {
  rate: Float64Array;
  sinceMs: Float64Array;
}

type Moment = 'open' | 'close';

/** At the very instant of its close a rate is known. Both times rise. */
function knownRates(times: Float64Array, { closeMs, close }: DatedRates, invert: boolean): KnownRates {
  const known = { rate: new Float64Array(times.length).fill(NaN), sinceMs: new Float64Array(times.length).fill(NaN) };
  let next = 0;
  for (let t = 0; t < times.length; t++) {
    while (next < closeMs.length && closeMs[next]! <= times[t]!) next += 1;
    if (next === 0) continue;
    known.rate[t] = invert ? 1 / close[next - 1]! : close[next - 1]!;
    known.sinceMs[t] = closeMs[next - 1]!;
  }
  return known;
}

/** Rates beside the bars of a run, and which of them may be used. */
export class RatesOnBars implements FxRates {
  readonly open: Float64Array;
  readonly close: Float64Array;
  private readonly known: Record<Moment, KnownRates>;
  private readonly times: Record<Moment, Float64Array>;
  private readonly maxAgeDays: number;
  private readonly begin: string;

  constructor(
    bars: { openMs: Float64Array; closeMs: Float64Array },
    rates: DatedRates,
    { invert = false, maxAgeDays = FX_MAX_AGE_DAYS }: FxTerms,
  ) {
    this.times = { open: bars.openMs, close: bars.closeMs };
    this.known = { open: knownRates(bars.openMs, rates, invert), close: knownRates(bars.closeMs, rates, invert) };
    this.open = this.known.open.rate;
    this.close = this.known.close.rate;
    this.maxAgeDays = maxAgeDays;
    this.begin = firstOf(rates);
  }

  /** @throws DomainError `validation_failed` of `fx` unless a positive rate that is young enough was known then */
  check(t: number, moment: Moment, whose = 'fx'): void {
    const [rate, since, time] = [this[moment][t]!, this.known[moment].sinceMs[t]!, this.times[moment][t]!];
    const isYoung = time - since <= this.maxAgeDays * DAY_MS;
    if (rate > 0 && rate < Infinity && isYoung) return;
    const date = timeText(time);
    const must = (rule: string, text: string) => invalidField('fx', rule, date, `${whose} must ${text}`);
    if (since !== since)
      throw must(
        'known',
        `have a rate at the ${moment} of every bar, was not known yet at ${date}: ${this.begin}, so give rates that begin before the bars, or bars that begin later`,
      );
    if (!(rate > 0 && rate < Infinity)) throw must('positive', `be positive, was ${rate} at ${date}`);
    throw must(
      'max_age',
      `be at most ${this.maxAgeDays} days old at the ${moment} of every bar, was of ${timeText(since)} at ${date}`,
    );
  }
}

/**
 * The rate that was known at the open and at the close of each bar: the last whose own bar had closed by then, at the very instant
 * included. The first bar's open is never traded, so its rate may be missing.
 * @throws DomainError `validation_failed` of `fx` with the date at which no rate was known, or none that is young enough
 */
export function alignFx(
  bars: { openMs: Float64Array; closeMs: Float64Array },
  rates: DatedRates,
  terms: FxTerms = {},
): FxRates {
  const aligned = new RatesOnBars(bars, rates, terms);
  for (let t = 1; t < bars.openMs.length; t++) aligned.check(t, 'open');
  for (let t = 0; t < bars.closeMs.length; t++) aligned.check(t, 'close');
  return { open: aligned.open, close: aligned.close };
}

function firstOf({ closeMs }: DatedRates): string {
  return closeMs.length === 0 ? 'there is none' : `the first is known at ${timeText(closeMs[0]!)}`;
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
