import { NONE, numberIn, recordIn, when } from '../../reports/figures';
import { html, type Content } from '../../reports/markup';
import type { SpanRow } from '../../reports/pictures';
import type { ValidationReportDto } from './report.response';

/** One span or several. */
export const spanOf = (given: unknown): [string, string][] => {
  const list = Array.isArray(given) ? (given as unknown[]) : [];
  const isSpan = (one: unknown): one is [string, string] =>
    Array.isArray(one) && one.length === 2 && one.every((time) => typeof time === 'string');
  return isSpan(list) ? [list] : list.filter(isSpan);
};
/** Spans of first and last bar, as text. */
export const spansText = (given: unknown): Content =>
  spanOf(given).map(([from, to], i) => html`${i > 0 ? '; ' : null}${when(from)} to ${when(to)}`);

/** Folds or splits, each with what it was fitted and judged on. */
export const rowsOf = (runs: readonly unknown[], name: string): SpanRow[] =>
  runs.map((run, i) => ({
    name: `${name} ${i + 1}`,
    train: spanOf(recordIn(run, 'train')),
    test: spanOf(recordIn(run, 'test')),
  }));

/** A figure, or why there is none. */
export const figureOr = (run: unknown, key: string, text: (value: unknown) => string): string => {
  const value = numberIn(run, key);
  return value === null ? String(recordIn(run, 'reasons')[key] ?? NONE) : text(value);
};

/** Of a gate, of the first policy that has it. */
export const thresholdOf = ({ policies }: ValidationReportDto, gate: string): number | null =>
  policies.flatMap(({ gates }) => gates).find((one) => one.gate === gate)?.threshold ?? null;

export const markAt = (value: number | null): { value: number; name: string } | undefined =>
  value === null ? undefined : { value, name: 'the mean must reach' };
