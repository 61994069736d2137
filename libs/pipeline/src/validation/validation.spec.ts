import type { ModelPlan } from '@assay/contracts';
import type { BarColumns, FeatureRuntime } from '@assay/domain';
import { resolveOptions, type BacktestOptions } from '../backtest';
import { createRng } from '@assay/quant';
import { backtestPredictions, evaluatePrepared, prepareStrategy, sameBits } from '../evaluator';
import { featurePlugins, type FeaturePlugin } from '../features';
import { syntheticBars } from '../fixtures/bars';
import { bollingerMomentum, feature, logisticOnFactor, volManagedSma200 } from '../fixtures/documents';
import { planRows } from '../models';
import { lookAheadAudit, reselect, runCpcv, runWalkForward, warmUpAudit } from '.';
import { FoldEvaluator } from './fold-evaluation';
import { judgedStrategy } from './judged-record';

const planted = syntheticBars(1500, 5, 0.002);
const noise = syntheticBars(1500, 6, 0);
const model = logisticOnFactor();

describe('walk-forward', () => {
  it('lays the folds out as the policy says', () => {
    const { folds, layout, scored } = runWalkForward({ document: model, bars: planted });
    const test = Math.floor((1500 - 252) / 7);
    expect(layout).toEqual({ folds: 5, ratio: 2, kind: 'rolling', gap: 5 });
    expect(scored).toEqual([252, 1500]);
    folds.forEach((fold, i) => {
      expect(fold.test).toEqual([1500 - (5 - i) * test, 1500 - (4 - i) * test]);
      expect(fold.train[1]).toBe(fold.test[0] - 5);
      expect(fold.train[0]).toBe(fold.test[0] - (1500 - 252 - 5 * test));
    });
  });

  it('widens the gap with the label horizon', () => {
    const slow = {
      ...model,
      model: { ...(model.model as ModelPlan), label: { kind: 'forward_return_sign' as const, horizon: 10 } },
    };
    expect(runWalkForward({ document: slow, bars: planted }).layout.gap).toBe(11);
    expect(() => runWalkForward({ document: slow, bars: planted, layout: { gap: 3 } })).toThrow(
      'gap must be at least 11, so that no label of the train bars reaches into the test, was 3',
    );
  });

  it('finds a planted edge out of sample and none in noise', () => {
    const found = runWalkForward({ document: model, bars: planted });
    const none = runWalkForward({ document: model, bars: noise });
    expect(found.meanOos!).toBeGreaterThan(1);
    expect(none.meanOos!).toBeLessThan(0.5);
    expect(none.meanIs!).toBeGreaterThan(none.meanOos!);
  });

  it('fits no fold on its test bars or later: other prices there leave the weights of the fold’s first test bars', () => {
    const [fold] = runWalkForward({ document: model, bars: planted }).folds;
    const weightsOf = (bars: BarColumns): Float64Array => {
      const prepared = prepareStrategy(model, bars);
      const rows = planRows(prepared.plan!, prepared.rowSource);
      return new FoldEvaluator(prepared, { set: rows, key: null }, 'next_open').targetsOf(
        [fold!.train],
        [[fold!.test]],
      )[0]!.weights;
    };
    const cut = fold!.test[0] + 20;
    const close = planted.close.map((x, i) => (i < cut ? x : x * (1 + 0.3 * Math.sin(i))));
    const a = weightsOf(planted);
    const b = weightsOf({ ...planted, close });
    expect(sameBits(a.subarray(0, cut), b.subarray(0, cut))).toBe(true);
    expect(a.subarray(fold!.test[0], cut).some((w) => w !== 0)).toBe(true);
    expect(a.subarray(0, fold!.test[0]).every((w) => w === 0)).toBe(true);
  });

  it.each([200, 253, 262])('says how many bars it needs when there are %i, and runs on as many', (n) => {
    const run = (bars: number): unknown => runWalkForward({ document: model, bars: syntheticBars(bars, 1) });
    expect(() => run(n)).toThrow(
      `walk-forward needs at least 263 bars, had ${n}: the first 252 are not scored, ` +
        'and 5 rolling folds with 2 train bars a test bar and a gap of 5 take 11',
    );
    expect(() => run(263)).not.toThrow();
  });

  it('counts what a start or an end leaves', () => {
    const day = (i: number): string => new Date(planted.openTimeMs[i]!).toISOString();
    const run = (options: BacktestOptions) => (): unknown =>
      runWalkForward({ document: model, bars: planted, options });
    expect(run({ start: day(1495) })).toThrow('needs at least 1506 bars, had 1500: the first 1495 are not scored');
    expect(run({ end: day(259) })).toThrow('needs at least 263 bars, had 260');
    expect(runWalkForward({ document: model, bars: planted, options: { start: day(300) } }).scoredFrom).toEqual({
      index: 300,
      rule: 'start',
    });
  });

  it('leaves a fold without a position out of the mean, counts it, and gives each null its own reason', () => {
    const flat = { ...planted, close: planted.close.slice() };
    const both = bollingerMomentum(20, 0);
    const signal_func = 'momentum_band_signal_long_only' as const;
    const long = { ...both, substrategies: both.substrategies.map((sub) => ({ ...sub, signal_func })) };
    const [first] = runWalkForward({ document: long, bars: planted }).folds;
    // falling through the whole of the first test: a long-only rule stays out
    for (let i = first!.test[0] - 25; i < first!.test[1]; i++) flat.close[i] = flat.close[i - 1]! * 0.999;
    const found = runWalkForward({ document: long, bars: { ...flat, open: flat.close } });
    expect(found.folds[0]!.reasons).toEqual({ oos_sharpe: 'no position is held in it' });
    expect([found.definedIs, found.definedOos]).toEqual([5, 4]);
    const others = found.folds.slice(1).map((fold) => fold.oosSharpe!);
    expect(found.meanOos).toBeCloseTo(others.reduce((sum, sharpe) => sum + sharpe, 0) / 4, 12);
    expect(found.overfittingRatio).toBeNull();
    const missing = 'the out-of-sample Sharpe of fold 1 is undefined';
    expect(found.reasons).toEqual({ mean_oos_sharpe: `over 4 of 5 folds: ${missing}`, overfitting_ratio: missing });
  });

  it('reports progress up to the end', () => {
    const seen: number[] = [];
    runWalkForward({ document: bollingerMomentum(), bars: planted }, (fraction) => seen.push(fraction));
    expect(seen).toEqual([0.2, 0.4, 0.6, 0.8, 1]);
  });
});

describe('combinatorial cross-validation', () => {
  const found = runCpcv({ document: model, bars: planted });

  it('judges every scored bar once per path', () => {
    expect(found.splits.length).toBe(15);
    expect(found.paths.length).toBe(5);
    for (const path of found.paths) {
      expect(path.groups.map(({ group }) => group)).toEqual([0, 1, 2, 3, 4, 5]);
      expect(path.returns.length).toBe(1500 - 252);
    }
    expect(found.minGroupBars).toBe(208);
  });

  it('finds the planted edge on every path', () => {
    for (const path of found.paths) expect(path.sharpe!).toBeGreaterThan(0.8);
    const sharpes = found.paths.map((path) => path.sharpe!).sort((a, b) => a - b);
    expect(found.paths[found.medianPath]!.sharpe).toBe(sharpes[2]);
  });

  it('fits a split without its test blocks: their labels do not matter', () => {
    const split = found.splits[7]!;
    const prepared = prepareStrategy(model, planted);
    const rows = planRows(prepared.plan!, prepared.rowSource);
    const labels = rows.labels.slice();
    rows.bar.forEach((bar, j) => {
      if (split.test.some(([from, to]) => bar >= from - 1 && bar < to)) labels[j] = 1 - labels[j]!;
    });
    const weightsOf = (changed: Float64Array): Float64Array => {
      const evaluator = new FoldEvaluator(prepared, { set: { ...rows, labels: changed }, key: null }, 'next_open');
      return evaluator.targetsOf(split.train, [split.test])[0]!.weights;
    };
    const weights = weightsOf(rows.labels);
    expect(sameBits(weights, weightsOf(labels))).toBe(true);
    const everywhere = weightsOf(rows.labels.map((x) => 1 - x));
    expect(sameBits(everywhere, weights)).toBe(false);
  });

  it('enters every test block of a split flat, whatever it was left with in the one before', () => {
    const apart = found.splits.filter(({ test }) => test.length === 2);
    expect(apart.length).toBeGreaterThan(5);
    const record = judgedStrategy(prepareStrategy(model, planted), resolveOptions(model, {}));
    for (const { train, test } of apart) {
      const [together] = record.stretches(train, [test]);
      for (const block of test) {
        const returns = together!(block, { seamCosts: false });
        expect(returns[0]).toBe(0);
        const [alone] = record.stretches(train, [[block]]);
        expect(returns).toEqual(alone!(block, { seamCosts: false }));
      }
    }
  });

  it('gives a fixed rule its own backtest, less the costs at the seams', () => {
    const rising = syntheticBars(1500, 3, 0.002);
    const document = volManagedSma200();
    const free = { ...document, costs: { fee_bps: 0, slippage_bps: 0, spread_bps: 0 } };
    const prepared = prepareStrategy(free, rising);
    const { weights } = evaluatePrepared(prepared, backtestPredictions(prepared, null));
    const continuous = (i: number): number => {
      const [o, c, before] = [rising.open[i]!, rising.close[i]!, rising.close[i - 1]!];
      return (1 + weights[i - 2]! * (o / before - 1)) * (1 + weights[i - 1]! * (c / o - 1)) - 1;
    };
    const without = runCpcv({ document: free, bars: rising }).paths[0]!.returns;
    without.forEach((r, i) => expect(r).toBeCloseTo(continuous(252 + i), 12));

    const costly = runCpcv({ document, bars: rising });
    const cost = (i: number): number => 5e-4 * Math.abs(weights[i - 1]! - weights[i - 2]!);
    const seam = 252 + 2 * 208;
    const { groups, returns: path } = costly.paths[0]!;
    // the first two groups are adjacent in one split and stay one block
    expect(groups.slice(0, 3).map(({ split }) => split)).toEqual([0, 0, 1]);
    expect(path[207]).toBeCloseTo(continuous(459) - cost(459), 12);
    expect(path[208]).toBeCloseTo(continuous(460) - cost(460), 12);
    expect(path[100]).toBeCloseTo(continuous(352) - cost(352), 12);
    expect(path[415]).toBeCloseTo(continuous(seam - 1) - cost(seam - 1) - 5e-4 * Math.abs(weights[seam - 2]!), 12);
    expect(path[416]).toBeCloseTo(continuous(seam) - cost(seam) - 5e-4 * Math.abs(weights[seam - 2]!), 12);
    expect(weights[seam - 2]).not.toBe(0);
  });

  it('embargoes one hundredth of the bars by default and the horizon at least', () => {
    expect(found.layout).toEqual({ groups: 6, testGroups: 2, embargo: 13, horizon: 1 });
    const slow = {
      ...model,
      model: { ...(model.model as ModelPlan), label: { kind: 'forward_return_sign' as const, horizon: 20 } },
    };
    expect(runCpcv({ document: slow, bars: planted }).layout.embargo).toBe(20);
  });
});

describe('audits', () => {
  it('pass an honest model strategy, all values of 50 cuts compared', () => {
    const audit = lookAheadAudit({ document: model, bars: planted });
    expect(audit).toMatchObject({ seed: 1, mismatches: 0, compared: 50 * 8, violations: [] });
    expect(new Set(audit.cuts).size).toBe(50);
  });

  it.each(['limit', 'stop'] as const)(
    'pass a strategy that enters by a %s order and leaves by its own rules',
    (type) => {
      const protection = { stop_loss: { percent: 2 }, re_entry: { rule: 'immediately' as const } };
      const rules = { entry_order: { type, offset: { atr: 0.3, window: 5 }, expires_after_bars: 2 }, protection };
      const audit = lookAheadAudit({ document: { ...bollingerMomentum(), ...rules }, bars: planted });
      expect(audit).toMatchObject({ mismatches: 0, violations: [] });
      expect(audit.compared).toBeGreaterThan(50);
    },
  );

  it('draw other cuts for another seed and the same for the same', () => {
    const cuts = (seed: number): number[] =>
      lookAheadAudit({ document: bollingerMomentum(), bars: planted, seed }).cuts;
    expect(cuts(3)).toEqual(cuts(3));
    expect(cuts(3)).not.toEqual(cuts(4));
  });

  describe('of a feature that peeks', () => {
    const peeking: FeaturePlugin = {
      ...featurePlugins.get('column')!,
      key: 'peeking',
      create: (_, name = 'peeking'): FeatureRuntime => ({
        name,
        lookback: 0,
        scale: 1,
        batch: ({ close }) => close.map((x, i) => close[Math.min(i + 1, close.length - 1)]! / x - 1),
        stream: () => ({ update: () => NaN, save: () => new Float64Array(0), load: () => undefined }),
      }),
    };
    const plugins = featurePlugins as Map<string, FeaturePlugin>;
    beforeAll(() => void plugins.set('peeking', peeking));
    afterAll(() => void plugins.delete('peeking'));

    it('name the feature and what rests on it', () => {
      const seldom = { ...model.model, refit: { every: 252, min_train: 252 } } as typeof model.model;
      const document = { ...model, model: seldom, features: [...model.features] };
      document.features[0] = feature('factor', 'peeking', { column: 'close' });
      const audit = lookAheadAudit({ document, bars: planted });
      expect(audit.mismatches).toBeGreaterThanOrEqual(50);
      expect(audit.violations[0]).toMatchObject({ value: 'factor' });
      expect(audit.violations.map(({ value }) => value)).toContain('prediction');
    });
  });

  it('tell a target that comes before the lookback', () => {
    const evaluation = evaluatePrepared(prepareStrategy(bollingerMomentum(), planted), null);
    expect(warmUpAudit(evaluation, 19)).toEqual({ declaredLookback: 19, firstTarget: 19 });
    evaluation.signals[3] = 1;
    expect(warmUpAudit(evaluation, 19).firstTarget).toBe(3);
  });
});

describe('re-selection', () => {
  const rng = createRng(9);
  const series = (shift: (i: number) => number): Float64Array =>
    Float64Array.from({ length: 400 }, (_, i) => 0.01 * rng.normal() + shift(i));

  it('chooses by the training bars alone', () => {
    const early = series((i) => (i < 200 ? 0.005 : -0.005));
    const late = series((i) => (i < 200 ? -0.005 : 0.005));
    const splits = [
      { train: [[0, 200] as const], test: [[200, 400] as const] },
      { train: [[200, 300] as const, [300, 400] as const], test: [[0, 200] as const] },
    ];
    const { folds, meanIs, meanOos } = reselect([early, late], splits, 252);
    expect(folds.map(({ chosen }) => chosen)).toEqual([0, 1]);
    expect(meanIs!).toBeGreaterThan(3);
    expect(meanOos!).toBeLessThan(-3);
  });

  it('never chooses a trial that did not move', () => {
    const { folds } = reselect([new Float64Array(400)], [{ train: [[0, 200]], test: [[200, 400]] }], 252);
    expect(folds).toEqual([{ chosen: -1, isSharpe: null, oosSharpe: null }]);
  });
});
