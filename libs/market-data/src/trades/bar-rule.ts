import { MARKETS, TIMEFRAMES, type MarketCode, type Timeframe } from '@assay/contracts';
import { invalidField } from '@assay/primitives';

/** What ends a bar: its time by the market's sessions, or so many trades, units or so much money traded. */
export type BarRule =
  | { kind: 'time'; timeframe: Timeframe; market: MarketCode }
  | { kind: 'ticks' | 'volume' | 'dollar'; threshold: number };

const FORM = /^(time|ticks|volume|dollar):(\S+)$/;
const NUMBER = /^\d+(\.\d*)?([eE][+-]?\d+)?$/;

/** The rule of a text such as `time:1m`, `ticks:1000`, `volume:5000` or `dollar:1e6`. @throws DomainError about `by` or `market` */
export function barRuleOf(by: string, market: string | undefined): BarRule {
  const [, kind, value] = FORM.exec(by) ?? [];
  const refuse = (must: string): Error => invalidField('by', 'bar_rule', by, `by must be ${must}, was ${by}`);
  if (kind === undefined)
    throw refuse('time:TIMEFRAME, ticks:NUMBER, volume:UNITS or dollar:AMOUNT, such as dollar:1e6');
  if (kind === 'time') {
    const timeframe = TIMEFRAMES.find((one) => one === value);
    if (timeframe === undefined) throw refuse(`time: and one of ${TIMEFRAMES.join(', ')}`);
    const known = MARKETS.find((one) => one === market);
    if (known !== undefined) return { kind, timeframe, market: known };
    const message = `market must be given for bars of time, one of ${MARKETS.join(', ')}, was ${market ?? 'missing'}`;
    throw invalidField('market', 'required', market ?? null, message);
  }
  const threshold = NUMBER.test(value) ? Number(value) : NaN;
  const isRight =
    kind === 'ticks' ? Number.isSafeInteger(threshold) && threshold >= 1 : threshold > 0 && threshold < Infinity;
  if (!isRight)
    throw refuse(kind === 'ticks' ? 'ticks: and a whole number of at least 1' : `${kind}: and a number above 0`);
  return { kind: kind as 'ticks', threshold };
}
