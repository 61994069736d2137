import { sampleVenue } from '../../test/order-desk';
import { limitPrice } from './limit-price';

const venue = (paper: boolean) => {
  const facts = sampleVenue();
  return { ...facts, capabilities: { ...facts.capabilities, paper } };
};

it.each([
  [1, 100.2345, '100.23'],
  [-1, 100.2345, '100.24'],
  [1, 100.23, '100.23'],
  [-1, 100.23, '100.23'],
  // 12 less one per cent, as a double
  [1, 12 * 0.99, '11.88'],
  [-1, 0.1 + 0.2, '0.3'],
] as const)('a limit for side %d at %d goes to a live venue at %s', (side, level, expected) => {
  expect(limitPrice({ side, level }, { price: String(level) }, venue(false))).toBe(expected);
});

it('at the paper venue it is the level itself, and the seen price where that equals it but for rounding', () => {
  const level = 100.2345;
  expect(limitPrice({ side: 1, level }, { price: '99' }, venue(true))).toBe('100.2345');
  expect(limitPrice({ side: 1, level }, { price: '100.23450000000001' }, venue(true))).toBe('100.23450000000001');
  expect(limitPrice({ side: -1, level }, { price: '101' }, venue(true))).toBe('100.2345');
});
