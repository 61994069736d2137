import { Decimal, toWire } from '@assay/primitives';
import { roundToLot } from './quantity';

it('rounds towards zero, exactly', () => {
  expect(toWire(roundToLot(new Decimal('0.3'), new Decimal('0.1')))).toBe('0.3');
  expect(toWire(roundToLot(new Decimal('-7'), new Decimal('2')))).toBe('-6');
  expect(toWire(roundToLot(new Decimal('-0.5'), new Decimal('1')))).toBe('0');
  expect(() => roundToLot(new Decimal(1), new Decimal(0))).toThrow('lot must be greater than 0, was 0');
  expect(toWire(new Decimal('1e-18'))).toBe('0.000000000000000001');
});
