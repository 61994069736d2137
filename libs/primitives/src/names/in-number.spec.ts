import { inNumber } from './in-number';

it.each([
  [0, '0 bars move'],
  [1, '1 bar moves'],
  [2, '2 bars move'],
])('%d bars are told in their number', (count, words) => {
  expect(inNumber(count, 'bar moves', 'bars move')).toBe(words);
});
