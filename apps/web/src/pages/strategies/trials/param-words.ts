import { shortNames } from '../../backtests/sweep-params';

/** Values by their path, those of lists and within other values too. */
function flat(value: unknown, path: string): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[path, value === null ? 'none' : String(value)]];
  return Object.entries(value).flatMap(([key, child]) => flat(child, path === '' ? key : `${path}.${key}`));
}

/** What a trial was tried with, by the shortest names that tell it apart: `fee bps 5, value 0.1`. */
export function paramWords(params: Readonly<Record<string, unknown>>): string {
  const values = flat(params, '');
  const names = shortNames(values.map(([path]) => path));
  return values.map(([path, value]) => `${names.get(path) ?? path} ${value}`).join(', ');
}
