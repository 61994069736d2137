import type { JudgedRecord } from './judged-record';
import { summarise, type ReturnSummary } from './return-summary';

/** Completes `undefined because`. */
function whyNoSharpe(returns: Float64Array): string {
  if (returns.length < 2) return `it has ${returns.length} of the 2 returns that a Sharpe ratio needs`;
  if (returns.some((r) => !Number.isFinite(r))) return 'a return is not finite';
  return returns.every((r) => r === 0) ? 'no position is held in it' : 'its returns do not vary';
}

/** `fold 1`, `folds 1 and 3`, `folds 1, 3 to 7 and 9`: ascending numbers, three or more in a row as a range. */
export function placesText(what: string, places: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const place of places) {
    const run = runs.at(-1);
    if (run && place === run[1] + 1) run[1] = place;
    else runs.push([place, place]);
  }
  const parts = runs.flatMap(([first, last]) => {
    if (last - first >= 2) return [`${first} to ${last}`];
    return first === last ? [`${first}`] : [`${first}`, `${last}`];
  });
  const end = parts.pop()!;
  const list = parts.length === 0 ? end : `${parts.join(', ')} and ${end}`;
  return `${what}${places.length === 1 ? '' : 's'} ${list}`;
}

/** Places from 1 where there is no value. */
export function placesWithout(what: string, values: readonly (number | null)[]): string | null {
  const places = values.flatMap((value, i) => (value === null ? [i + 1] : []));
  return places.length === 0 ? null : placesText(what, places);
}

export interface DefinedMean {
  /** Over the defined values; null when there is none. */
  mean: number | null;
  /** How many are defined. */
  defined: number;
}

/** A gap is not a zero: what is undefined is left out, and counted. */
export function definedMean(values: readonly (number | null)[]): DefinedMean {
  const defined = values.filter((value) => value !== null);
  const sum = defined.reduce((total, value) => total + value, 0);
  return { mean: defined.length === 0 ? null : sum / defined.length, defined: defined.length };
}

/** The reason under `key`, where a mean is null or rests on some of the values only. */
export function partialMean(
  key: string,
  place: string,
  what: string,
  values: readonly (number | null)[],
): Record<string, string> {
  const places = placesWithout(place, values);
  if (places === null) return {};
  const { defined } = definedMean(values);
  const missing = `the ${what} of ${places} is undefined`;
  return { [key]: defined === 0 ? missing : `over ${defined} of ${values.length} ${place}s: ${missing}` };
}

/** The figures of returns, with the reason of each that is undefined: `sharpe`, `return`, `max_drawdown`. */
export function explained(
  returns: Float64Array,
  { periodsPerYear }: Pick<JudgedRecord, 'periodsPerYear'>,
): ReturnSummary & { reasons: Record<string, string> } {
  const figures = summarise(returns, periodsPerYear);
  const { sharpe, totalReturn, maxDrawdown } = figures;
  const named = { sharpe, return: totalReturn, max_drawdown: maxDrawdown };
  const missing = Object.entries(named).filter(([, value]) => value === null);
  return { ...figures, reasons: Object.fromEntries(missing.map(([name]) => [name, whyNoSharpe(returns)])) };
}

/** The same reasons under names of the wire. */
export const prefixed = (prefix: string, reasons: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(reasons).map(([name, why]) => [prefix + name, why]));
