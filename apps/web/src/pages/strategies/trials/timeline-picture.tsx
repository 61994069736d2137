import { ChartFrame } from '../../../charts/chart-frame';
import { usePalette } from '../../../charts/palette';
import { formatCount } from '../../../format/number';
import { plural } from '../../../format/words';
import type { Ledger } from './queries';

const WIDTH = 480;
const HEIGHT = 90;

/** How many trials there were up to each day; nothing where all were made on one, which is no course. */
export function TimelinePicture({ timeline }: { timeline: Ledger['timeline'] }) {
  const palette = usePalette();
  if (timeline.length < 2) return null;
  const [first, last] = [Date.parse(timeline[0]!.day), Date.parse(timeline.at(-1)!.day)];
  const most = timeline.at(-1)!.total;
  const x = (day: string): number => 10 + ((Date.parse(day) - first) / (last - first)) * (WIDTH - 20);
  const y = (total: number): number => HEIGHT - 18 - (total / most) * (HEIGHT - 34);
  const points = timeline.map(({ day, total }) => ({ x: x(day), y: y(total), day, total }));
  const path = points.map((point, i) => (i === 0 ? `M${point.x},${point.y}` : `H${point.x}V${point.y}`)).join('');
  const label = 'Trials over time';
  return (
    <ChartFrame
      label={label}
      table={() => ({
        columns: ['Day', 'New trials', 'In all'],
        rows: timeline.map(({ day, trials, total }) => [day, formatCount(trials), formatCount(total)]),
      })}
    >
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        width="100%"
        style={{ maxWidth: WIDTH }}
        role="img"
        aria-label={`${label}: ${plural(most, 'trial')} from ${timeline[0]!.day} to ${timeline.at(-1)!.day}`}
      >
        <path d={path} fill="none" stroke={palette.series[0]} strokeWidth={2} />
        {points.map((point) => (
          <circle key={point.day} cx={point.x} cy={point.y} r={3} fill={palette.series[0]}>
            <title>{`${point.day}: ${formatCount(point.total)}`}</title>
          </circle>
        ))}
        <text x={10} y={HEIGHT - 3} fontSize={10} fill={palette.muted}>
          {timeline[0]!.day}
        </text>
        <text x={WIDTH - 10} y={HEIGHT - 3} fontSize={10} textAnchor="end" fill={palette.muted}>
          {timeline.at(-1)!.day}
        </text>
      </svg>
    </ChartFrame>
  );
}
