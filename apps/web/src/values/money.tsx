import { Text } from '@mantine/core';
import { signOf } from '../format/decimal';
import { formatMoney } from '../format/number';

interface Props {
  amount: string | null | undefined;
  currency?: string | null;
  /** A gain or loss: with its sign, an arrow and a colour. */
  change?: boolean;
  places?: number;
}

/** An amount from its exact text; the title shows all its digits. */
export function Money({ amount, currency, change = false, places = 2 }: Props) {
  const sign = change && amount ? signOf(amount) : 0;
  const text = formatMoney(amount, currency, places);
  return (
    <Text span inherit className={`figure ${sign > 0 ? 'gain' : sign < 0 ? 'loss' : ''}`} title={amount ?? undefined}>
      {sign > 0 ? `+${text}` : text}
      {sign !== 0 && <span aria-hidden="true">{sign > 0 ? ' ▲' : ' ▼'}</span>}
    </Text>
  );
}
