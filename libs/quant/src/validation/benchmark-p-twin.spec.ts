import { createRng, type Rng } from '../random';
import { benchmarkP, type BenchmarkTrial, type TimedReturns } from '.';

/** One trial of the twin: net return by bar time, and the whole history of its benchmark in order. */
interface Plain {
  x: Map<number, number>;
  history: [time: number, b: number][];
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
const squares = (values: readonly number[]): number => sum(values.map((value) => value * value));

/** Phi by its power series, and its inverse by bisection. */
function phi(x: number): number {
  let [term, total] = [x, x];
  for (let k = 1; k < 400; k++) total += term *= (x * x) / (2 * k + 1);
  return 0.5 + (total * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}
function inversePhi(p: number): number {
  let [low, high] = [-8, 8];
  for (let k = 0; k < 80; k++)
    [low, high] = phi((low + high) / 2) < p ? [(low + high) / 2, high] : [low, (low + high) / 2];
  return (low + high) / 2;
}
/** Student's distribution function for whole degrees of freedom: Abramowitz & Stegun 26.7.3 and 26.7.4. */
function studentF(t: number, degrees: number): number {
  const angle = Math.atan(t / Math.sqrt(degrees));
  const isOdd = degrees % 2 === 1;
  let [term, total] = [isOdd ? Math.cos(angle) : 1, 0];
  for (let k = isOdd ? 1 : 0; k <= degrees - 2; k += 2) {
    total += term;
    term *= (Math.cos(angle) ** 2 * (k + 1)) / (k + 2);
  }
  const between = isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * total) : Math.sin(angle) * total;
  return 0.5 + between / 2;
}

/** Version 2 of gate 4 as it is written down, step by step. */
function plainBenchmarkP(trials: readonly (Plain | null)[], c: number, periods: number, B: number, seed: number) {
  const union = [...new Set(trials.flatMap((trial) => (trial ? [...trial.x.keys()] : [])))].sort((a, b) => a - b);
  const ownTimes = [...trials[c]!.x.keys()];
  const first = union.indexOf(ownTimes[0]);
  const position = new Map(union.map((time, i) => [time, i]));
  const blockOf = (time: number): number => Math.floor((position.get(time)! - first) / 21);
  const last = blockOf(union.at(-1)!);
  const isLastWhole = (union.length - first) % 21 === 0;
  const kept = (block: number): boolean => block < last || isLastWhole;

  const columnsOf = (trial: Plain) => {
    const { x, history } = trial;
    const start = history.slice(0, 63).map(([, b]) => b);
    const v = [squares(start.map((b) => b - mean(start))) / start.length];
    for (let t = 1; t < history.length; t++) v.push(0.97 * v[t - 1] + 0.03 * history[t - 1][1] ** 2);
    const over = history
      .flatMap(([time], t) => (trials[c]!.x.has(time) ? [Math.sqrt(v[t])] : []))
      .sort((p, q) => p - q);
    const m = (over[Math.floor((over.length - 1) / 2)] + over[Math.ceil((over.length - 1) / 2)]) / 2;
    const sigma = new Map(history.map(([time], t) => [time, Math.sqrt(Math.max(v[t], (0.25 * m) ** 2))]));
    const held = new Map(history);
    const times = [...x.keys()];
    const column = (scale: (time: number) => number) => {
      const [r, b] = [
        times.map((time) => x.get(time)! / scale(time)),
        times.map((time) => held.get(time)! / scale(time)),
      ];
      const [meanR, meanB] = [mean(r), mean(b)];
      const variance = squares(b.map((value) => value - meanB)) / b.length;
      const beta = sum(b.map((value, t) => (value - meanB) * (r[t] - meanR))) / b.length / variance;
      const alpha = meanR - beta * meanB;
      const u = r.map((value, t) => value - meanR - beta * (b[t] - meanB));
      const S = new Map<number, number>();
      times.forEach((time, t) => {
        const psi = u[t] * (1 - (meanB * (b[t] - meanB)) / variance);
        if (kept(blockOf(time))) S.set(blockOf(time), (S.get(blockOf(time)) ?? 0) + psi);
      });
      const [blockSize, barSize] = [Math.sqrt(squares([...S.values()])), Math.sqrt(squares(u))];
      const t = (alpha * r.length) / blockSize;
      const corrected = S.size > 1 ? inversePhi(studentF(t, S.size - 1)) : NaN;
      const out = squares(u) <= 1e-10 * squares(r);
      return { alpha, u, S, blockSize, barSize, t: corrected, iid: (alpha * r.length) / barSize, out };
    };
    return { times, raw: column(() => 1), scaled: column((time) => sigma.get(time)!) };
  };
  const all = trials.map((trial) => (trial ? columnsOf(trial) : null));
  const usable = all.filter((trial) => trial !== null && trial.raw.S.size >= 2) as ReturnType<typeof columnsOf>[];
  const independent = trials.length - usable.length;
  const own = all[c]!;
  const trackingError = Math.sqrt((squares(own.raw.u) / own.times.length) * periods);

  const ownFirst = <T>(mine: readonly T[], everything: readonly T[]): T[][] => {
    const rest = new Set(everything);
    for (const one of mine) rest.delete(one);
    return [[...new Set(mine)], [...rest]];
  };
  const wholeBlocks = [...new Set(union.map(blockOf))].filter(kept);
  const tests = {
    block: { places: ownFirst(ownTimes.map(blockOf).filter(kept), wholeBlocks), of: 'block' },
    iid: { places: ownFirst(ownTimes, union), of: 'bar' },
  } as const;
  const p = (test: 'block' | 'iid', isJoint: boolean): number => {
    const ts = [own.raw, own.scaled]
      .slice(0, isJoint ? 2 : 1)
      .map((column) => (test === 'block' ? column.t : column.iid));
    const s = Math.max(...ts);
    const { places, of } = tests[test];
    const stream = (what: string): Rng => createRng(`${seed} ${of} ${what}`);
    const [mine, others, apart] = [stream('candidate'), stream('others'), stream('independent')];
    let count = 0;
    for (let j = 0; j < B; j++) {
      const g = new Map<number, number>();
      for (const place of places[0]) g.set(place, mine.normal());
      for (const place of places[1]) g.set(place, others.normal());
      let isReached = apart.next() >= phi(s) ** independent;
      for (const { times, raw, scaled } of usable) {
        for (const column of isJoint ? [raw, scaled] : [raw]) {
          if (column.out || isReached) continue;
          let star = 0;
          if (test === 'block') for (const [block, S] of column.S) star += (g.get(block)! * S) / column.blockSize;
          else for (let t = 0; t < times.length; t++) star += (g.get(times[t])! * column.u[t]) / column.barSize;
          isReached = star >= s;
        }
      }
      if (isReached) count++;
    }
    if (trials.length === 1 && !isJoint) return 1 - phi(s);
    return (1 + count) / (B + 1);
  };
  const joint = { block: p('block', true), iid: p('iid', true) };
  const raw = { block: p('block', false), iid: p('iid', false) };
  const t = { raw: { block: own.raw.t, iid: own.raw.iid }, scaled: { block: own.scaled.t, iid: own.scaled.iid } };
  return { joint, raw, t, alpha: { raw: own.raw.alpha, scaled: own.scaled.alpha }, trackingError, independent };
}

const DAY = 86_400_000;
const history = (rng: Rng, bars: number, offset = 0): [number, number][] => {
  let volatility = 0.01;
  return Array.from({ length: bars }, (_, t) => {
    volatility = 0.97 * volatility + 0.03 * (0.004 + 0.014 * rng.next());
    return [t * DAY + offset, 0.0003 + volatility * rng.normal()];
  });
};
const asTrial = ({ x }: Plain, benchmark: TimedReturns): BenchmarkTrial => ({
  openTimeMs: Float64Array.from(x.keys()),
  returns: Float64Array.from(x.values()),
  benchmark,
});

/** A ledger with every kind of trial, as the twin and the product read it. */
function ledger(n: number, seed: number) {
  const rng = createRng(seed);
  const bars = 500 + rng.int(300);
  const markets = [history(rng, bars), history(rng, bars)];
  const benchmarks = markets.map((market) => ({
    openTimeMs: Float64Array.from(market, ([time]) => time),
    returns: Float64Array.from(market, ([, b]) => b),
  }));
  const kinds = [
    'own',
    'short',
    'gaps',
    'copy',
    'idle',
    'other frequency',
    'other market',
    'junk',
    'few bars',
    'scaled',
  ];
  const plain: (Plain | null)[] = [];
  const trials: (BenchmarkTrial | null)[] = [];
  for (let i = 0; i < n; i++) {
    const kind = i === 0 ? 'own' : kinds[(i + rng.int(2)) % kinds.length];
    const market = kind === 'other market' ? 1 : 0;
    const from = kind === 'short' ? 100 + rng.int(bars - 250) : 80 + (i === 0 ? rng.int(30) : rng.int(20));
    const to = kind === 'few bars' ? from + 30 : kind === 'short' ? from + 120 : bars - rng.int(40);
    const drift = (i === 0 ? 0.0008 : 0.0002) * rng.next();
    const beta = 0.6 * rng.next();
    const used = markets[market].slice(from, to).filter(() => kind !== 'gaps' || rng.next() > 0.2);
    const x = used.map(([time, b]): [number, number] => {
      if (kind === 'idle') return [time, 0];
      if (kind === 'copy') return [time, 0.37 * b];
      if (kind === 'junk') return [time, 10 * rng.normal()];
      return [time, (kind === 'scaled' ? 0.001 : 1) * (drift + beta * b + 0.006 * rng.normal())];
    });
    const isNone = kind === 'other frequency';
    const one = { x: new Map(x), history: markets[market] };
    plain.push(isNone ? null : one);
    trials.push(isNone ? null : asTrial(one, benchmarks[market]));
  }
  return { plain, trials };
}

describe('the plain twin of benchmark p', () => {
  it.each([
    [1, 1, 2000],
    [1, 2, 2000],
    [6, 3, 1500],
    [6, 4, 1500],
    [6, 5, 1500],
    [25, 6, 600],
    [120, 7, 250],
    [120, 8, 250],
  ])('finds the same for a ledger of %d trials, seed %d, %d draws', (n, seed, draws) => {
    const { plain, trials } = ledger(n, seed);
    const found = benchmarkP({ trials, candidate: 0, periodsPerYear: 252, draws, seed });
    const twin = plainBenchmarkP(plain, 0, 252, draws, seed);
    expect(found.why).toBeNull();
    for (const test of ['block', 'iid'] as const) {
      expect(Math.abs(found.joint![test] - twin.joint[test])).toBeLessThan(1e-12);
      expect(Math.abs(found.raw![test] - twin.raw[test])).toBeLessThan(1e-12);
      for (const column of ['raw', 'scaled'] as const)
        expect(Math.abs(found.t![column]![test] - twin.t[column][test])).toBeLessThan(1e-11);
    }
    expect(Math.abs(found.alpha!.raw - twin.alpha.raw)).toBeLessThan(1e-15);
    expect(Math.abs(found.alpha!.scaled! - twin.alpha.scaled)).toBeLessThan(1e-13);
    expect(Math.abs(found.trackingError! - twin.trackingError)).toBeLessThan(1e-12);
    expect(found.unusableTrials).toBe(twin.independent);
    expect([found.jointP, found.rawP]).toEqual([
      Math.max(found.joint!.block, found.joint!.iid),
      Math.max(found.raw!.block, found.raw!.iid),
    ]);
  });
});
