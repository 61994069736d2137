import type { Operator } from '../../../definitions/rule-tree';
import { describeRecipe } from './document-words';
import type { Recipe } from './recipe';
import { groupWords } from '../../../definitions/rule-tree-words';
import { substrategyWords } from './rule-words';

const sub = { id: 1, window: 20, signal: 1, data_column: 'v' };

describe('a strategy in words', () => {
  it.each([
    [
      'get_sma',
      'momentum_band_signal_long_only',
      0,
      'Long while the close is above its 20-bar average; out otherwise.',
    ],
    [
      'get_ema',
      'reversion_band_signal',
      0.02,
      'Long while the close is more than 2 % below its 20-bar exponential average; short while the close is more than 2 % above its 20-bar exponential average; out in between.',
    ],
    [
      'get_bollinger_band',
      'momentum_band_signal_long_only',
      1.5,
      'Long while the close is more than 1.5 standard deviations above its 20-bar mean; out otherwise.',
    ],
    // 30 and 70 name the same pair of lines, and a band function on an oscillator means the bounded one
    [
      'get_rsi',
      'reversion_band_signal_long_only',
      30,
      'Long while the 20-bar RSI of close is below 30; out otherwise.',
    ],
    [
      'get_rsi',
      'reversion_bounded_signal_long_only',
      70,
      'Long while the 20-bar RSI of close is below 30; out otherwise.',
    ],
    [
      'get_stochastic_oscillator',
      'momentum_bounded_signal',
      80,
      'Long while the 20-bar stochastic oscillator is above 80; short while the 20-bar stochastic oscillator is below 20; out in between.',
    ],
  ])('%s with %s at %d', (indicator, signal_func, signal, words) => {
    expect(substrategyWords({ ...sub, indicator, signal_func, signal })).toBe(words);
  });

  it('an average of a column that is no price is compared as it stands', () => {
    const words = substrategyWords({
      ...sub,
      indicator: 'get_sma',
      signal_func: 'momentum_band_signal_long_only',
      data_column: 'factor',
    });
    expect(words).toBe('Long while the 20-bar average of factor is above 1; out otherwise.');
  });

  it('a rule tree group by group, branches in brackets', () => {
    const leaf = (field: string, operator: Operator, value: number | { field: string }) => ({ field, operator, value });
    const words = groupWords(
      [
        {
          action: 'BUY',
          combinator: 'AND',
          rules: [
            leaf('close', 'crosses_above', { field: 'sma_200' }),
            { combinator: 'OR', rules: [leaf('rsi_14', '<', 30), leaf('rsi_2', '<=', 10)] },
          ],
        },
        { action: 'SELL', combinator: 'AND', rules: [leaf('close', '<', { field: 'sma_200' })] },
      ],
      'long_only',
    );
    expect(words).toEqual([
      'Buy when close crosses above sma_200 and (rsi_14 is below 30 or rsi_2 is at most 10).',
      'Sell what is held when close is below sma_200.',
    ]);
  });

  it('says size, stops and costs, and that there are none', () => {
    const recipe: Recipe = {
      kind: 'substrategies',
      universe: ['AAPL'],
      timeframe: '1d',
      document: {
        conjunction: 'AND',
        substrategies: [{ ...sub, indicator: 'get_sma', signal_func: 'momentum_band_signal_long_only' }],
      },
      config: { sizing: { kind: 'fixed' }, costs: { fee_bps: 5, slippage_bps: 0 }, fill: 'next_open' },
    };
    const told = (changed: Recipe) =>
      Object.fromEntries(describeRecipe(changed, 'vendor').map(({ label, sentences }) => [label, sentences.join(' ')]));
    expect(told(recipe)).toMatchObject({
      Trades: 'AAPL, one bar a day, bars from vendor.',
      Size: 'A position is all of the capital.',
      Stops: 'None: only the signal ends a position.',
      Assumes: 'Orders are filled at the next open. Charged: fee 5 bp.',
    });
    const guarded = {
      ...recipe,
      config: {
        sizing: { kind: 'volatility_target', annual: 0.1, window: 21, cap: 1 },
        protection: { stop_loss: { percent: 5 }, time_stop: { bars: 20 }, re_entry: { rule: 'after_signal_off' } },
      },
    };
    expect(told(guarded)).toMatchObject({
      Size: 'A position is as large as keeps its volatility at 10 % a year, by the last 21 returns, at most 1 times equity.',
      Stops: 'Closed after a loss of 5 % from the entry. Held for 20 bars at most.',
      Assumes: 'Orders are filled at the next open. No costs are charged.',
    });
  });

  it('a draft without rules says that it never trades', () => {
    const recipe: Recipe = {
      kind: 'pipeline',
      universe: ['X'],
      timeframe: '1h',
      features: [],
      model: null,
      signal: null,
    };
    const rules = describeRecipe(recipe, null).find(({ label }) => label === 'Rules');
    expect(rules?.sentences).toEqual(['No signal logic is attached yet: it never trades.']);
  });
});
