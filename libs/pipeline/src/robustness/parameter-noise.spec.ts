import type { PipelineDocument, SubstrategiesDocument } from '@assay/contracts';
import { logisticOnFactor, volManagedSma200 } from '../fixtures/documents';
import { decisiveNumbers, neighbouringDocuments, noisyDocuments } from './parameter-noise';

const rules = volManagedSma200();
const crossing: PipelineDocument = {
  ...rules,
  features: [
    {
      ...rules.features[0]!,
      name: 'macd',
      plugin: 'macd.macd',
      params: { fast: 11, slow: 12, signal: 9, column: 'close' },
    },
    { ...rules.features[0]!, name: 'rsi', plugin: 'rsi', params: { window: 3 } },
  ],
  signal: {
    ...rules.signal,
    rule_tree: {
      groups: [
        {
          ...{ action: 'BUY', combinator: 'AND' },
          rules: [
            { field: 'rsi', operator: '<', value: 30 },
            { field: 'macd', operator: '>', value: 0 },
            { field: 'rsi', operator: '>', value: { field: 'macd' } },
          ],
        },
      ],
    },
  },
  protection: { stop_loss: { atr: 2.5, window: 14 }, re_entry: { rule: 'after_bars', bars: 3 } },
};
const numbersOf = (document: PipelineDocument | SubstrategiesDocument, columns: string[] = []) =>
  decisiveNumbers(document, columns).map(({ path, value, isWhole }) => [path, value, isWhole]);

describe('the numbers that decide', () => {
  it('are parameters of features, values of rules and distances, whole where a fraction is refused', () => {
    expect(numbersOf(crossing)).toEqual([
      ['features.0.params.fast', 11, true],
      ['features.0.params.slow', 12, true],
      ['features.0.params.signal', 9, true],
      ['features.1.params.window', 3, true],
      ['signal.rule_tree.groups.0.rules.0.value', 30, false],
      ['protection.stop_loss.atr', 2.5, false],
      ['protection.stop_loss.window', 14, true],
      ['protection.re_entry.bars', 3, true],
    ]);
  });

  it('are none of what a model has learnt from', () => {
    expect(numbersOf(logisticOnFactor(), ['factor']).map(([path]) => path)).toEqual([
      'signal.rule_tree.groups.0.rules.0.value',
      'signal.rule_tree.groups.1.rules.0.value',
    ]);
  });

  it('of substrategies are window and level', () => {
    const document: SubstrategiesDocument = {
      ...{ strategy_id: rules.strategy_id, name: 'old', version: 1, ticker: 'X', trading_period: 252 },
      conjunction: 'AND',
      substrategies: [
        {
          id: 1,
          indicator: 'get_rsi',
          signal_func: 'reversion_bounded_signal',
          window: 14,
          signal: 30,
          data_column: 'v',
        },
      ],
    };
    expect(numbersOf(document)).toEqual([
      ['substrategies.0.window', 14, true],
      ['substrategies.0.signal', 30, false],
    ]);
  });
});

describe('documents beside the one that was chosen', () => {
  const numbers = decisiveNumbers(crossing, []);
  const params = (document: unknown) => (document as PipelineDocument).features[0]!.params as Record<string, number>;

  it('have every number off within its bounds, the same for a seed, and never what is refused', () => {
    const drawn = noisyDocuments(crossing, numbers, [], { draws: 300, seed: 'a' });
    expect(drawn).toHaveLength(300);
    expect(noisyDocuments(crossing, numbers, [], { draws: 300, seed: 'a' })).toEqual(drawn);
    // most draws of 11 and 12 contradict each other
    for (const one of drawn) expect(params(one).fast).toBeLessThan(params(one).slow!);
    expect(new Set(drawn.map((one) => params(one).fast))).toEqual(new Set([9, 10, 11, 12, 13]));
    const windows = drawn.map((one) => (one as PipelineDocument).features[1]!.params.window);
    expect(new Set(windows)).toEqual(new Set([2, 3, 4]));
    const stops = drawn.map((one) => (one.protection!.stop_loss as { atr: number }).atr);
    expect([Math.min(...stops) >= 2, Math.max(...stops) <= 3]).toEqual([true, true]);
    expect(Math.max(...stops) - Math.min(...stops)).toBeGreaterThan(0.9);
  });

  it('or one alone by a step, without those that nothing accepts', () => {
    const found = neighbouringDocuments(crossing, numbers, []);
    // fast 12 meets slow 12, slow 11 meets fast 11
    expect(found).toHaveLength(2 * numbers.length - 2);
    expect(found.map((one) => [params(one).fast, params(one).slow]).slice(0, 2)).toEqual([
      [10, 12],
      [11, 13],
    ]);
  });
});
