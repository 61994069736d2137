import type { PipelineDocument, Sizing, SubstrategiesDocument } from '@assay/contracts';
import { DomainError } from '@assay/primitives';
import { closesOnly, randomBars } from '../fixtures/bars';
import { examplePipeline } from '../fixtures/documents';
import { partsOf } from '../fixtures/parts';
import { columnOf, sliceBars } from '../ports';
import { checkTradingPeriod } from '../strategy';
import { createStreamingEvaluator, DECISIONS, evaluateBatch, lookbackOf, neverFires, periodsPerYear } from './index';

const PRICES = [100, 102, 101, 105, 107, 103, 99, 98, 104, 110, 108, 112];
const none = { features: [], model: null };
const bollinger: SubstrategiesDocument = {
  strategy_id: '018f0000-0000-7000-8000-000000000001',
  name: 'golden',
  version: 1,
  ticker: 'TEST',
  trading_period: 252,
  conjunction: 'AND',
  substrategies: [
    {
      id: 1,
      indicator: 'get_bollinger_band',
      signal_func: 'momentum_band_signal',
      window: 3,
      signal: 0.5,
      data_column: 'v',
    },
  ],
};

function rulesOn(rule: PipelineDocument['signal']['rule_tree'], sizing: Sizing): PipelineDocument {
  return {
    ...examplePipeline,
    features: [],
    model: { pin: null, kind: 'rule.identity' },
    signal: { pin: null, rule_tree: rule, output_mode: 'discrete', position_mode: 'long_only' },
    sizing,
  };
}

const kinds = (decisions: Uint8Array) => [...decisions].map((code) => DECISIONS[code]);

describe('the golden vector', () => {
  it('gives the published positions', () => {
    const { signals, weights, decisions, featureNames } = evaluateBatch(bollinger, none, closesOnly(PRICES));
    expect([...signals]).toEqual([NaN, NaN, 0, 1, 1, -1, -1, -1, 1, 1, 0, 1]);
    expect([...weights]).toEqual([0, 0, 0, 1, 1, -1, -1, -1, 1, 1, 0, 1]);
    expect(kinds(decisions).slice(0, 3)).toEqual(['no_signal', 'no_signal', 'target']);
    expect(featureNames).toEqual(['s1_get_bollinger_band_3']);
  });
});

describe('a missing bar', () => {
  it('keeps the position and says insufficient_data', () => {
    const bars = closesOnly(PRICES);
    bars.close[4] = NaN;
    const { signals, weights, decisions } = evaluateBatch(bollinger, none, bars);
    expect([...signals.slice(3, 8)]).toEqual([1, 1, 1, 1, -1]);
    expect([...weights.slice(3, 8)]).toEqual([1, 1, 1, 1, -1]);
    expect(kinds(decisions).slice(3, 8)).toEqual(['target', 'no_signal', 'no_signal', 'no_signal', 'target']);
    const evaluator = createStreamingEvaluator(bollinger, none);
    expect(
      evaluator.update({ openTimeMs: 0, open: 1, high: 1, low: 1, close: NaN, volume: 0, extra: {} }),
    ).toMatchObject({
      decision: 'no_signal',
      reason: 'insufficient_data',
      weight: 0,
    });
  });
});

describe('substrategies', () => {
  const two = (conjunction: 'AND' | 'OR' | 'FILTER', ids: [number, number]): SubstrategiesDocument => ({
    ...bollinger,
    conjunction,
    substrategies: [
      {
        id: ids[0],
        indicator: 'get_sma',
        signal_func: 'momentum_band_signal',
        window: 1,
        signal: 0,
        data_column: 'factor',
      },
      {
        id: ids[1],
        indicator: 'get_sma',
        signal_func: 'reversion_band_signal',
        window: 1,
        signal: 0,
        data_column: 'factor',
      },
    ],
  });
  const signalOf = (document: SubstrategiesDocument) => {
    const bars = randomBars(1, 1);
    bars.extra.factor[0] = 2;
    return evaluateBatch(document, none, bars).signals[0];
  };

  it('that disagree are 0 under AND; under OR and FILTER the order of ids decides, not that of the list', () => {
    expect(signalOf(two('AND', [1, 2]))).toBe(0);
    expect(signalOf(two('OR', [1, 2]))).toBe(1);
    expect(signalOf(two('OR', [2, 1]))).toBe(-1);
    expect(signalOf(two('FILTER', [1, 2]))).toBe(-1);
    expect(signalOf(two('FILTER', [2, 1]))).toBe(1);
  });

  it('naming a column the bars lack are refused with those there are', () => {
    const document = two('AND', [1, 2]);
    document.substrategies[0].data_column = 'other';
    const run = () => evaluateBatch(document, none, randomBars(3, 1));
    expect(run).toThrow(DomainError);
    expect(run).toThrow(/must be one of v, open, high, low, close, volume, factor, was "other"/);
  });
});

describe('rules', () => {
  const above = (level: number): PipelineDocument['signal']['rule_tree'] => ({
    groups: [
      { action: 'BUY', combinator: 'AND', rules: [{ field: 'close', operator: '>', value: level }] },
      { action: 'SELL', combinator: 'AND', rules: [{ field: 'close', operator: '<', value: level - 5 }] },
    ],
  });

  it('keep the target between the lines, and leave a long-only position on SELL', () => {
    const document = rulesOn(above(105), { kind: 'fixed' });
    const { signals, decisions } = evaluateBatch(document, none, closesOnly([101, 106, 103, 99, 103, 107]));
    expect([...signals]).toEqual([NaN, 1, 1, 0, 0, 1]);
    expect(kinds(decisions)).toEqual(['keep', 'target', 'keep', 'target', 'keep', 'target']);
  });

  it('sell short where the mode is long_short', () => {
    const document = rulesOn(above(105), { kind: 'fixed' });
    document.signal.position_mode = 'long_short';
    expect([...evaluateBatch(document, none, closesOnly([106, 99])).weights]).toEqual([1, -1]);
  });
});

describe('sizing by volatility', () => {
  const bars = randomBars(120, 5);
  const rules: PipelineDocument['signal']['rule_tree'] = {
    groups: [{ action: 'BUY', combinator: 'AND', rules: [{ field: 'close', operator: '>', value: 0 }] }],
  };
  const sizing = { kind: 'volatility_target', annual: 0.1, window: 21, cap: 0.6, rebalance: 'bar' } as const;

  /** Definition: annual / (sample deviation of the last 21 returns x sqrt(252)), at most the cap. */
  function sizeAt(i: number): number {
    const r = Array.from({ length: 21 }, (_, k) => bars.close[i - k] / bars.close[i - k - 1] - 1);
    const mean = r.reduce((sum, x) => sum + x, 0) / 21;
    const deviation = Math.sqrt(r.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 20);
    return Math.min(0.6, 0.1 / (deviation * Math.sqrt(252)));
  }

  it('is annual volatility over realised volatility, capped, and no target before there is one', () => {
    const { weights, signals } = evaluateBatch(rulesOn(rules, sizing), none, bars);
    expect([...signals.slice(0, 21)].every(Number.isNaN)).toBe(true);
    for (let i = 21; i < 120; i++) expect(Math.abs(weights[i] - sizeAt(i))).toBeLessThan(1e-12);
    expect(new Set(weights.slice(21)).size).toBeGreaterThan(50);
  });

  it('with rebalance entry stays as it was on the bar of entry', () => {
    const { weights } = evaluateBatch(rulesOn(rules, { ...sizing, rebalance: 'entry' }), none, bars);
    expect(new Set(weights.slice(21)).size).toBe(1);
    expect(weights[60]).toBeCloseTo(sizeAt(21), 12);
  });

  it('goes on rebalancing while the rules keep', () => {
    const once: PipelineDocument['signal']['rule_tree'] = {
      groups: [{ action: 'BUY', combinator: 'AND', rules: [{ field: 'volume', operator: '==', value: 77 }] }],
    };
    const marked = sliceBars(bars, 0, 120);
    marked.volume = bars.volume.slice();
    marked.volume[30] = 77;
    const { weights, decisions } = evaluateBatch(rulesOn(once, sizing), none, marked);
    expect(weights[29]).toBe(0);
    expect(weights[40]).toBeCloseTo(sizeAt(40), 12);
    expect(DECISIONS[decisions[40]]).toBe('keep');
  });

  it('without a size gives no signal and keeps the weight, but a target of 0 needs none', () => {
    const gap = sliceBars(bars, 0, 120);
    gap.close = bars.close.slice();
    gap.close[50] = NaN;
    const byVolume: PipelineDocument['signal']['rule_tree'] = {
      groups: [
        { action: 'SELL', combinator: 'AND', rules: [{ field: 'volume', operator: '==', value: -1 }] },
        { action: 'BUY', combinator: 'AND', rules: [{ field: 'volume', operator: '>=', value: 0 }] },
      ],
    };
    gap.volume = bars.volume.slice();
    gap.volume[60] = -1;
    const { weights, decisions } = evaluateBatch(rulesOn(byVolume, sizing), none, gap);
    expect(weights[55]).toBe(weights[49]);
    expect(kinds(decisions).slice(49, 53)).toEqual(['target', 'no_signal', 'no_signal', 'no_signal']);
    expect([weights[60], kinds(decisions)[60]]).toEqual([0, 'target']);
  });
});

describe('the lookback', () => {
  it('is that of the longest feature or the sizing, and no target stands before it', () => {
    const features = [
      { pin: null, name: 'sma_40', plugin: 'sma', plugin_version: '1', params: { window: 40 } },
      { pin: null, name: 'rsi_5', plugin: 'rsi', plugin_version: '1', params: { window: 5 } },
    ];
    const document: PipelineDocument = {
      ...rulesOn(
        {
          groups: [
            {
              action: 'BUY',
              combinator: 'OR',
              rules: [
                { field: 'rsi_5', operator: '>=', value: 0 },
                { field: 'sma_40', operator: '>', value: 0 },
              ],
            },
          ],
        },
        { kind: 'fixed' },
      ),
      features,
    };
    const parts = partsOf(features, null);
    expect(lookbackOf(document, parts)).toBe(39);
    const { signals } = evaluateBatch(document, parts, randomBars(60, 2));
    expect(signals.findIndex((signal) => !Number.isNaN(signal))).toBe(39);
  });
});

describe('never_fires', () => {
  it('names the threshold no bar reaches, and no other', () => {
    const bars = closesOnly(PRICES);
    const fires = (signal: number) => {
      const document = { ...bollinger, substrategies: [{ ...bollinger.substrategies[0], signal }] };
      return neverFires(document, none, evaluateBatch(document, none, bars), bars);
    };
    expect(fires(0.5)).toEqual([]);
    expect(fires(3)).toEqual([expect.objectContaining({ code: 'never_fires', field: 'substrategies[0].signal' })]);
  });

  it('names the leaf of a rule tree by its path', () => {
    const document = rulesOn(
      {
        groups: [
          { action: 'BUY', combinator: 'AND', rules: [{ field: 'close', operator: '>', value: 100 }] },
          {
            action: 'SELL',
            combinator: 'OR',
            rules: [
              { field: 'close', operator: 'crosses_below', value: 50 },
              { field: 'close', operator: 'crosses_below', value: 100 },
            ],
          },
        ],
      },
      { kind: 'fixed' },
    );
    const bars = closesOnly(PRICES);
    expect(
      neverFires(document, none, evaluateBatch(document, none, bars), bars).map((warning) => warning.field),
    ).toEqual(['signal.rule_tree.groups[1].rules[0]']);
  });
});

describe('parts', () => {
  it('that are not those of the document are refused', () => {
    expect(() => evaluateBatch(examplePipeline, none, randomBars(3, 1))).toThrow(
      'features must be rsi_14,sma_20, were ',
    );
  });
});

describe('bars', () => {
  it('know v as close and nothing of names they do not have', () => {
    const bars = randomBars(2, 1);
    expect(columnOf(bars, 'v')).toBe(bars.close);
    expect(columnOf(bars, 'factor')).toBe(bars.extra.factor);
    expect([columnOf(bars, 'constructor'), columnOf(bars, 'symbol')]).toEqual([undefined, undefined]);
  });
});

describe('periods per year', () => {
  it.each([
    ['1d', 252, 252],
    ['1d', 365, 365],
    ['1h', 365, 8760],
    ['1h', 252, 1764],
    ['1m', 252, 98_280],
    ['1h', 8760, 8760],
  ] as const)('of %s bars with trading period %d are %d', (timeframe, trading_period, expected) => {
    expect(periodsPerYear({ timeframe, trading_period })).toBe(expected);
  });

  const nyse = { barsPerYear: (timeframe: string) => (timeframe === '1d' ? 252 : 1764) };
  it('that differ from the calendar warn for daily bars and refuse intraday ones', () => {
    expect(checkTradingPeriod({ trading_period: 252 }, nyse)).toEqual([]);
    expect(checkTradingPeriod({ trading_period: 365 }, nyse).map((w) => w.code)).toEqual(['trading_period_differs']);
    expect(checkTradingPeriod({ trading_period: 1764, timeframe: '1h' }, nyse)).toEqual([]);
    expect(() => checkTradingPeriod({ trading_period: 365, timeframe: '1h' }, nyse)).toThrow(
      'trading_period must be 252 sessions or 1764 1h bars per year, was 365',
    );
  });
});
