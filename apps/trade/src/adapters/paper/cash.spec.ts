import { Decimal } from '@assay/primitives';
import { costOf, isReduced, signedQty } from './cash';

/** A token with 18 decimals at a price with 10: the product has 31 digits. */
const QTY = '123456.123456789012345678';
const PRICE = '1234.1234567891';
const UNITS = 123456123456789012345678n * 12341234567891n;

const text = (units: bigint, decimals: number): string => {
  const digits = units.toString().padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`.replace(/\.?0+$/, '');
};

describe('what an order of the paper venue costs', () => {
  it('is the exact product, where 20 digits would have rounded it', () => {
    const qty = new Decimal(QTY);
    const cost = costOf({ fee_bps: '0' }, { before: new Decimal(0), after: qty, qty, price: new Decimal(PRICE) });
    expect(cost.toFixed()).toBe(text(UNITS, 28));
    expect(cost.toSignificantDigits(20).equals(cost)).toBe(false);
  });

  it('has the fee on all of the quantity and the value of what is added alone', () => {
    const order = { before: new Decimal(5), after: new Decimal(-2), qty: new Decimal(7), price: new Decimal('10') };
    expect(costOf({ fee_bps: '10' }, order).toFixed()).toBe('0.07');
    expect(costOf({ fee_bps: '10' }, { ...order, before: new Decimal(2), after: new Decimal(9) }).toFixed()).toBe(
      '70.07',
    );
  });
});

describe('what is held', () => {
  it('is less after an order against it that does not turn it round', () => {
    const held = new Decimal('0.3');
    const sold = (qty: string): boolean => isReduced(held, signedQty({ side: 'SELL', qty }));
    expect(['0.1', '0.3', '0.31', '0.7'].map(sold)).toEqual([true, true, false, false]);
    expect(isReduced(held, signedQty({ side: 'BUY', qty: '0.1' }))).toBe(false);
  });
});
