import { metricText, numberIn } from './metric-text';

describe('metricText', () => {
  it.each([
    [0.25, 'fraction', '25.00 %'],
    [0.031, 'fraction per year', '3.10 %'],
    [714, 'bars', '714'],
    [0.3919, 'ratio', '0.3919'],
    [null, 'ratio', '–'],
    [undefined, 'fraction', '–'],
  ])('%s as %s is %s', (value, unit, text) => expect(metricText(value, unit)).toBe(text));
});

it('takes numbers alone', () => {
  expect([numberIn({ a: 1 }, 'a'), numberIn({ a: '1' }, 'a'), numberIn(null, 'a'), numberIn({ a: NaN }, 'a')]).toEqual([
    1,
    null,
    null,
    null,
  ]);
});
