import { usePalette } from '../../../charts/palette';
import { ChartFrame } from '../../../charts/chart-frame';
import { formatCount, formatNumber } from '../../../format/number';
import type { Effective } from './queries';
import { placeOf } from './range-places';

const WIDTH = 480;
const at = (share: number): number => 10 + share * (WIDTH - 20);

/** The effective number of trials on a line from one to all that count. */
export function RangePicture({ effective, counted }: { effective: Effective; counted: number }) {
  const palette = usePalette();
  const { range, correlation_adjusted: adjusted, clustered, declared_outside: outside } = effective;
  if (!range) return null;
  const [low, high] = [range[0]!, range[1]!];
  const x = (trials: number): number => at(placeOf(trials, counted));
  const label = 'Effective number of trials';
  const text = `${formatNumber(low)} to ${formatNumber(high)} of ${formatCount(counted)}`;
  return (
    <ChartFrame
      label={label}
      note="By ratio: from one idea, tried again and again, on the left to every trial an idea of its own on the right."
      table={() => ({
        columns: ['What', 'Trials'],
        rows: [
          ['Trials that count', formatCount(counted)],
          ['By mean correlation, declared ones added', formatNumber(adjusted === null ? null : adjusted + outside)],
          [
            'By clusters of like ones, declared ones added',
            formatNumber(clustered === null ? null : clustered + outside),
          ],
        ],
      })}
    >
      <svg
        viewBox={`0 0 ${WIDTH} 56`}
        width="100%"
        style={{ maxWidth: WIDTH }}
        role="img"
        aria-label={`${label}: ${text}`}
      >
        <line x1={at(0)} x2={at(1)} y1={26} y2={26} stroke={palette.grid} strokeWidth={10} strokeLinecap="round" />
        <line
          x1={x(low)}
          x2={Math.max(x(high), x(low) + 1)}
          y1={26}
          y2={26}
          stroke={palette.series[0]}
          strokeWidth={10}
          strokeLinecap="round"
        />
        <text x={(x(low) + x(high)) / 2} y={14} fontSize={11} textAnchor="middle" fill={palette.text}>
          {text}
        </text>
        <text x={at(0)} y={50} fontSize={10} fill={palette.muted}>
          1
        </text>
        <text x={at(1)} y={50} fontSize={10} textAnchor="end" fill={palette.muted}>
          {formatCount(counted)}
        </text>
      </svg>
    </ChartFrame>
  );
}
