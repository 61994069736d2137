import { Text } from '@mantine/core';
import { roundDecimal, signOf } from '../format/decimal';
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
  // what rounds to nothing is shown as neither gain nor loss
  const sign = change && amount ? signOf(roundDecimal(amount, places)) : 0;
  const text = formatMoney(amount, currency, places);
  return (
    <Text span inherit className={`figure ${sign > 0 ? 'gain' : sign < 0 ? 'loss' : ''}`} title={amount ?? undefined}>
      {sign > 0 ? `+${text}` : text}
      {sign !== 0 && <span aria-hidden="true">{sign > 0 ? ' ▲' : ' ▼'}</span>}
    </Text>
  );
}
