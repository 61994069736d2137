import { Group, Stack, Text } from '@mantine/core';
import { usePalette } from '../../charts/palette';
import { formatTime } from '../../format/time';
import type { Row } from './spans';

interface Props {
  label: string;
  rows: readonly Row[];
  from: number;
  to: number;
}

const LEFT = 60;
const WIDTH = 720;
const HEIGHT = 18;

/** On which time each fold was fitted, and on which it was judged. The same stands in the table. */
export function SpansPicture({ label, rows, from, to }: Props) {
  const palette = usePalette();
  const at = (time: number) => LEFT + ((time - from) / Math.max(1, to - from)) * (WIDTH - LEFT - 4);
  const date = (time: number) => formatTime(time, { zone: 'UTC', detail: 'date' });
  return (
    <Stack gap={4} component="figure" m={0}>
      <Group gap="md">
        <Text size="xs" c="dimmed">
          <svg width="18" height="8" aria-hidden="true">
            <rect width="18" height="8" fill={palette.grid} />
          </svg>{' '}
          Fitted on
        </Text>
        <Text size="xs" c="dimmed">
          <svg width="18" height="8" aria-hidden="true">
            <rect width="18" height="8" fill={palette.series[0]} />
          </svg>{' '}
          Judged on
        </Text>
      </Group>
      <svg viewBox={`0 0 ${WIDTH} ${rows.length * HEIGHT + 16}`} width="100%" role="img" aria-label={label}>
        {rows.map(({ name, train, test }, index) => (
          <g key={name}>
            <text x={0} y={index * HEIGHT + 12} fontSize={10} fill={palette.muted}>
              {name}
            </text>
            {train.map(([start, end]) => (
              <rect
                key={start}
                x={at(start)}
                y={index * HEIGHT + 3}
                width={Math.max(1, at(end) - at(start))}
                height={HEIGHT - 6}
                fill={palette.grid}
              />
            ))}
            {test.map(([start, end]) => (
              <rect
                key={start}
                x={at(start)}
                y={index * HEIGHT + 3}
                width={Math.max(1, at(end) - at(start))}
                height={HEIGHT - 6}
                fill={palette.series[0]}
              />
            ))}
          </g>
        ))}
        <text x={LEFT} y={rows.length * HEIGHT + 12} fontSize={10} fill={palette.muted}>
          {date(from)}
        </text>
        <text x={WIDTH} y={rows.length * HEIGHT + 12} fontSize={10} textAnchor="end" fill={palette.muted}>
          {date(to)}
        </text>
      </svg>
    </Stack>
  );
}
