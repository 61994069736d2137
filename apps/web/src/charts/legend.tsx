import { Group, Text } from '@mantine/core';
import { usePalette } from './palette';

const DASHES = ['', '6 4', '2 3', '10 5'];

/** Names of lines with their colour and dash, in the order in which charts give them out. */
export function Legend({ entries }: { entries: readonly string[] }) {
  const { series } = usePalette();
  return (
    <Group gap="md">
      {entries.map((name, index) => (
        <Group key={name} gap={6}>
          <svg width="26" height="8" aria-hidden="true">
            <line
              x1="1"
              y1="4"
              x2="25"
              y2="4"
              stroke={series[index % series.length]}
              strokeWidth="2.5"
              strokeDasharray={DASHES[index % DASHES.length]}
            />
          </svg>
          <Text size="xs">{name}</Text>
        </Group>
      ))}
    </Group>
  );
}
