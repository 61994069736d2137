import { formatNumber } from '../../format/number';
import { metricText, numberIn, textIn } from './metric-text';

export interface IntervalRow {
  key: string;
  value: string;
  /** Of 95 %, or why there is none. */
  interval: string;
  error: string;
  known: boolean;
}

/** From the lower bound to the upper one, both in the unit of the figure. */
function intervalIn(
  row: Record<string, unknown>,
  text: (value: number | null) => string,
): Omit<IntervalRow, 'key' | 'value'> {
  const [lower, upper, error] = ['lower_95', 'upper_95', 'standard_error'].map((name) => numberIn(row, name));
  const known = lower !== null && upper !== null;
  return {
    interval: known ? `${text(lower!)} to ${text(upper!)}` : (textIn(row, 'why') ?? ''),
    ...{ error: text(error!), known },
  };
}

/** Metrics that have a value, each with its interval. @param unitOf a metric by the catalogue */
export const metricRows = (
  items: readonly Record<string, unknown>[],
  unitOf: (key: string) => string | undefined,
): IntervalRow[] =>
  items
    .filter((row) => numberIn(row, 'value') !== null)
    .map((row) => {
      const key = textIn(row, 'metric') ?? '';
      const text = (value: number | null) => metricText(value, unitOf(key));
      return { key, value: text(numberIn(row, 'value')), ...intervalIn(row, text) };
    });

/** What each method takes into account. */
const METHODS: Record<string, string> = {
  iid: 'Normal returns without memory',
  mertens: 'With skewness and kurtosis',
  hac: 'With memory too (Newey-West)',
  autocorrelation: 'A year by the autocorrelations (Lo)',
};

export const sharpeRows = (sharpe: Record<string, unknown> | null | undefined): IntervalRow[] =>
  ((sharpe?.errors ?? []) as Record<string, unknown>[]).map((row) => {
    const method = textIn(row, 'method') ?? '';
    return {
      ...{ key: METHODS[method] ?? method, value: formatNumber(numberIn(row, 'sharpe_ratio')) },
      ...intervalIn(row, formatNumber),
    };
  });

export interface EvidenceRow {
  key: string;
  probability: string;
  leastBars: string;
  detectable: string;
  power: string;
  falseDiscoveries: string;
}

/** What power and false discoveries assume. */
export function alternativeText(sharpe: Record<string, unknown>): string {
  const { sharpe_ratio: ratio, prior } = (sharpe.alternative ?? {}) as Record<string, unknown>;
  if (typeof ratio !== 'number' || typeof prior !== 'number') return '';
  const share = metricText(prior, 'fraction');
  return `Power is the chance that such a record tells a true ratio of ${formatNumber(ratio)} a year from 0. If ${share} of all strategies had that ratio and the others were worth nothing, so many of those that do at least as well as this one would be worth nothing: false discoveries.`;
}

export const evidenceRows = (sharpe: Record<string, unknown> | null | undefined): EvidenceRow[] =>
  ((sharpe?.evidence ?? []) as Record<string, unknown>[]).map((row) => {
    const probability = numberIn(row, 'probabilistic_sharpe');
    const least = numberIn(row, 'min_track_record_length');
    const detectable = numberIn(row, 'detectable_sharpe');
    // what all three rest on
    const noVariance = probability === null ? 'The moments give no positive variance' : null;
    return {
      key: `Formula of ${textIn(row, 'formula') ?? ''}`,
      probability: noVariance ?? metricText(probability, 'fraction'),
      leastBars: least === null ? (noVariance ?? 'The ratio is not above 0') : metricText(Math.ceil(least), 'bars'),
      detectable: detectable === null ? (noVariance ?? 'The record is too short') : formatNumber(detectable),
      power: metricText(numberIn(row, 'power'), 'fraction'),
      falseDiscoveries: metricText(numberIn(row, 'observed_fdr'), 'fraction'),
    };
  });
