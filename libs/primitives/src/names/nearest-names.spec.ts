import { nearestNames } from './nearest-names';

describe('nearestNames', () => {
  const KNOWN = [
    'rsi',
    'rsi_cutler',
    'sma',
    'ema',
    'volatility_regime.percentile',
    'volatility_regime.regime',
    'macd.signal',
  ];

  it.each([
    ['RSI', ['rsi', 'rsi_cutler']],
    ['rsii', ['rsi']],
    ['volatility_regime', ['volatility_regime.percentile', 'volatility_regime.regime']],
    ['signal', ['macd.signal']],
    ['sma', ['sma', 'ema']],
    ['supertrend', []],
    ['x', []],
    ['', []],
  ])('%s is near %j', (name, near) => expect(nearestNames(name, KNOWN)).toEqual(near));

  it('names three at most, the nearest first', () => {
    expect(nearestNames('abcdef', ['abcxyf', 'abcdex', 'abcdef_1', 'abcdeg', 'ABCDEF'])).toEqual([
      'ABCDEF',
      'abcdef_1',
      'abcdex',
    ]);
  });
});
