import { extraOf, STANDARD_COLUMNS, type BarColumns } from '@assay/domain';

/** Pieces of one series, one after the other; there must be at least one. */
export function joinBars(pieces: readonly BarColumns[]): BarColumns {
  if (pieces.length === 1) return pieces[0];
  const names = [...new Set(pieces.flatMap(({ extra }) => Object.keys(extra)))];
  const missing = ({ openTimeMs }: BarColumns): Float64Array => new Float64Array(openTimeMs.length).fill(NaN);
  const joined = (of: (piece: BarColumns) => Float64Array): Float64Array => {
    const columns = pieces.map(of);
    const all = new Float64Array(columns.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const column of columns) {
      all.set(column, at);
      at += column.length;
    }
    return all;
  };
  const columns = STANDARD_COLUMNS.map((name) => [name, joined((piece) => piece[name])] as const);
  return {
    ...pieces[0],
    openTimeMs: joined((piece) => piece.openTimeMs),
    ...(Object.fromEntries(columns) as Pick<BarColumns, (typeof STANDARD_COLUMNS)[number]>),
    extra: Object.fromEntries(names.map((name) => [name, joined((piece) => extraOf(piece, name) ?? missing(piece))])),
  };
}

/** Pieces that may overlap as one, oldest first; where two have the same bar, that of the later piece counts. */
export function mergeBars(pieces: readonly BarColumns[]): BarColumns {
  const all = joinBars(pieces);
  const times = all.openTimeMs;
  if (times.every((time, i) => i === 0 || time > times[i - 1])) return all;
  const order = Array.from(times.keys()).sort((a, b) => times[a] - times[b] || a - b);
  const kept = order.filter((at, i) => i === order.length - 1 || times[order[i + 1]] !== times[at]);
  return pickBars(all, kept);
}

/** The bars at the given places, in their order. */
export function pickBars(bars: BarColumns, places: readonly number[]): BarColumns {
  const picked = (column: Float64Array): Float64Array => Float64Array.from(places, (at) => column[at]);
  const columns = STANDARD_COLUMNS.map((name) => [name, picked(bars[name])] as const);
  return {
    ...bars,
    openTimeMs: picked(bars.openTimeMs),
    ...(Object.fromEntries(columns) as Pick<BarColumns, (typeof STANDARD_COLUMNS)[number]>),
    extra: Object.fromEntries(Object.entries(bars.extra).map(([name, column]) => [name, picked(column)])),
  };
}
