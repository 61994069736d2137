import { sameBits } from '../evaluator';
import { syntheticBars } from '../fixtures/bars';
import { bollingerMomentum, logisticOnFactor, volManagedSma200 } from '../fixtures/documents';
import { runBacktest, scoredRange, type BacktestOptions } from '.';

const bars = syntheticBars(600, 8, 0.001);
const document = bollingerMomentum();
const refusal = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was refused');
};

describe('backtest', () => {
  it('scores a slice of the one run over the whole history', () => {
    const whole = runBacktest({ document, bars, options: { scoreFrom: 0 } });
    const iso = (i: number): string => new Date(bars.openTimeMs[i]!).toISOString();
    const part = runBacktest({ document, bars, options: { start: iso(200), end: iso(399) } });
    expect(part.scored).toEqual([200, 400]);
    expect(sameBits(part.returns, whole.returns.subarray(200, 400))).toBe(true);
    expect(part.equity[0]).toBe(1 + part.returns[0]!);
    expect(sameBits(part.evaluation.weights, whole.evaluation.weights)).toBe(true);
  });

  it('scores from the lookback on unless told otherwise, and says so', () => {
    const of = (options: BacktestOptions) => runBacktest({ document, bars, options });
    const iso = (i: number): string => new Date(bars.openTimeMs[i]!).toISOString();
    expect(of({})).toMatchObject({ scored: [19, 600], scoredFrom: { index: 19, rule: 'lookback' } });
    expect(of({ start: iso(5) }).scoredFrom).toEqual({ index: 19, rule: 'lookback' });
    expect(of({ start: iso(50) }).scoredFrom).toEqual({ index: 50, rule: 'start' });
    expect(of({ scoreFrom: 0 })).toMatchObject({ scored: [0, 600], scoredFrom: { index: 0, rule: 'score_from' } });
    expect(refusal(() => runBacktest({ document: bollingerMomentum(700), bars }))).toMatchObject({
      message: 'the history must have at least 700 bars, had 600: the first 699 are not scored',
    });
  });

  it('takes the costs of a pipeline document, 5 bps where there are none, and 0 when told so', () => {
    const costs = { feeBps: 0, slippageBps: 0, spreadBps: 0 };
    expect(runBacktest({ document: volManagedSma200(), bars }).options.costs).toEqual({ ...costs, feeBps: 5 });
    expect(runBacktest({ document, bars }).options.costs.feeBps).toBe(5);
    const free = runBacktest({ document, bars, options: { costs } });
    expect(free.metrics.total_return!).toBeGreaterThan(runBacktest({ document, bars }).metrics.total_return!);
  });

  it('gives a model strategy no prediction before its first out-of-sample fit', () => {
    const { evaluation } = runBacktest({ document: logisticOnFactor(), bars });
    expect(evaluation.predictions.findIndex((p) => !Number.isNaN(p))).toBeGreaterThanOrEqual(252);
    expect(evaluation.weights.subarray(0, 252).every((w) => w === 0)).toBe(true);
  });

  it('says how many scored bars come before that fit, and from where there are none', () => {
    const of = (options: BacktestOptions) => runBacktest({ document: logisticOnFactor(), bars, options });
    const { scored, evaluation, warnings } = of({});
    const first = evaluation.predictions.findIndex((p) => !Number.isNaN(p));
    const before = `${first - scored[0]} of ${600 - scored[0]} scored bars come before the model's first prediction`;
    expect(warnings).toEqual([
      {
        code: 'not_yet_fitted',
        field: 'model.refit.min_train',
        message: expect.stringMatching(
          `^${before}, .* 252 labelled bars: .*; score from bar ${first}, \\d{4}-\\d\\d-\\d\\d, `,
        ),
      },
    ]);
    expect(of({ scoreFrom: first }).warnings).toEqual([]);
    expect(of({ scoreFrom: first - 1 }).warnings).toHaveLength(1);
  });

  it.each(['weight', 'all_in'] as const)('agrees between the engines in mode %s', (mode) => {
    const of = (engine: 'vectorized' | 'event') => runBacktest({ document, bars, options: { engine, mode } });
    const [a, b] = [of('vectorized'), of('event')];
    a.returns.forEach((r, i) => expect(Math.abs(r - b.returns[i]!)).toBeLessThan(1e-9));
    expect(a.trades.length).toBe(b.trades.length);
  });

  it('warns of a threshold that fires on no bar', () => {
    const { warnings } = runBacktest({ document: bollingerMomentum(20, 50), bars });
    expect(warnings).toEqual([expect.objectContaining({ code: 'never_fires', field: 'substrategies[0].signal' })]);
  });

  it('names field, rule and value of what it refuses', () => {
    const of = (options: object, columns = {}) =>
      refusal(() => runBacktest({ document, bars: { ...bars, ...columns }, options }));
    expect(of({ start: 'yesterday' })).toMatchObject({
      code: 'validation_failed',
      errors: [{ field: 'start', value: 'yesterday' }],
    });
    expect(of({ start: '2030-01-01' })).toMatchObject({ errors: [{ field: 'start', rule: 'non_empty_range' }] });
    expect(of({ mode: 'fixed_qty' })).toMatchObject({ errors: [{ field: 'sizing' }] });
    expect(of({ costs: { feeBps: -1, slippageBps: 0, spreadBps: 0 } })).toMatchObject({
      errors: [{ field: 'costs.fee_bps', value: '-1' }],
    });
    const close = bars.close.slice();
    close[17] = -1;
    expect(of({}, { close })).toMatchObject({ errors: [{ field: 'close[17]' }] });
  });
});

describe('scored range', () => {
  const days = Float64Array.from([1, 2, 3, 6, 7], (day) => Date.UTC(2020, 0, day));

  it('includes both bounds, the whole of the last day, and starts after the unscored bars', () => {
    expect(scoredRange(days, {})).toEqual([0, 5]);
    expect(scoredRange(days, { start: '2020-01-02', end: '2020-01-06' })).toEqual([1, 4]);
    expect(scoredRange(days, { start: '2020-01-04', end: '2020-01-07' })).toEqual([3, 5]);
    expect(scoredRange(days, { start: '2020-01-01', scoreFrom: 2 })).toEqual([2, 5]);
    expect(scoredRange(days, { end: '2020-01-03T00:00:00Z' })).toEqual([0, 3]);
  });
});
