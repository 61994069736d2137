import { paramOf, valuesProblem, type Sweepable, type SweepParam } from './sweep-params';

/** A parameter and its values as they are typed. */
export interface TypedRow {
  /** Stays with the row whatever stands before it. */
  key: number;
  path: string | null;
  text: string;
  /** Once somebody has gone on from it: what is missing is no fault of a row that is being filled in. */
  isLeft: boolean;
}

export type RowField = 'path' | 'values';
export interface RowProblem {
  field: RowField;
  message: string;
  /** Half of it is not there yet, as against wrong. */
  isMissing: boolean;
}

export const emptyRow = (key: number): TypedRow => ({ key, path: null, text: '', isLeft: false });

const valuesIn = (text: string): string => text.replaceAll(/[\s,]/g, '');
export const isEmptyRow = ({ path, text }: TypedRow): boolean => path === null && text.trim() === '';

const likeOf = (path: string, offered: readonly Sweepable[]) =>
  offered.find((entry) => entry.path === path)?.value ?? 0;

function problemOf(row: TypedRow, before: readonly TypedRow[], offered: readonly Sweepable[]): RowProblem | null {
  if (isEmptyRow(row)) return null;
  const { path, text } = row;
  if (path === null) return { field: 'path', message: 'Choose the parameter, or remove this row.', isMissing: true };
  const other = before.findIndex((one) => one.path === path);
  if (other >= 0) return { field: 'path', message: `Parameter ${other + 1} is this one already.`, isMissing: false };
  if (valuesIn(text) === '')
    return { field: 'values', message: 'Give the values to try, or remove this row.', isMissing: true };
  const like = likeOf(path, offered);
  const message = valuesProblem(paramOf(path, text, like), like);
  return message === undefined ? null : { field: 'values', message, isMissing: false };
}

/** What is wrong with each row; nothing is with one that is wholly empty. */
export const rowProblems = (rows: readonly TypedRow[], offered: readonly Sweepable[]): (RowProblem | null)[] =>
  rows.map((row, index) => problemOf(row, rows.slice(0, index), offered));

/** The parameters of the rows that are not empty, in their order. */
export const paramsOf = (rows: readonly TypedRow[], offered: readonly Sweepable[]): SweepParam[] =>
  rows.flatMap(({ path, text }) =>
    path !== null && valuesIn(text) !== '' ? [paramOf(path, text, likeOf(path, offered))] : [],
  );

/** Where one goes on from a row that is removed: to the row that takes its place, otherwise to the one before it. */
export const neighbourOf = (rows: readonly TypedRow[], key: number): number | null => {
  const index = rows.findIndex((row) => row.key === key);
  return (rows[index + 1] ?? rows[index - 1])?.key ?? null;
};
