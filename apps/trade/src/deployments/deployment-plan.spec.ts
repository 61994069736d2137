import { provenSource } from './deployment-plan';

const at = (source: string, symbol: string, timeframe: string) => ({ source, symbol, timeframe, synthetic: false });

it.each([
  ['the one of the symbol and timeframe', { series: [at('a', 'SPX', '1h'), at('b', 'SPX', '1d')] }, 'b'],
  ['none where the evidence is of another symbol', { series: [at('a', 'AAPL', '1d')] }, undefined],
  ['none without evidence', undefined, undefined],
])('the source that was proven: %s', (_, evidence, expected) => {
  expect(provenSource(evidence, { dataSymbol: 'SPX', timeframe: '1d' })).toBe(expected);
});
