import { plural } from './words';

it.each([
  [0, '0 bars'],
  [1, '1 bar'],
  [5105, '5,105 bars'],
])('%d is told in the number of its noun', (count, words) => {
  expect(plural(count, 'bar')).toBe(words);
});
