import { createSeriesMarkers, type ISeriesApi, type Time } from 'lightweight-charts';
import type { ChartPoint } from './bars';
import { CLEAR_AREA, CLEAR_LINE, lonePoints, seconds, withGaps } from './gaps';

/** Of the size that a marker has by itself. */
const DOT = 0.4;

/** Draws points with their gaps; one between two gaps, which no line reaches, is a dot. */
export function setLine(
  series: ISeriesApi<'Line'> | ISeriesApi<'Baseline'>,
  points: readonly ChartPoint[],
  color: string,
) {
  const lone = lonePoints(points);
  const dots = lone.map(({ time }) => ({
    ...{ time: seconds(time), color, size: DOT },
    ...{ position: 'inBar' as const, shape: 'circle' as const },
  }));
  const drawn = series as ISeriesApi<'Line'>;
  drawn.setData(withGaps(points, series.seriesType() === 'Line' ? CLEAR_LINE : CLEAR_AREA));
  if (dots.length > 0) createSeriesMarkers<Time>(drawn, dots);
}
