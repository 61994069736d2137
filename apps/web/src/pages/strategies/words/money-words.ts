import { plural } from '../../../format/words';
import type { Distance, EntryOrder, Protection, Sizing } from './recipe';

const percent = (fraction: number): string => `${Number((fraction * 100).toFixed(4))} %`;
const plain = (value: number): string => String(Number(value.toFixed(6)));

const distanceWords = (distance: Distance): string =>
  'percent' in distance ? `${plain(distance.percent)} %` : `${plain(distance.atr)} average true ranges`;

/** How large a position is. */
export function sizingWords(sizing: Sizing | undefined): string {
  const most = sizing?.cap === undefined ? '' : `, at most ${plain(sizing.cap)} times equity`;
  const words = ((): string => {
    switch (sizing?.kind) {
      case undefined:
      case 'fixed':
        return 'A position is all of the capital';
      case 'percent_of_equity':
        return `A position is ${percent(sizing.fraction ?? 0)} of equity`;
      case 'volatility_target':
        return `A position is as large as keeps its volatility at ${percent(sizing.annual ?? 0)} a year, by the last ${sizing.window} returns${most}`;
      case 'atr_risk':
        return `A position loses ${percent(sizing.risk ?? 0)} of equity when the price moves by ${plain(sizing.multiple ?? 0)} average true ranges${most}`;
      case 'kelly':
        return `A position is ${plain(sizing.fraction ?? 0)} of what Kelly's rule says of the returns so far${most}`;
      default:
        return `Sized by ${sizing?.kind}`;
    }
  })();
  const leverage = sizing?.leverage ? `; never more than ${plain(sizing.leverage.max)} times equity` : '';
  return `${words}${leverage}.`;
}

/** How a position is ended beside its signal, one sentence a rule. */
export function protectionWords(protection: Protection | null | undefined): string[] {
  if (!protection) return [];
  const words: string[] = [];
  const { stop_loss, take_profit, trailing_stop, breakeven, time_stop, re_entry } = protection;
  if (stop_loss) words.push(`Closed after a loss of ${distanceWords(stop_loss)} from the entry.`);
  if (take_profit) words.push(`Closed after a gain of ${distanceWords(take_profit)}.`);
  if (trailing_stop) words.push(`Closed ${distanceWords(trailing_stop)} below the best price since the entry.`);
  if (breakeven) words.push(`After a gain of ${distanceWords(breakeven)} the stop stands at the entry price.`);
  if (time_stop) words.push(`Held for ${plural(time_stop.bars, 'bar')} at most.`);
  if (words.length > 0 && re_entry?.rule === 'immediately')
    words.push('Entered again at once while the signal stands.');
  if (words.length > 0 && re_entry?.rule === 'after_bars')
    words.push(`Entered again after ${plural(re_entry.bars ?? 0, 'bar')} at the earliest.`);
  return words;
}

export const entryWords = (entry: EntryOrder | null | undefined): string | undefined =>
  entry
    ? `Entered by a ${entry.type} order ${distanceWords(entry.offset)} from the deciding close, good for ${plural(entry.expires_after_bars, 'bar')}.`
    : undefined;

const COSTS: [string, (value: number) => string][] = [
  ['fee_bps', (value) => `fee ${plain(value)} bp`],
  ['slippage_bps', (value) => `slippage ${plain(value)} bp`],
  ['spread_bps', (value) => `spread ${plain(value)} bp`],
  ['per_share', (value) => `${plain(value)} a unit`],
  ['minimum_fee', (value) => `at least ${plain(value)} an order`],
  ['fixed_fee', (value) => `${plain(value)} an order`],
  ['borrow_bps_per_year', (value) => `borrowing ${plain(value)} bp a year`],
];

/** What trading is charged; bp are hundredths of a percent of the traded value, each side. */
export function costsWords(costs: Record<string, unknown> | undefined): string {
  const parts = COSTS.flatMap(([key, words]) => {
    const value = costs?.[key];
    return typeof value === 'number' && value !== 0 ? [words(value)] : [];
  });
  if (costs?.impact) parts.push('market impact');
  if (costs?.tiers) parts.push('fees by traded volume');
  if (costs?.funding_column) parts.push('funding');
  return parts.length === 0 ? 'No costs are charged.' : `Charged: ${parts.join(', ')}.`;
}
