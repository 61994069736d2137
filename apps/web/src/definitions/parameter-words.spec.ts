import { parameterWords } from './parameter-words';

const rule = { field: 'close', operator: '>', value: { field: 'sma_50' } };
const tree = {
  groups: [
    { action: 'BUY', combinator: 'AND', rules: [rule, { field: 'rsi_14', operator: '<', value: 30 }] },
    { action: 'SELL', combinator: 'AND', rules: [{ field: 'close', operator: 'crosses_below', value: 12.5 }] },
  ],
};

it('says a value that was tried', () => {
  expect(parameterWords(0.0001)).toBe('0.0001');
  expect(parameterWords(1234567)).toBe('1,234,567');
  expect(parameterWords('long_only')).toBe('Long only');
  expect(['sma_20', '2015-01-01', 'US.WEAT'].map((text) => parameterWords(text))).toEqual([
    'sma_20',
    '2015-01-01',
    'US.WEAT',
  ]);
  expect(parameterWords(true)).toBe('true');
  expect(parameterWords(null)).toBe('null');
});

it('says rules as sentences, by the position mode of their cell', () => {
  const buy = 'Buy when close is above sma_50 and rsi_14 is below 30.';
  expect(parameterWords(tree, 'long_only')).toBe(`${buy} Sell what is held when close crosses below 12.5.`);
  expect(parameterWords(tree, 'long_short')).toBe(`${buy} Sell when close crosses below 12.5.`);
  expect(parameterWords({ percent: 5 })).toBe('{"percent":5}');
});
