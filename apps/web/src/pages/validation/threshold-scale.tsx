import { Stack, Text } from '@mantine/core';
import { usePalette } from '../../charts/palette';
import { shortAnswer } from '../../format/gate-answer';
import { formatNumber } from '../../format/number';
import { GateAnswer } from '../../values/gate-answer';

interface Props {
  title: string;
  /** A probability; null: could not be reckoned. */
  value: number | null;
  threshold: number | null;
  /** On which side of the threshold it passes. */
  good: 'above' | 'below';
  words: string;
}

const WIDTH = 240;
const at = (share: number): number => 6 + Math.max(0, Math.min(1, share)) * (WIDTH - 12);

/** A probability on a line from 0 to 1, with the part that passes and where it was seen. */
export function ThresholdScale({ title, value, threshold, good, words }: Props) {
  const palette = usePalette();
  const edge = threshold ?? 0;
  const [from, to] = good === 'above' ? [edge, 1] : [0, edge];
  const passes = value !== null && (good === 'above' ? value >= edge : value <= edge);
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <svg
        viewBox={`0 0 ${WIDTH} 44`}
        width="100%"
        role="img"
        aria-label={`${title}: ${formatNumber(value)}, threshold ${formatNumber(threshold)}. ${shortAnswer(words)}`}
      >
        <line x1={at(0)} x2={at(1)} y1={24} y2={24} stroke={palette.grid} strokeWidth={8} strokeLinecap="round" />
        {threshold !== null && (
          <>
            <line x1={at(from)} x2={at(to)} y1={24} y2={24} stroke={palette.up} strokeOpacity={0.45} strokeWidth={8} />
            <line x1={at(edge)} x2={at(edge)} y1={16} y2={32} stroke={palette.text} strokeWidth={2} />
          </>
        )}
        {value !== null && (
          <circle
            cx={at(value)}
            cy={24}
            r={6}
            fill={passes ? palette.up : palette.down}
            stroke={palette.surface}
            strokeWidth={2}
          />
        )}
        <text x={at(0)} y={42} fontSize={9} fill={palette.muted}>
          0
        </text>
        <text x={at(1)} y={42} fontSize={9} textAnchor="end" fill={palette.muted}>
          1
        </text>
        {threshold !== null && (
          <text
            x={at(edge)}
            y={11}
            fontSize={9}
            textAnchor={edge > 0.8 ? 'end' : edge < 0.2 ? 'start' : 'middle'}
            fill={palette.muted}
          >
            {good === 'above' ? 'passes from' : 'passes up to'} {formatNumber(threshold)}
          </text>
        )}
      </svg>
      <Text size="sm" className="figure" fw={600}>
        {value === null ? 'Not reckoned' : `${formatNumber(value)} ${passes ? '✓' : '✕'}`}
      </Text>
      <Text size="xs" c="dimmed">
        <GateAnswer words={words} />
      </Text>
    </Stack>
  );
}
