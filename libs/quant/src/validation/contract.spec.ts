import { brokenReturns, hostileReturns, numbersIn, outcome } from '../../../testing/src/quant/hostile-series';
import * as validation from '.';

const other = (r: Float64Array): Float64Array => r.map((x, t) => 0.5 * x + 0.02 * Math.cos(t));
const seeded = { seed: 1, draws: 50 };

/** Statistics of return series: each gets the hostile series among sane ones. */
const ofReturns: Record<string, (r: Float64Array) => unknown> = {
  sharpeStatistics: validation.sharpeStatistics,
  probabilisticSharpe: (r) => validation.probabilisticSharpe(r),
  deflatedSharpe: (r) => validation.deflatedSharpe(r, 0.01, 20),
  minTrackRecordLength: (r) => validation.minTrackRecordLength(r),
  pboCscv: (r) => validation.pboCscv([other(r), r], { blocks: 4 }),
  benchmarkP: (r) => {
    const openTimeMs = r.map((_, t) => t);
    const benchmark = { openTimeMs, returns: other(r).map((x, t) => x + (t % 7) / 100) };
    const trials = [r, other(r)].map((returns) => ({ openTimeMs, returns, benchmark }));
    return validation.benchmarkP({ trials, candidate: 0, periodsPerYear: 252, ...seeded });
  },
  ledgerStatistics: (r) => {
    const openTimeMs = r.map((_, t) => t);
    const benchmark = { openTimeMs, returns: other(r).map((x, t) => x + (t % 7) / 100) };
    const aligned = [r, other(r)];
    const trials = aligned.map((returns) => ({ openTimeMs, returns, benchmark }));
    return validation.ledgerStatistics({ trials, aligned, blocks: 4, candidate: 0, periodsPerYear: 252, ...seeded });
  },
  effectiveTrials: (r) => validation.effectiveTrials([other(r), r]),
  politisWhite: (r) => validation.politisWhite(r),
  lastingBlock: (r) => validation.lastingBlock(r),
  sharpeInference: (r) => validation.sharpeInference(r, 252),
  metricIntervals: (r) => validation.metricIntervals({ returns: r, periodsPerYear: 252, seed: 1, resamples: 100 }),
  realityCheck: (r) => validation.realityCheck({ trials: [r, other(r)], ...seeded }),
  spa: (r) => validation.spa({ trials: [r, other(r)], ...seeded }),
  stepM: (r) => validation.stepM({ trials: [r, other(r)], ...seeded }),
};

/** What describes the question and not its answer. */
const descriptive = /(^|\.)(trials|draws|seed|block|blocks|benchmarkSharpe|activeTrials|unusableTrials)$/;

/** Layouts and scalars: bad arguments must be refused by name or give null, good ones a result. */
const ofNumbers: Record<string, (x: number) => unknown> = {
  walkForwardSplits: (x) =>
    validation.walkForwardSplits({ from: 0, to: x, folds: 5, ratio: 2, gap: 1, kind: 'rolling' }),
  cpcvSplits: (x) => validation.cpcvSplits({ n: x, groups: 3, testGroups: 1, horizon: 2 }),
  stationaryBootstrap: (x) => validation.stationaryBootstrap(1, x, 2, 3),
  expectedMaxOfN: validation.expectedMaxOfN,
  minBacktestLength: (x) => validation.minBacktestLength(10, x),
  overfittingRatio: (x) => validation.overfittingRatio(1, x),
  blockResampler: (x) => validation.blockResampler('circular', 1, x, 2),
};

/** Building blocks with their own tests. */
const others = ['checkSplitCount', 'combinations', 'helpJudging', 'normalCdf', 'normalQuantile'];

it('has a row for every exported function', () => {
  const exported = Object.entries(validation).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
  const rows = [...Object.keys(ofReturns), ...Object.keys(ofNumbers), ...others];
  expect(rows.sort()).toEqual(exported.sort());
});

describe.each(Object.entries(ofReturns))('%s', (_name, call) => {
  it.each(Object.entries(hostileReturns()))('has a result without NaN or refuses by name: %s', (_kind, r) => {
    const found = outcome(() => call(r));
    if ('value' in found) expect(numbersIn(found.value, (x) => !Number.isFinite(x))).toEqual([]);
  });

  it.each(Object.entries(brokenReturns()))('says nothing that looks measured: %s', (_kind, r) => {
    const found = outcome(() => call(r));
    if ('value' in found)
      expect(numbersIn(found.value, () => true).filter((leaf) => !descriptive.test(leaf.split(' ')[0]))).toEqual([]);
  });
});

describe.each(Object.entries(ofNumbers))('%s', (_name, call) => {
  it.each([NaN, Infinity, -Infinity, -1, 0, 0.5, 1, 2, 7, 20])('of %d is defined or refused by name', (x) => {
    const found = outcome(() => call(x));
    if ('value' in found) expect(numbersIn(found.value, Number.isNaN)).toEqual([]);
  });
});

describe('arguments out of range', () => {
  const r = hostileReturns()['only gains'];
  it.each<[string, () => unknown]>([
    ['confidence must be between 0 and 1, was 1', () => validation.minTrackRecordLength(r, 0, 1)],
    ['level must be between 0 and 1, was 0', () => validation.stepM({ trials: [r], ...seeded }, 0)],
    ['draws must be an integer of at least 1, was 0', () => validation.spa({ trials: [r], seed: 1, draws: 0 })],
    [
      'block must be a number of at least 1, was NaN',
      () => validation.realityCheck({ trials: [r], seed: 1, block: NaN }),
    ],
    ['trials must be at least 1, was NaN', () => validation.deflatedSharpe(r, 1, NaN)],
    ['trials[1][0] must be finite, was NaN', () => validation.effectiveTrials([r, r.map(() => NaN)])],
    ['series[2] must be finite, was Infinity', () => validation.politisWhite(Float64Array.of(1, 2, Infinity))],
  ])('are refused: %s', (message, run) => {
    expect(run).toThrow(message);
  });

  it('leave a deflated Sharpe null where the variance of the trials is unknown', () => {
    expect(validation.deflatedSharpe(r, NaN, 5).value).toBeNull();
    expect(validation.overfittingRatio(1, NaN)).toBeNull();
  });
});
