import { createRng } from '../random';
import { absoluteMaxTP, benchmarkP } from '.';

const rng = createRng(7);
const T = 1500;
const market = Float64Array.from({ length: T }, () => 0.0004 + 0.01 * rng.normal());
const own = (drift: number, beta = 0.5): Float64Array => market.map((b) => drift + beta * b + 0.006 * rng.normal());
const base = { benchmark: market, candidate: 0, periodsPerYear: 252, seed: 11 };

describe('benchmarkP', () => {
  it('equals alpha, beta and tracking error of ordinary least squares', () => {
    const series = own(0.0003);
    const found = benchmarkP({ ...base, trials: [series], draws: 100 });
    let sb = 0;
    let sr = 0;
    let sbb = 0;
    let sbr = 0;
    series.forEach((r, t) => {
      sb += market[t];
      sr += r;
      sbb += market[t] ** 2;
      sbr += market[t] * r;
    });
    const beta = (T * sbr - sb * sr) / (T * sbb - sb * sb);
    expect(found.beta).toBeCloseTo(beta, 10);
    expect(found.alpha).toBeCloseTo((sr - beta * sb) / T, 12);
    expect(found.trackingError).toBeCloseTo(0.006 * Math.sqrt(252), 2);
  });

  it('estimates the one-sided normal p-value when the ledger holds one trial', () => {
    const found = benchmarkP({ ...base, trials: [own(0.0001)] });
    for (const side of [found.block!, found.iid!]) {
      const error = Math.sqrt((side.closedForm! * (1 - side.closedForm!)) / 10_000);
      expect(Math.abs(side.p - side.closedForm!)).toBeLessThan(5 * error + 1e-4);
    }
  });

  it('approaches the Sidak correction for independent trials', () => {
    const trials = Array.from({ length: 20 }, (_, i) => own(i === 0 ? 0.0004 : 0));
    const alone = benchmarkP({ ...base, trials: trials.slice(0, 1) });
    const counted = benchmarkP({ ...base, trials });
    expect(counted.iid!.t).toBe(alone.iid!.t);
    expect(counted.iid!.closedForm).toBeNull();
    expect(Math.abs(counted.iid!.p - (1 - (1 - alone.iid!.closedForm!) ** 20))).toBeLessThan(0.03);
  });

  it('is not raised by repeating the candidate', () => {
    const series = own(0.0002);
    const once = benchmarkP({ ...base, trials: [series] });
    const often = benchmarkP({ ...base, trials: Array.from({ length: 30 }, () => series) });
    expect(Math.abs(often.p! - once.p!)).toBeLessThan(0.02);
    expect(often.trials).toBe(30);
  });

  it('finds the same with more trials than blocks as with fewer', () => {
    const trials = Array.from({ length: 90 }, (_, i) => own(i === 0 ? 0.0005 : 0));
    // 71 blocks: direct draws with 90 trials, draws from the correlation's rank with 60
    const many = benchmarkP({ ...base, trials, draws: 4000 });
    const some = benchmarkP({ ...base, trials: trials.slice(0, 60), draws: 4000 });
    expect(many.block!.p).toBeGreaterThan(some.block!.p - 0.02);
    expect(many.block!.p / some.block!.p).toBeLessThan(2.5);
  });

  it('repeats exactly under the same seed and not under another', () => {
    const trials = [own(0.0002), own(0)];
    const first = benchmarkP({ ...base, trials });
    expect(benchmarkP({ ...base, trials })).toEqual(first);
    expect(benchmarkP({ ...base, trials, seed: 12 }).p).not.toBe(first.p);
  });

  it('refuses a candidate that tracks the benchmark and drops such trials from the maximum only', () => {
    const copy = market.map((b, t) => b + (t % 2 ? 1e-5 : -1e-5));
    expect(benchmarkP({ ...base, trials: [copy] })).toMatchObject({
      p: null,
      why: 'indistinguishable_from_benchmark',
      trials: 1,
    });
    const counted = benchmarkP({ ...base, trials: [own(0.0002), copy, market] });
    expect(counted).toMatchObject({ trials: 3, activeTrials: 1, why: null });
  });

  it('says why nothing can be tested', () => {
    const flat = new Float64Array(T);
    expect(benchmarkP({ ...base, benchmark: flat, trials: [own(0)] })).toMatchObject({
      p: null,
      why: 'benchmark_constant',
    });
    const short = market.slice(0, 41);
    expect(benchmarkP({ ...base, benchmark: short, trials: [short] })).toMatchObject({ p: null, why: 'too_few_bars' });
  });

  it('refuses bad input by name', () => {
    expect(() => benchmarkP({ ...base, trials: [own(0)], candidate: 1 })).toThrow(
      'candidate must be an index below 1, was 1',
    );
    expect(() => benchmarkP({ ...base, trials: [market.slice(1)] })).toThrow(
      'trials[0].length must be 1500 like benchmark, was 1499',
    );
    const holed = own(0);
    holed[3] = NaN;
    expect(() => benchmarkP({ ...base, trials: [own(0), holed] })).toThrow('trials[1][3] must be finite, was NaN');
  });

  it('handles a ledger of 430 trials over 4,850 bars', () => {
    const long = createRng(3);
    const b = Float64Array.from({ length: 4850 }, () => 0.01 * long.normal());
    const trials = Array.from({ length: 430 }, () => b.map((x) => 0.3 * x + 0.005 * long.normal()));
    const found = benchmarkP({ trials, benchmark: b, candidate: 5, periodsPerYear: 252, seed: 1, draws: 400 });
    expect(found.activeTrials).toBe(430);
    expect(found.p).toBeGreaterThan(0.05);
  });
});

describe('absoluteMaxTP', () => {
  it('tests the mean return itself', () => {
    const found = absoluteMaxTP({ trials: [market], candidate: 0, seed: 1 });
    expect(Math.abs(found.iid!.p - found.iid!.closedForm!)).toBeLessThan(0.02);
    expect(absoluteMaxTP({ trials: [new Float64Array(T), market], candidate: 0, seed: 1 })).toMatchObject({
      p: null,
      why: 'candidate_constant',
    });
  });
});
