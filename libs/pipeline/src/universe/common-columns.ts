import type { BarColumns } from '@assay/domain';

/** Names of the extra columns that all series have: the features of a universe read each symbol's own bars. */
export function commonColumns(series: readonly Pick<BarColumns, 'extra'>[]): string[] {
  const [first, ...others] = series;
  return Object.keys(first?.extra ?? {}).filter((name) => others.every(({ extra }) => Object.hasOwn(extra, name)));
}
