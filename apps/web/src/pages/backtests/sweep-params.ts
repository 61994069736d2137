import type { components } from '../../api/generated/research';

export type SweepParam = components['schemas']['SweepParamDto'];
type ParamValue = string | number | boolean;

/** A value of the strategy's document that a sweep can vary. */
export interface Sweepable {
  /** `sizing.annual`, `features.0.params.window`. */
  path: string;
  value: ParamValue;
  /** With the name of the feature in place of its number. */
  label: string;
}

/** Identity, bars and pins decide no trade: the API refuses them. */
const NOT_SWEPT = new Set([
  'strategy_id',
  'name',
  'version',
  'created_at',
  'kind',
  'ticker',
  'timeframe',
  'trading_period',
  'artifact',
  'history_anchor',
]);
const NOT_OFFERED = new Set([
  'pin',
  'plugin',
  'plugin_version',
  'field',
  'operator',
  'combinator',
  'action',
  'kind',
  'name',
  'id',
  'column',
]);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Numbers and booleans of a document that decide its trades, in its order. */
export function sweepables(document: Record<string, unknown>): Sweepable[] {
  const found: Sweepable[] = [];
  const walk = (value: unknown, path: string[], words: string[]) => {
    if (typeof value === 'number' || typeof value === 'boolean') {
      found.push({ path: path.join('.'), value, label: words.join(' › ') });
      return;
    }
    if (!isRecord(value)) return;
    for (const [key, child] of Object.entries(value)) {
      if (NOT_OFFERED.has(key) || (path.length === 0 && NOT_SWEPT.has(key))) continue;
      const named = (isRecord(child) && [child.name, child.indicator].find((name) => typeof name === 'string')) || key;
      const word = Array.isArray(value)
        ? named === key
          ? String(Number(key) + 1)
          : named
        : named.replaceAll('_', ' ');
      walk(child, [...path, key], [...words, word]);
    }
  };
  walk(document, [], []);
  return found;
}

/** Paths by as much of their end as tells them apart: `substrategies.0.window` alone is `window`. */
export function shortNames(paths: readonly string[]): Map<string, string> {
  const end = (path: string, parts: number) => path.split('.').slice(-parts).join('.');
  return new Map(
    paths.map((path) => {
      const others = paths.filter((other) => other !== path);
      let parts = 1;
      while (others.some((other) => end(other, parts) === end(path, parts)) && end(path, parts) !== path) parts += 1;
      return [path, end(path, parts).replaceAll('_', ' ')];
    }),
  );
}

const typed = (text: string, like: ParamValue): ParamValue => {
  if (typeof like === 'number' && text !== '' && Number.isFinite(Number(text))) return Number(text);
  if (typeof like === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
};

/** `5:60:5` is a range, `0.001:100:11 log` a range of equal ratios, anything else values parted by commas. */
export function paramOf(path: string, text: string, like: ParamValue): SweepParam {
  const words = text.trim();
  const log = /^([^,\s]+:[^,\s]+:\d+)\s*log$/i.exec(words);
  if (log) return { path, log_range: log[1]! };
  if (/^[^,\s]+:[^,\s]+$/.test(words)) return { path, range: words };
  const values = words
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => typed(part, like));
  return { path, values: values as SweepParam['values'] };
}

/** How many values a parameter has, where the text says so plainly; null where only the API can tell. */
export function countOf({ values, range, log_range: log }: SweepParam): number | null {
  if (values) return values.length;
  const [from = NaN, to = NaN, step = 1] = (range ?? '').split(':').map(Number);
  if (log) return Number(log.split(':')[2]) || null;
  if (!Number.isFinite(from) || !Number.isFinite(to) || !(step > 0) || to < from) return null;
  return Math.floor((to - from) / step + 1e-9) + 1;
}

/** A range as the API reads it; what the API would refuse in words of the page. */
function rangeProblem(text: string, isLog: boolean): string | undefined {
  const parts = text.split(':');
  const [from = NaN, to = NaN, last = 1] = parts.map((part) => (part === '' ? NaN : Number(part)));
  const form = isLog ? 'from:to:count log' : 'from:to or from:to:step';
  if (parts.length > 3 || ![from, to, last].every(Number.isFinite)) return `Must be ${form} in numbers, was ${text}.`;
  if (to < from || (isLog && to === from)) return `Must not end before it begins, was ${text}.`;
  if (isLog && from <= 0) return `Must begin above 0, was ${text}.`;
  if (isLog) return last >= 2 ? undefined : `Must give at least 2 values, was ${text}.`;
  return last > 0 ? undefined : `Must have a step above 0, was ${text}.`;
}

/** What is wrong with the values that were typed for a parameter that is `like` this now; undefined where the API can be asked. */
export function valuesProblem({ values, range, log_range: log }: SweepParam, like: ParamValue): string | undefined {
  const wanted = typeof like === 'number' ? 'numbers' : 'true or false';
  const ranged = log ?? range;
  if (ranged !== undefined)
    return typeof like === 'number' ? rangeProblem(ranged, log !== undefined) : `Must be ${wanted}, was ${ranged}.`;
  const strange = values?.find((value) => typeof value !== typeof like);
  if (strange !== undefined) return `Must be ${wanted}, was ${String(strange)}.`;
  const again = values?.find((value, index) => values.indexOf(value) !== index);
  return again === undefined ? undefined : `Must have each value once, has ${String(again)} again.`;
}
