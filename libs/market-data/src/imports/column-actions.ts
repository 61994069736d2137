import { isDated } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import { invalid, invalidField } from '@assay/primitives';
import { checkActions, type ActionClaim, type StatedAction } from '../adjustments';
import type { SessionCalendar } from '../calendars';
import { dateOfUtc } from '@assay/calendars';

/** What becomes of columns of dividends and splits beside the bars: further columns, or corporate actions. */
export const ACTION_COLUMNS = ['none', 'from_columns', 'dividends_from_columns'] as const;
export type ActionColumns = (typeof ACTION_COLUMNS)[number];

const SPLITS = 'stock_splits';
/** Paid per share; funds pay out gains too. */
const PAID = ['dividends', 'capital_gains'];
/** A ratio from here on, either way, stands out of what a price moves over night. */
const CLEAR_RATIO = 1.5;

interface Row {
  bar: number;
  exDate: string;
  ratio: number;
  paid: number;
}

/**
 * Corporate actions of the columns that yfinance writes beside bars (`Dividends`, `Stock Splits`, `Capital Gains`), and the bars
 * without these. Yahoo's prices and dividends are adjusted for splits already, others' are as traded: which they are is seen
 * by whether the price steps with the splits, and has to be what is asked for.
 * @throws DomainError `validation_failed`
 */
export function columnActions(
  bars: BarColumns,
  lines: Int32Array,
  calendar: SessionCalendar,
  wanted: Exclude<ActionColumns, 'none'>,
): { bars: BarColumns; actions: StatedAction[] } {
  const { [SPLITS]: splits, ...others } = bars.extra;
  const paid = PAID.filter((name) => Object.hasOwn(others, name)).map((name) => others[name]);
  if (splits === undefined && paid.length === 0) {
    const message = `actions ${wanted} needs a column Dividends or Stock Splits, the file has none`;
    throw invalidField('actions', 'action_columns', wanted, message);
  }
  if (isDated(bars.timeframe) && bars.timeframe !== '1d') {
    const message = `actions must be none for ${bars.timeframe} bars, whose rows do not say an ex-date, was ${wanted}`;
    throw invalidField('actions', 'action_dates', wanted, message);
  }
  const rows = rowsOf(bars, calendar, splits, paid);
  const ofSplits = rows.filter(({ ratio }) => ratio !== 1);
  requireBasis(bars, ofSplits, wanted);
  const claims = [
    ...(wanted === 'from_columns' ? ofSplits.map((row) => claimOf(row, lines, 'split', row.ratio)) : []),
    ...rows.filter((row) => row.paid !== 0).map((row) => claimOf(row, lines, 'dividend', row.paid)),
  ];
  const left = Object.entries(others).filter(([name]) => !PAID.includes(name));
  return { bars: { ...bars, extra: Object.fromEntries(left) }, actions: checkActions(claims) };
}

const claimOf = ({ bar, exDate }: Row, lines: Int32Array, kind: string, value: number): ActionClaim => ({
  ...{ field: `lines[${lines[bar]}]`, dateName: 'date', exDate, kind, value, availableAt: null },
});

/** Rows on which something happens; 0 and an empty cell are nothing, and so is a ratio of 1. */
function rowsOf(
  { openTimeMs, timeframe }: BarColumns,
  calendar: SessionCalendar,
  splits: Float64Array | undefined,
  paid: readonly Float64Array[],
): Row[] {
  const rows: Row[] = [];
  for (let bar = 0; bar < openTimeMs.length; bar += 1) {
    const ratio = splits?.[bar] || 1;
    const amount = paid.reduce((sum, column) => sum + (column[bar] || 0), 0);
    if (ratio === 1 && amount === 0) continue;
    const exDate = timeframe === '1d' ? dateOfUtc(openTimeMs[bar]) : calendar.tradingDate(openTimeMs[bar]);
    rows.push({ bar, exDate, ratio, paid: amount });
  }
  return rows;
}

function requireBasis(
  { open, close }: BarColumns,
  splits: readonly Row[],
  wanted: Exclude<ActionColumns, 'none'>,
): void {
  const seen = splits.filter(({ bar, ratio }) => bar > 0 && ratio > 0);
  const clear = seen.filter(({ ratio }) => Math.max(ratio, 1 / ratio) >= CLEAR_RATIO);
  const asTraded = ({ bar, ratio }: Row): boolean => {
    const step = Math.log(open[bar] / close[bar - 1]);
    return Math.abs(step + Math.log(ratio)) < Math.abs(step);
  };
  const wantsRaw = wanted === 'from_columns';
  const wrong = (clear.length > 0 ? clear : seen).filter((row) => asTraded(row) !== wantsRaw);
  if (wrong.length === 0) return;
  const [{ exDate, ratio, bar }] = wrong;
  const step = (open[bar] / close[bar - 1]).toPrecision(3);
  const what = `the open of ${exDate} is ${step} times the close before, where Stock Splits has ${ratio}`;
  const remedy = wantsRaw
    ? 'the prices are adjusted for it already, as those of Yahoo are: state actions dividends_from_columns'
    : 'the prices are as traded: state actions from_columns';
  const message = `actions must fit the prices: ${what}; ${remedy}`;
  throw invalid([{ field: 'actions', rule: 'split_in_prices', value: wanted, message }]);
}
