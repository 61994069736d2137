import type { UTCTimestamp } from 'lightweight-charts';
import type { ChartPoint } from './bars';

const CLEAR = 'transparent';
export const CLEAR_LINE = { color: CLEAR } as const;
export const CLEAR_AREA = {
  ...{ topLineColor: CLEAR, topFillColor1: CLEAR, topFillColor2: CLEAR },
  ...{ bottomLineColor: CLEAR, bottomFillColor1: CLEAR, bottomFillColor2: CLEAR },
} as const;

export const seconds = (ms: number): UTCTimestamp => (ms / 1000) as UTCTimestamp;

type Drawn<Look> = { time: UTCTimestamp; value?: number } & Partial<Look>;

/**
 * Points as the chart takes them, with a gap where there is no value: the chart alone would draw a line from the last point before a gap to
 * the first behind it, where nothing was. The look of a point is that of the line which leaves it, so the last one before a gap is `clear`.
 */
export const withGaps = <Look extends object>(points: readonly ChartPoint[], clear: Look): Drawn<Look>[] =>
  points.map(({ time, value }, index): Drawn<Look> => {
    if (value === null) return { time: seconds(time) } as Drawn<Look>;
    const drawn = { time: seconds(time), value } as Drawn<Look>;
    return points[index + 1]?.value === null ? { ...drawn, ...clear } : drawn;
  });

/** Points between two gaps, or a gap and an end: no line leads to them or away, so that each is to be marked. */
export const lonePoints = (points: readonly ChartPoint[]): ChartPoint[] =>
  points.filter(
    ({ value }, index) =>
      value !== null && (points[index - 1]?.value ?? null) === null && (points[index + 1]?.value ?? null) === null,
  );
