import { Text } from '@mantine/core';
import { formatPercent, signOfPercent } from '../format/number';

/** A fraction in percent; `change` as of a gain or loss. */
export function Percent({
  fraction,
  change = false,
  digits = 2,
}: {
  fraction: number | null | undefined;
  change?: boolean;
  digits?: number;
}) {
  const sign = change ? signOfPercent(fraction, digits) : 0;
  return (
    <Text span inherit className={`figure ${sign > 0 ? 'gain' : sign < 0 ? 'loss' : ''}`} title={fraction?.toString()}>
      {sign > 0 ? '+' : ''}
      {formatPercent(fraction, digits)}
      {sign !== 0 && <span aria-hidden="true">{sign > 0 ? ' ▲' : ' ▼'}</span>}
    </Text>
  );
}
