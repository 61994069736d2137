import { usePalette } from '../../charts/palette';
import type { LuckRow } from './robustness-rows';

interface Props extends Pick<LuckRow, 'observed' | 'quantiles'> {
  label: string;
  text: (value: number | null) => string;
}

const WIDTH = 220;
const MIDDLE = 12;

/** Where the run stands among its draws: 90 % of them on the line, half of them in the box, their middle as a stroke, the run as a dot. */
export function DrawnRange({ label, observed, quantiles, text }: Props) {
  const palette = usePalette();
  if (quantiles === null) return null;
  const [lower5, lower25, median, upper75, upper95] = quantiles;
  const values = observed === null ? quantiles : [...quantiles, observed];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const at = (value: number): number => 8 + ((value - least) / (most - least || 1)) * (WIDTH - 16);
  const words = `${label}: the run ${text(observed)}, half of the draws ${text(lower25)} to ${text(upper75)}, 90 % of them ${text(lower5)} to ${text(upper95)}`;
  return (
    <svg viewBox={`0 0 ${WIDTH} 24`} width={WIDTH} height={24} role="img" aria-label={words}>
      <line x1={at(lower5)} x2={at(upper95)} y1={MIDDLE} y2={MIDDLE} stroke={palette.muted} strokeWidth={2} />
      <rect
        x={at(lower25)}
        width={Math.max(at(upper75) - at(lower25), 1)}
        y={MIDDLE - 6}
        height={12}
        fill={palette.grid}
        stroke={palette.muted}
      />
      <line x1={at(median)} x2={at(median)} y1={MIDDLE - 6} y2={MIDDLE + 6} stroke={palette.text} strokeWidth={2} />
      {observed !== null && (
        <circle cx={at(observed)} cy={MIDDLE} r={5} fill={palette.series[0]} stroke={palette.surface} strokeWidth={2} />
      )}
    </svg>
  );
}
