import type { IntervalsDocument } from '@assay/contracts';
import { counted, shown, table } from './table';

interface Bounds {
  standard_error: number | null;
  lower_90: number | null;
  upper_90: number | null;
  lower_95: number | null;
  upper_95: number | null;
}

const BOUNDS = ['error', 'lower 90 %', 'upper 90 %', 'lower 95 %', 'upper 95 %'];
const boundsOf = (one: Bounds) => [one.standard_error, one.lower_90, one.upper_90, one.lower_95, one.upper_95];

/** Intervals for people: of the metrics, then what the Sharpe ratio is worth. */
export function intervalsText({ bootstrap, items, sharpe, warnings }: IntervalsDocument): string {
  const { intervals, scheme, resamples, block, trade_block } = bootstrap;
  const trades = trade_block === null ? '' : `, of closed trades in blocks of ${shown(trade_block)}`;
  const how = `${intervals}, ${counted(resamples)} ${scheme} resamples in blocks of ${shown(block)} bars${trades}`;
  const rows = items.filter(({ value }) => value !== null);
  const parts = [
    `\nintervals: ${how}\n\n`,
    table(
      ['metric', 'value', ...BOUNDS, 'why none'],
      rows.map((one) => [one.metric, one.value, ...boundsOf(one), one.why ?? '']),
    ),
  ];
  if (sharpe) {
    const { errors, evidence, lags, alternative } = sharpe;
    const assumed = `${shown(alternative.sharpe_ratio)} a year, of ${shown(alternative.prior * 100)} % of strategies`;
    parts.push(
      `\nsharpe_ratio of a year, ${lags} lags\n\n`,
      table(
        ['method', 'sharpe ratio', ...BOUNDS, 'why none'],
        errors.map((one) => [one.method, one.sharpe_ratio, ...boundsOf(one), one.why ?? '']),
      ),
      `\na Sharpe ratio above 0, at 95 %\n\n`,
      table(
        ['formula', 'probability', 'least bars', 'told with 80 %, a year'],
        evidence.map((one) => [
          ...[`PSR ${one.formula}`, one.probabilistic_sharpe],
          ...[one.min_track_record_length, one.detectable_sharpe],
        ]),
      ),
      `\nif a true ratio is 0, or ${assumed}\n\n`,
      table(
        ['formula', 'power', 'planned fdr', 'observed fdr'],
        evidence.map((one) => [`PSR ${one.formula}`, one.power, one.planned_fdr, one.observed_fdr]),
      ),
    );
  }
  return [...parts, ...warnings.map((message) => `warning: ${message}\n`)].join('');
}
