import type { ChartSeries } from '../../charts/series-canvas';
import { listIn, numberIn, recordIn, spanOf } from './spans';

/** A fold of a walk-forward that chooses parameters anew. */
export type ChosenFold = Record<string, unknown> & { number: number };

export const chosenFolds = (result: Record<string, unknown>): ChosenFold[] =>
  listIn(result, 'folds').map((fold, index) => ({ ...(fold as object), number: index + 1 }) as ChosenFold);

/** How one parameter moved over the folds: each chosen value, and where on the way from its lowest to its highest it lies. */
export interface Track {
  path: string;
  /** Null in a fold without a choice. */
  values: (string | null)[];
  /** From 0 to 1; null without a value. Values without an order take places in the order in which they came. */
  places: (number | null)[];
  distinct: number;
  meanStep: number | null;
}

/** The tracks of all parameters, in the order of the request. */
export function tracksOf(result: Record<string, unknown>): Track[] {
  return listIn(recordIn(result, 'stability'), 'parameters').map((parameter) => {
    const chosen = listIn(parameter, 'values');
    const different = [...new Set(chosen.filter((value) => value !== null))];
    const numbers = different.filter((value): value is number => typeof value === 'number');
    const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
    const isOrdered = numbers.length === different.length;
    const placeOf = (value: unknown): number | null => {
      if (value === null) return null;
      if (different.length < 2) return 0.5;
      return isOrdered ? ((value as number) - low) / (high - low) : different.indexOf(value) / (different.length - 1);
    };
    return {
      path: String((parameter as Record<string, unknown>).path),
      values: chosen.map((value) => (value === null ? null : String(value))),
      places: chosen.map(placeOf),
      distinct: numberIn(parameter, 'distinct') ?? 0,
      meanStep: numberIn(parameter, 'mean_step'),
    };
  });
}

/** Equity of what was chosen, beside buy and hold of the same bars. null without a course. */
export function stitchedCourses(result: Record<string, unknown>): ChartSeries[] | null {
  const course = recordIn(recordIn(result, 'stitched'), 'course');
  const times = listIn(course, 'times').map((time) => Date.parse(String(time)));
  if (times.length === 0) return null;
  const line = (name: string, key: string): ChartSeries => {
    const values = listIn(course, key);
    return {
      name,
      points: times.map((time, i) => ({ time, value: typeof values[i] === 'number' ? values[i] : null })),
    };
  };
  return [line('Chosen in each fold', 'strategy'), line('Buy and hold', 'buy_and_hold')];
}

/** The same with a bar where a test window begins: 1 there, nothing elsewhere. A fold that begins between two kept bars begins at the later. */
export function foldBounds(result: Record<string, unknown>): ChartSeries | null {
  const times = listIn(recordIn(recordIn(result, 'stitched'), 'course'), 'times').map((time) =>
    Date.parse(String(time)),
  );
  const begins = chosenFolds(result).flatMap(({ test }) => spanOf(test)?.[0] ?? []);
  const marked = new Set(begins.map((begin) => times.find((time) => time >= begin)));
  if (times.length === 0 || begins.length === 0) return null;
  return {
    ...{ name: 'A fold begins', kind: 'bars', pane: 1 },
    points: times.map((time) => ({ time, value: marked.has(time) ? 1 : null })),
  };
}
