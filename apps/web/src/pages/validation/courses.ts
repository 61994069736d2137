import type { FanData } from '../../charts/fan';
import { listIn, recordIn } from './spans';

/** The equity of every CPCV path over the same bars. null where the run was made before the API kept them. */
export function fanOf(result: Record<string, unknown>): FanData | null {
  const courses = recordIn(result, 'courses');
  const times = listIn(courses, 'times').map((time) => String(time).slice(0, 10));
  const equity = listIn(courses, 'equity');
  if (times.length === 0 || equity.length === 0) return null;
  return {
    times,
    paths: equity.map((values, index) => ({
      name: `Path ${index + 1}`,
      values: Array.isArray(values)
        ? values.map((value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : null))
        : [],
    })),
    valueName: 'Equity',
  };
}

/** Defined figures of runs, for their distribution. */
export const figuresOf = (runs: readonly unknown[], key: string): number[] =>
  runs
    .map((run) => (run as Record<string, unknown> | null)?.[key])
    .filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
