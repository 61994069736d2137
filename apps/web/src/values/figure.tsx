import { Text } from '@mantine/core';
import { formatNumber } from '../format/number';

/** A number with its exact value as the title. */
export function Figure({ value, digits = 4 }: { value: number | null | undefined; digits?: number }) {
  return (
    <Text span inherit className="figure" title={value?.toString()}>
      {formatNumber(value, digits)}
    </Text>
  );
}
