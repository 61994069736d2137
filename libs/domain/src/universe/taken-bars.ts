import { extraOf, type BarColumns } from '../ports';

/** Why a time is no bar of the panel: outside of a session, or a session at which no member has a bar. */
export const NO_SESSION = -1;
export const NOBODY = -2;

/** The bars of a series that are bars of the panel, and which. */
export interface TakenBars {
  series: BarColumns;
  bars: Int32Array;
  outsideSessions: number;
}

/**
 * @param times that include the series' own
 * @param barOf the panel's bar of each time; negative where it is none
 */
export function takenBars(series: BarColumns, times: Float64Array, barOf: Int32Array): TakenBars {
  const { openTimeMs, close } = series;
  const bars = new Int32Array(openTimeMs.length);
  const from = new Int32Array(openTimeMs.length);
  let count = 0;
  let outsideSessions = 0;
  for (let k = 0, at = 0; k < openTimeMs.length; k++, at++) {
    while (times[at] !== openTimeMs[k]) at++;
    const bar = barOf[at];
    if (bar === NO_SESSION) outsideSessions += 1;
    if (bar < 0 || close[k] !== close[k]) continue;
    bars[count] = bar;
    from[count++] = k;
  }
  if (count === openTimeMs.length) return { series, bars, outsideSessions };
  const pick = (column: Float64Array): Float64Array => {
    const picked = new Float64Array(count);
    for (let k = 0; k < count; k++) picked[k] = column[from[k]];
    return picked;
  };
  const { open, high, low, volume, extra } = series;
  const names = Object.keys(extra);
  return {
    series: {
      ...series,
      openTimeMs: pick(openTimeMs),
      open: pick(open),
      high: pick(high),
      low: pick(low),
      close: pick(close),
      volume: pick(volume),
      extra: Object.fromEntries(names.map((name) => [name, pick(extraOf(series, name)!)])),
    },
    bars: bars.slice(0, count),
    outsideSessions,
  };
}
