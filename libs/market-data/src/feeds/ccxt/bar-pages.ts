/** Open time, open, high, low, close, volume, as ccxt gives them. */
export type Row = [number, number, number, number, number, number];

export interface PageRange {
  /** First open time and the one that is no longer asked for, whole steps of UTC time. */
  fromMs: number;
  toMs: number;
  stepMs: number;
  /** Bars that one request may ask for. */
  size: number;
}

/** Bars that open in [sinceMs, untilMs), or what the exchange takes for that. */
export type FetchRows = (sinceMs: number, untilMs: number) => Promise<readonly Row[]>;

/**
 * Every bar of a range once, oldest first, in pieces: exchanges give fewer bars than they are asked for, from either end of the window,
 * unsorted, repeated or with others beside them. Only an empty window says that there is none in it, so what a piece leaves open at its
 * front is asked for again, and the next one begins right after its last bar.
 */
export async function* barPages(fetch: FetchRows, range: PageRange): AsyncGenerator<Row[]> {
  const { toMs, stepMs, size } = range;
  for (let since = range.fromMs; since < toMs;) {
    const until = Math.min(since + size * stepMs, toMs);
    const rows = distinct(await fetch(since, until), since, until);
    if (rows.length > 0 && rows[0][0] > since) yield* barPages(fetch, { ...range, fromMs: since, toMs: rows[0][0] });
    yield rows;
    since = rows.length === 0 ? until : rows[rows.length - 1][0] + stepMs;
  }
}

function distinct(page: readonly Row[], since: number, until: number): Row[] {
  const inside = page.filter(([time]) => time >= since && time < until).sort((a, b) => a[0] - b[0]);
  return inside.filter(([time], i) => i === 0 || time > inside[i - 1][0]);
}
