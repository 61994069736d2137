import { Text } from '@mantine/core';
import { formatNumber, formatPlaces } from '../format/number';

interface FigureProps {
  value: number | null | undefined;
  digits?: number;
  /** After the point, for figures that stand below each other; in place of `digits`. */
  places?: number;
}

/** A number with its exact value as the title. */
export function Figure({ value, digits = 4, places }: FigureProps) {
  return (
    <Text span inherit className="figure" title={value?.toString()}>
      {places === undefined ? formatNumber(value, digits) : formatPlaces(value, places)}
    </Text>
  );
}
