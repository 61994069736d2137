import { createRng, type Rng } from '../random';
import { benchmarkP, normalCdf, type BenchmarkPInput, type BenchmarkTrial, type TimedReturns } from '.';

const T = 1000;
const FIRST = 100;
const DAY = 86_400_000;
const rng = createRng(7);
const times = Float64Array.from({ length: FIRST + T }, (_, t) => t * DAY);
const history = Float64Array.from({ length: FIRST + T }, () => 0.0004 + 0.01 * rng.normal());
const benchmark: TimedReturns = { openTimeMs: times, returns: history };
const openTimeMs = times.slice(FIRST);
const market = history.slice(FIRST);

const trial = (returns: Float64Array, from = 0): BenchmarkTrial => ({
  openTimeMs: from === 0 ? openTimeMs : openTimeMs.slice(from, from + returns.length),
  returns,
  benchmark,
});
const own = (drift: number, source: Rng = rng, beta = 0.5): BenchmarkTrial =>
  trial(market.map((b) => drift + beta * b + 0.006 * source.normal()));
const judge = (trials: readonly (BenchmarkTrial | null)[], more: Partial<BenchmarkPInput> = {}) =>
  benchmarkP({ trials, candidate: 0, periodsPerYear: 252, draws: 2000, seed: 11, ...more });
const resized = ({ returns, ...rest }: BenchmarkTrial, size: number): BenchmarkTrial => ({
  ...rest,
  returns: returns.map((r) => size * r),
});

/** Gate 4 of version 1, plainly: bars common to all, trials that track the benchmark within 1 % left out of the maximum. */
function versionOne(trials: readonly BenchmarkTrial[], draws: number): number {
  const series = trials.map(({ openTimeMs: own, returns }) => new Map([...own].map((time, t) => [time, returns[t]])));
  const common = [...series[0].keys()].filter((time) => series.every((own) => own.has(time)));
  const b = common.map((time) => history[times.indexOf(time)]);
  const n = b.length;
  const mean = (x: readonly number[]): number => x.reduce((sum, v) => sum + v, 0) / n;
  const move = b.map((v) => v - mean(b));
  const variance = mean(move.map((v) => v * v));
  const fits = series.flatMap((own) => {
    const x = common.map((time) => own.get(time)!);
    const beta = mean(x.map((v, t) => v * move[t])) / variance;
    const u = x.map((v, t) => v - mean(x) - beta * move[t]);
    const isNear = Math.sqrt(mean(u.map((v) => v * v)) * 252) < 0.01;
    const sums = Array.from({ length: Math.floor(n / 21) }, (_, k) =>
      u.slice(21 * k, 21 * k + 21).reduce((sum, v, t) => sum + v * (1 - (mean(b) * move[21 * k + t]) / variance), 0),
    );
    return isNear ? [] : [{ alpha: mean(x) - beta * mean(b), u, sums }];
  });
  const test = (of: (fit: (typeof fits)[number]) => number[]): number => {
    const rows = fits.map((fit) => {
      const size = Math.hypot(...of(fit));
      return of(fit).map((v) => v / size);
    });
    const t = (fits[0].alpha * n) / Math.hypot(...of(fits[0]));
    const source = createRng(11);
    let count = 0;
    for (let d = 0; d < draws; d++) {
      const g = rows[0].map(() => source.normal());
      if (rows.some((row) => row.reduce((sum, v, k) => sum + v * g[k], 0) >= t)) count++;
    }
    return (1 + count) / (draws + 1);
  };
  return Math.max(
    test(({ sums }) => sums),
    test(({ u }) => u),
  );
}

describe('benchmark p', () => {
  it('equals alpha, beta and tracking error of ordinary least squares', () => {
    const series = own(0.0003);
    const found = judge([series], { draws: 100 });
    let [sb, sr, sbb, sbr] = [0, 0, 0, 0];
    series.returns.forEach((r, t) => {
      sb += market[t];
      sr += r;
      sbb += market[t] ** 2;
      sbr += market[t] * r;
    });
    const beta = (T * sbr - sb * sr) / (T * sbb - sb * sb);
    expect(found.beta).toBeCloseTo(beta, 10);
    expect(found.alpha!.raw).toBeCloseTo((sr - beta * sb) / T, 12);
    expect(found.trackingError).toBeCloseTo(0.006 * Math.sqrt(252), 2);
  });

  it('is 1 - Phi(t) over the raw columns of one trial, which the draws meet when another one never traded', () => {
    const candidate = own(0.0001);
    const { raw, t } = judge([candidate]);
    const drawn = judge([candidate, trial(new Float64Array(T))], { draws: 10_000 });
    for (const test of ['block', 'iid'] as const) {
      expect(raw![test]).toBeCloseTo(1 - normalCdf(t!.raw[test]), 14);
      expect(drawn.t).toEqual(t);
      expect(Math.abs(drawn.raw![test] - raw![test])).toBeLessThan(4 * Math.sqrt(0.25 / 10_000));
    }
  });

  it('approaches the Sidak correction for independent trials', () => {
    const trials = Array.from({ length: 20 }, (_, i) => own(i === 0 ? 0.0004 : 0));
    const alone = judge(trials.slice(0, 1));
    const counted = judge(trials, { draws: 10_000 });
    expect(counted.t).toEqual(alone.t);
    expect(Math.abs(counted.raw!.iid - (1 - (1 - alone.raw!.iid) ** 20))).toBeLessThan(0.03);
  });

  it('counts a trial without a usable series as one independent column', () => {
    const candidate = own(0.0004);
    const alone = judge([candidate], { draws: 10_000 });
    const found = judge([candidate, ...Array.from({ length: 19 }, () => null)], { draws: 10_000 });
    expect(found).toMatchObject({ trials: 20, activeTrials: 1, unusableTrials: 19 });
    expect(Math.abs(found.raw!.iid - (1 - (1 - alone.raw!.iid) ** 20))).toBeLessThan(0.02);
    const short = trial(market.slice(0, 20), 0);
    const holed = { ...own(0), returns: own(0).returns.fill(NaN, 3, 4) };
    const foreign = { ...own(0), openTimeMs: openTimeMs.map((time) => time + 1) };
    expect(judge([candidate, { ...short, openTimeMs: openTimeMs.slice(0, 20) }, holed, foreign]).unusableTrials).toBe(
      3,
    );
  });

  it('counts a trial that was made outside as one without a usable series, and never lowers a p-value by it', () => {
    const source = createRng(21);
    const candidate = own(0.0004, source);
    const trials = [candidate, own(0, source)];
    expect(judge(trials, { outside: 3 })).toEqual(judge([...trials, null, null, null]));
    expect(judge([candidate], { outside: 0 })).toEqual(judge([candidate]));
    const found = [0, 1, 10, 100, 1_000_000].map((outside) => judge(trials, { outside }));
    expect(found.map(({ trials: counted }) => counted)).toEqual([2, 3, 12, 102, 1_000_002]);
    const ps = found.map(({ jointP }) => jointP!);
    expect(ps).toEqual([...ps].sort((a, b) => a - b));
    expect(ps.at(-1)).toBe(1);
  });

  it('repeats exactly under the same seed and not under another', () => {
    const trials = [own(0.0002), own(0)];
    const first = judge(trials);
    expect(judge(trials)).toEqual(first);
    expect(judge(trials, { seed: 12 }).jointP).not.toBe(first.jointP);
  });

  it('refuses a candidate that tracks the benchmark, and leaves out copies of it alone', () => {
    const near = trial(market.map((b, t) => b + (t % 2 ? 1e-5 : -1e-5)));
    expect(judge([near])).toMatchObject({ jointP: null, rawP: null, why: 'indistinguishable_from_benchmark' });
    const copies = [trial(market), trial(market.map((b) => 0.3 * b)), trial(new Float64Array(T))];
    expect(judge([own(0.0002), near, ...copies])).toMatchObject({
      trials: 5,
      activeTrials: 2,
      unusableTrials: 0,
      why: null,
    });
  });

  it('says why nothing can be tested', () => {
    const flat = { openTimeMs: times, returns: new Float64Array(times.length) };
    expect(judge([{ ...own(0), benchmark: flat }])).toMatchObject({ rawP: null, why: 'benchmark_constant' });
    const short = { openTimeMs: openTimeMs.slice(0, 41), returns: market.slice(0, 41), benchmark };
    expect(judge([short])).toMatchObject({ rawP: null, why: 'too_few_bars' });
    expect(judge([{ ...short, openTimeMs: new Float64Array(), returns: new Float64Array() }]).why).toBe('too_few_bars');
  });

  it('refuses bad input by name', () => {
    const candidate = own(0);
    expect(() => judge([candidate], { candidate: 1 })).toThrow('candidate must be an index below 1, was 1');
    expect(() => judge([own(0, createRng(22))], { outside: -1 })).toThrow(
      'outside must be an integer of at least 0, was -1',
    );
    expect(() => judge([null])).toThrow('trials[0] must be the series of the candidate, was null');
    expect(() => judge([{ ...candidate, returns: market.slice(1) }])).toThrow(
      'trials[0].returns.length must be 1000 like its times, was 999',
    );
    const holed = { ...candidate, returns: candidate.returns.slice().fill(NaN, 3, 4) };
    expect(() => judge([holed])).toThrow('trials[0].returns[3] must be finite, was NaN');
    const late = { openTimeMs, returns: market };
    expect(() => judge([{ ...candidate, openTimeMs: times.slice(0, T), benchmark: late }])).toThrow(
      'trials[0].benchmark must be a finite return at every bar of the candidate',
    );
  });
});

describe('what the ledger holds besides', () => {
  const candidate = own(0.0003);
  const others = [own(0), own(0.0001), own(-0.0001)];
  const base = judge([candidate, ...others]);

  it('never lowers p by a single draw where it adds no bar: junk, duplicates, neighbours, trials without a series', () => {
    const source = createRng(3);
    const added: Record<string, (BenchmarkTrial | null)[]> = {
      junk: Array.from({ length: 10 }, () => trial(market.map(() => 3 * source.normal()))),
      duplicates: [candidate, candidate, others[0]],
      neighbours: Array.from({ length: 10 }, () => trial(candidate.returns.map((r) => r + 1e-4 * source.normal()))),
      short: [trial(others[1].returns.slice(400, 700), 400)],
      none: [null, null],
    };
    for (const more of Object.values(added)) {
      const found = judge([candidate, ...others, ...more]);
      expect(found.t).toEqual(base.t);
      for (const test of ['block', 'iid'] as const) {
        expect(found.joint![test]).toBeGreaterThanOrEqual(base.joint![test]);
        expect(found.raw![test]).toBeGreaterThanOrEqual(base.raw![test]);
      }
    }
    expect(judge([candidate, ...others, ...added.duplicates]).joint).toEqual(base.joint);
    expect(judge([candidate, ...others, ...added.none]).jointP).toBeGreaterThan(base.jointP!);
  });

  it('lowers it not even with bars before and after the candidate, whose draws stay what they are', () => {
    // 39 whole blocks of the candidate, so that later bars complete none of its own
    const [from, bars] = [150, 39 * 21];
    const cut = (one: BenchmarkTrial): BenchmarkTrial => trial(one.returns.slice(from, from + bars), from);
    const within = judge([cut(candidate), ...others.map(cut)]);
    const beyond = judge([cut(candidate), ...others.map(cut), own(0), own(0)]);
    expect(beyond.t).toEqual(within.t);
    expect(beyond.jointP).toBeGreaterThanOrEqual(within.jointP!);
    expect(beyond.rawP).toBeGreaterThanOrEqual(within.rawP!);
  });

  it('counts alike in any order', () => {
    const trials = [candidate, ...others, null, own(0)];
    const there = judge(trials);
    const back = judge([...trials].reverse(), { candidate: trials.length - 1 });
    expect(back).toEqual(there);
  });

  it('counts alike whatever the size of a trial', () => {
    const sized = [candidate, ...others].map((one, i) => resized(one, [3, 0.01, 50, 0.25][i]));
    const found = judge(sized);
    expect([found.joint, found.raw]).toEqual([base.joint, base.raw]);
  });
});

describe('the two holes of version 1', () => {
  it('a search at a hundredth of the size counts when its winner comes at full size', () => {
    const source = createRng(5);
    const search = Array.from({ length: 50 }, () => own(0, source, 0.2));
    const alphas = search.map((one) => judge([one], { draws: 1 }).t!.raw.iid);
    const winner = search[alphas.indexOf(Math.max(...alphas))];
    const ledger = [winner, ...search.map((one) => resized(one, 0.01))];
    expect(versionOne(ledger, 500)).toBeLessThan(0.05);
    const found = judge(ledger);
    expect(found.activeTrials).toBe(51);
    expect(found.jointP).toBeGreaterThan(0.2);
    expect(found.rawP).toBeGreaterThan(0.2);
  });

  it('a trial on the good bars alone leaves the candidate on all of its own', () => {
    const source = createRng(6);
    const late = T - 504;
    const candidate = trial(market.map((b, t) => (t < late ? -0.0009 : 0.0012) + 0.5 * b + 0.006 * source.normal()));
    const short = trial(
      market.slice(late).map((b) => 0.2 * b + 0.006 * source.normal()),
      late,
    );
    expect(versionOne([candidate, short], 500)).toBeLessThan(0.05);
    const found = judge([candidate, short]);
    expect(found.t).toEqual(judge([candidate]).t);
    expect(found.rawP).toBeGreaterThan(0.2);
    expect(found.jointP).toBeGreaterThan(0.2);
  });
});
