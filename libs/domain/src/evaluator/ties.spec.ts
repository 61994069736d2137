import type { PipelineDocument, SubstrategiesDocument } from '@assay/contracts';
import { DAY_MS } from '@assay/primitives';
import { createRng, sweepTemplate, templateTargets } from '@assay/quant';
import { partsOf } from '../fixtures/parts';
import { examplePipeline } from '../fixtures/documents';
import { barAt, type BarColumns } from '../ports';
import { createStreamingEvaluator, evaluateBatch } from '.';

/** n prices on a grid of ticks whose last one is their mean, in whole ticks: a tie for everybody but a computer. */
function tiedWindow(seed: string, n: number, perUnit: number): Float64Array {
  const rng = createRng(seed);
  const ticks = Array.from({ length: n - 1 }, () => 500 + rng.int(1000));
  const sum = ticks.reduce((total, tick) => total + tick, 0);
  // the mean of all n is the mean of the first n - 1
  ticks[0] += (n - 1 - (sum % (n - 1))) % (n - 1);
  const mean = ticks.reduce((total, tick) => total + tick, 0) / (n - 1);
  return Float64Array.from([...ticks, mean], (tick) => tick / perUnit);
}

const barsOf = (close: Float64Array): BarColumns => ({
  symbol: 'TEST',
  source: 'test',
  timeframe: '1d',
  openTimeMs: close.map((_, i) => i * DAY_MS),
  open: close,
  high: close,
  low: close,
  close,
  volume: close.map(() => 1),
  extra: {},
});

const document = (indicator: 'get_sma' | 'get_bollinger_band', n: number, column = 'v'): SubstrategiesDocument => ({
  strategy_id: '018f0000-0000-7000-8000-000000000001',
  name: 'tie',
  version: 1,
  ticker: 'TEST',
  trading_period: 252,
  conjunction: 'AND',
  substrategies: [{ id: 1, indicator, signal_func: 'momentum_band_signal', window: n, signal: 0, data_column: column }],
});

const rules = (n: number): PipelineDocument =>
  ({
    ...examplePipeline,
    model: { pin: null, kind: 'rule.identity' },
    sizing: { kind: 'fixed' },
    features: [{ pin: null, name: 'mean', plugin: 'sma', plugin_version: '1', params: { window: n } }],
    signal: {
      pin: null,
      position_mode: 'long_short',
      output_mode: 'discrete',
      rule_tree: {
        groups: [
          { action: 'BUY', combinator: 'AND', rules: [{ field: 'close', operator: '>', value: { field: 'mean' } }] },
          { action: 'SELL', combinator: 'AND', rules: [{ field: 'close', operator: '<', value: { field: 'mean' } }] },
        ],
      },
    },
  }) as PipelineDocument;

describe.each([2, 3, 5, 10])('a price that is the mean of the last %d', (n) => {
  const windows = [10, 100].flatMap((perUnit) =>
    Array.from({ length: 60 }, (_, k) => tiedWindow(`${n} ${perUnit} ${k}`, n, perUnit)),
  );

  it.each(['get_sma', 'get_bollinger_band'] as const)('is no signal of %s, in batch and stream', (indicator) => {
    const none = { features: [], model: null };
    for (const close of windows) {
      const bars = barsOf(close);
      const { signals } = evaluateBatch(document(indicator, n), none, bars);
      const stream = createStreamingEvaluator(document(indicator, n), none);
      let last = NaN;
      close.forEach((_, i) => (last = stream.update(barAt(bars, i)).signal));
      // two equal prices have no deviation, so no score
      const constant = new Set(close).size === 1 && indicator === 'get_bollinger_band';
      expect([signals[n - 1] + 0, last + 0]).toEqual(constant ? [NaN, NaN] : [0, 0]);
    }
  });

  it('is neither bought nor sold by a rule that compares it with the mean', () => {
    for (const close of windows) {
      const { signals, decisions } = evaluateBatch(rules(n), partsOf(rules(n).features, null), barsOf(close));
      expect([signals[n - 1], decisions[n - 1]]).toEqual([NaN, 1]);
    }
  });

  it('is held by the templates, alone and in a sweep', () => {
    for (const close of windows) {
      // below its mean, on it, and on a mean of equal prices: armed and never entered
      const prices = Float64Array.of(...close.map(() => 2 * close[0] + 1000), ...close);
      const targets = templateTargets('sma-cross', prices, 1, n);
      const before = targets[prices.length - 2];
      expect(targets[prices.length - 1]).toBe(before);
      for (const kernel of ['compiled', 'plain'] as const) {
        const grid = { first: Float64Array.of(1), second: Float64Array.of(n) };
        const options = { feeBps: 100, periodsPerYear: 252, kernel };
        const [all, less] = [prices, prices.subarray(0, -1)].map((p) => sweepTemplate('sma-cross', p, grid, options));
        const held = before === 1 ? prices[prices.length - 1] / prices[prices.length - 2] : 1;
        expect((1 + all.totalReturn[0]) / (1 + less.totalReturn[0])).toBeCloseTo(held, 12);
      }
    }
  });
});
