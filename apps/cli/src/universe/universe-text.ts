import { METRIC_KEYS, METRICS } from '@assay/quant';
import { barTime } from '../input/bars-file';
import { accountingText, costsText, fxText } from '../output/accounting';
import { scoredFromText } from '../output/scored-from';
import { counted, table } from '../output/table';
import type { UniverseView } from './universe-result';

const MOST_SYMBOLS = 25;
const MOST_ABSENCES = 25;

const plural = (count: number, one: string): string => `${counted(count)} ${one}${count === 1 ? '' : 's'}`;

/** The result for people: figures, what each symbol made, who was absent when. */
export function universeText(view: UniverseView): string {
  const { outcome, file, warnings } = view;
  const { benchmark } = outcome;
  const rows = METRIC_KEYS.map((key) => [
    ...[key, METRICS[key].unit, outcome.metrics[key], outcome.buyHoldMetrics[key]],
    ...(benchmark ? [benchmark.metrics[key]] : []),
  ]);
  return [
    table(['metric', 'unit', 'strategy', 'all members alike', ...(benchmark ? ['benchmark'] : [])], rows),
    accountingText(view.accounting),
    costsText(outcome.costs),
    ...(outcome.fx ? [fxText(outcome.fx)] : []),
    scoredFromText(outcome.scoredFrom, file),
    ...Object.entries(outcome.reasons).map(([key, reason]) => `${key} is undefined: ${reason}\n`),
    ...warnings.map(({ message }) => `warning: ${message}\n`),
    contributionsText(view),
    absencesText(view),
  ].join('');
}

/** The symbols that made most, up or down; the rest in one line, so that the column adds up. */
function contributionsText({ outcome }: UniverseView): string {
  const traded = outcome.contributions.filter(({ barsHeld, trades, costs }) => barsHeld + trades + costs > 0);
  const bySize = [...traded].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  const shown = bySize.slice(0, MOST_SYMBOLS).sort((a, b) => b.contribution - a.contribution);
  const rest = bySize.slice(MOST_SYMBOLS);
  const sum = (of: typeof traded, key: 'contribution' | 'pnl' | 'costs' | 'trades' | 'barsHeld'): number =>
    of.reduce((total, one) => total + one[key], 0);
  const row = (name: string, group: string | null, of: typeof traded) => [
    ...[name, group ?? '', sum(of, 'contribution'), sum(of, 'pnl'), sum(of, 'costs'), sum(of, 'trades')],
    sum(of, 'barsHeld'),
  ];
  const { writtenOff } = outcome.full;
  const rows = [
    ...shown.map((one) => row(one.symbol, one.group, [one])),
    ...(rest.length > 0 ? [row(`${plural(rest.length, 'other')}`, '', rest)] : []),
    ...(writtenOff > 0 ? [['written off', '', writtenOff, writtenOff * outcome.options.capital, 0, 0, 0]] : []),
    ['total', '', sum(traded, 'contribution') + writtenOff, ...row('', '', traded).slice(3)],
  ];
  const idle = outcome.contributions.length - traded.length;
  const header = ['symbol', 'group', 'contribution', 'pnl', 'costs', 'trades', 'bars_held'];
  const never = idle === 0 ? '' : `${plural(idle, 'symbol')} never held\n`;
  return `\ncontributions, by symbol: they add up to total_return\n\n${table(header, rows)}${never}`;
}

function absencesText({ outcome, file }: UniverseView): string {
  const { absences } = outcome;
  if (absences.length === 0) return '\nabsences: none, every member has a bar at every session\n';
  const date = (ms: number): string => barTime({ ...file.bars, openTimeMs: Float64Array.of(ms) }, 0);
  const longest = [...absences].sort((a, b) => b.missing - a.missing).slice(0, MOST_ABSENCES);
  const shown = absences.filter((one) => longest.includes(one));
  const rows = shown.map(({ symbol, fromMs, toMs, missing }) => [symbol, date(fromMs), date(toMs), missing]);
  const left = absences.length - shown.length;
  const more = left === 0 ? '' : `and ${plural(left, 'shorter one')}, all in --json\n`;
  return `\nabsences: members without bars, neither ranked nor held there\n\n${table(['symbol', 'from', 'to', 'bars'], rows)}${more}`;
}
