import { createRng, type Rng } from '@assay/quant';
import type { UniverseDocument } from '@assay/contracts';
import { indicatorFeature } from '../fixtures/parts';
import { barsOn, roc, universeOf, weekdays, weekdayStamps } from '../fixtures/universe';
import { barAt, sliceBars, type BarColumns } from '../ports';
import { absencesOf, buildPanel, createStreamingUniverse, evaluateUniverse, type UniversePanel } from '.';

const partsOf = (document: UniverseDocument) => ({
  features: document.features.map(indicatorFeature),
  calendar: weekdays,
});
const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** A document of any kind over symbols some of which come and go. */
function randomUniverse(rng: Rng): { document: UniverseDocument; series: BarColumns[] } {
  const pick = <T>(...of: T[]): T => of[rng.int(of.length)];
  const stamps = weekdayStamps(60 + rng.int(60));
  const count = 2 + rng.int(7);
  const symbols = Array.from({ length: count }, (_, i) => `S${(i * 7) % 10}${i}`);
  const someDate = (): string => dateOf(stamps[rng.int(stamps.length)]);
  const members = symbols.map((symbol) => {
    const [a, b] = [someDate(), someDate()].sort();
    const spans = rng.next() < 0.3 ? [{ from: a, to: b }] : undefined;
    return { symbol, group: pick('a', 'b', 'c'), ...(spans ? { spans } : {}) };
  });
  const series = symbols.map((symbol) => barsOn(symbol, stamps, rng, rng.next() < 0.5 ? 0 : 0.1));
  const isPairs = rng.next() < 0.25;
  const portfolio = isPairs
    ? {
        kind: 'pairs',
        pairs: symbols.slice(1).map((x) => ({ y: symbols[0], x })),
        prices: pick('log', 'level'),
        hedge: pick<object>(
          { kind: 'rolling_ols', window: 10, z_window: 5 },
          { kind: 'expanding_ols', min_bars: 8, z_window: 6 },
          { kind: 'kalman', min_bars: 10 },
        ),
        entry_z: 0.8,
        exit_z: 0.1,
        stop_z: pick(null, 2),
      }
    : {
        score: pick('mom', 'z', 'mix'),
        select: pick<object>(
          { kind: 'top', k: 2 },
          { kind: 'bottom', k: 3 },
          { kind: 'long_short', long: 2, short: 1 },
          { kind: 'quantile', quantiles: 2, legs: pick('long', 'short', 'long_short') },
        ),
        weighting: pick<object>({ kind: 'equal' }, { kind: 'score' }, { kind: 'inverse_volatility', window: 4 }),
        neutral: pick('none', 'group'),
        max_weight: pick(null, 0.4),
        buffer: pick(0, 1),
        rebalance: pick<object>(
          { kind: 'bars', every: 1 + rng.int(6) },
          { kind: 'weekly', session: pick('first', 'last') },
          { kind: 'monthly', session: pick('first', 'last') },
        ),
      };
  const columns = isPairs
    ? { features: [] }
    : {
        features: [
          roc(3),
          { ...roc(2, 'rsi_like'), plugin: 'realised_volatility', params: { window: 4, periods_per_year: 252 } },
        ],
        cross_sections: [
          {
            name: 'z',
            kind: pick('rank', 'percentile', 'z_score', 'demean'),
            of: 'mom',
            within: pick('universe', 'group'),
          },
          {
            name: 'mix',
            kind: 'combine',
            terms: [
              { of: 'z', weight: 1 },
              { of: 'rsi_like', weight: -0.5 },
            ],
          },
        ],
      };
  return { document: universeOf(members, { ...columns, portfolio }), series };
}

/** The bars of each time for the stream, in the panel's order of symbols. */
function rowsOf(symbols: readonly string[], series: readonly BarColumns[]) {
  const times = [...new Set(series.flatMap((one) => [...one.openTimeMs]))].sort((a, b) => a - b);
  const own = symbols.map((symbol) => series.find((one) => one.symbol === symbol));
  return times.map((time) => ({
    time,
    bars: own.map((one) => {
      const at = one ? one.openTimeMs.indexOf(time) : -1;
      return at < 0 ? null : barAt(one!, at);
    }),
  }));
}

const bitsOf = (values: Float64Array): string =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex');
const weightsAt = (panel: UniversePanel, weights: Float64Array, t: number): Float64Array =>
  Float64Array.from(panel.symbols, (_, i) => weights[i * panel.openTimeMs.length + t]);

it('gives the stream the bits of the batch, also from a saved state', () => {
  let held = 0;
  for (let seed = 0; seed < 60; seed++) {
    const rng = createRng(`stream ${seed}`);
    const { document, series } = randomUniverse(rng);
    const panel = buildPanel(document, series, weekdays);
    const batch = evaluateUniverse(document, partsOf(document), panel);
    let stream = createStreamingUniverse(document, partsOf(document));
    const [streamed, whole]: [unknown[], unknown[]] = [[], []];
    let t = 0;
    const breakAt = rng.int(panel.openTimeMs.length);
    for (const { time, bars } of rowsOf(stream.symbols, series)) {
      const decision = stream.update(time, bars);
      if (decision === null) continue;
      const n = panel.openTimeMs.length;
      streamed.push([decision.openTimeMs, decision.decided, bitsOf(decision.weights), ...decision.exits]);
      const exits = [...decision.exits.keys()].map((i) => [i, batch.exits.get(i * n + t)]);
      whole.push([panel.openTimeMs[t], batch.decided[t] === 1, bitsOf(weightsAt(panel, batch.weights, t)), ...exits]);
      held += decision.weights.some((w) => w !== 0) ? 1 : 0;
      if (t === breakAt) {
        const state = stream.save();
        stream = createStreamingUniverse(document, partsOf(document));
        stream.load(state);
      }
      t += 1;
    }
    expect(t).toBe(panel.openTimeMs.length);
    expect(streamed).toEqual(whole);
  }
  expect(held).toBeGreaterThan(800);
});

describe('weights at a bar', () => {
  const settled = (document: UniverseDocument, series: readonly BarColumns[]) => {
    const panel = buildPanel(document, series, weekdays);
    return { panel, ...evaluateUniverse(document, partsOf(document), panel) };
  };

  it('do not change with the bars after it', () => {
    for (let seed = 0; seed < 60; seed++) {
      const rng = createRng(`future ${seed}`);
      const { document, series } = randomUniverse(rng);
      const whole = settled(document, series);
      const cut = 5 + rng.int(whole.panel.openTimeMs.length - 5);
      const until = whole.panel.openTimeMs[cut];
      const known = series.map((one) => sliceBars(one, 0, one.openTimeMs.filter((time) => time <= until).length));
      const part = settled(document, known);
      for (let t = 0; t <= cut; t++)
        expect(bitsOf(weightsAt(part.panel, part.weights, t))).toBe(bitsOf(weightsAt(whole.panel, whole.weights, t)));
    }
  });

  it('do not change with symbols that are absent or no members, nor with the order of the document', () => {
    for (let seed = 0; seed < 60; seed++) {
      const rng = createRng(`absent ${seed}`);
      const { document, series } = randomUniverse(rng);
      const own = settled(document, series);
      const never = { symbol: 'NEVER', group: 'a', spans: [{ from: '1990-01-01', to: '1990-12-31' }] };
      const more: UniverseDocument = {
        ...document,
        universe: [never, { symbol: 'A_NONE', group: 'b' }, ...document.universe].reverse(),
      };
      const stamps = weekdayStamps(200);
      const other = settled(more, [...series, barsOn('NEVER', stamps, rng), barsOn('UNNAMED', stamps, rng)]);
      expect(other.panel.openTimeMs).toEqual(own.panel.openTimeMs);
      const n = own.panel.openTimeMs.length;
      other.panel.symbols.forEach((symbol, i) => {
        const column = other.weights.subarray(i * n, (i + 1) * n);
        const k = own.panel.symbols.indexOf(symbol);
        if (k < 0) expect(column.every((w) => w === 0)).toBe(true);
        else expect(bitsOf(column)).toBe(bitsOf(own.weights.subarray(k * n, (k + 1) * n)));
      });
    }
  });

  it('keep within gross, net and the most of a symbol, and hold members with bars only', () => {
    for (let seed = 0; seed < 25; seed++) {
      const { document, series } = randomUniverse(createRng(`limits ${seed}`));
      const { panel, weights } = settled(document, series);
      const rule = document.portfolio;
      for (let t = 0; t < panel.openTimeMs.length; t++) {
        const row = weightsAt(panel, weights, t);
        expect(row.reduce((sum, w) => sum + Math.abs(w), 0)).toBeLessThan(rule.gross + 1e-9);
        row.forEach((w, i) => {
          if (w === 0) return;
          if (rule.kind === 'ranked') expect(Math.abs(w)).toBeLessThanOrEqual((rule.max_weight ?? 1) + 1e-12);
          expect(panel.close[i * panel.openTimeMs.length + t]).toBeGreaterThan(0);
          const { spans = [{}] } = document.universe.find(({ symbol }) => symbol === panel.symbols[i])!;
          const date = dateOf(panel.openTimeMs[t]);
          expect(spans.some(({ from = '', to = '9' }) => date >= from && date < to)).toBe(true);
        });
      }
    }
  });
});

describe('a universe', () => {
  const stamps = weekdayStamps(12);
  const bars = (symbol: string, closes: readonly number[], from = 0): BarColumns => ({
    ...barsOn(symbol, stamps, createRng(1)),
    symbol,
    openTimeMs: stamps.slice(from, from + closes.length),
    ...Object.fromEntries(['open', 'high', 'low', 'close'].map((name) => [name, Float64Array.from(closes)])),
    volume: new Float64Array(closes.length),
    extra: {},
  });
  const up = (rate: number, n = 12): number[] => Array.from({ length: n }, (_, t) => 100 * (1 + rate) ** t);

  it('is flat where a symbol has left, from its last day on, and says why', () => {
    const to = dateOf(stamps[7]);
    const document = universeOf(['A', { symbol: 'B', spans: [{ to }] }, 'C']);
    const panel = buildPanel(document, [bars('A', up(0.01)), bars('B', up(0.03)), bars('C', up(0.02))], weekdays);
    const { weights, exits } = evaluateUniverse(document, partsOf(document), panel);
    expect(Array.from(weights.subarray(12, 24))).toEqual([0, 0, 0, 0, 0, 0.5, 0.5, 0, 0, 0, 0, 0]);
    expect([...exits]).toEqual([[12 + 7, 'left_universe']]);
  });

  it('lists what is missing, and makes no bar of sessions where nobody has one', () => {
    const document = universeOf(['A', 'B', 'GONE']);
    const a = bars('A', up(0.01));
    const late = bars('B', up(0.02, 8), 4);
    const panel = buildPanel(document, [a, late], weekdays);
    const day = (t: number): number => stamps[t];
    expect(absencesOf(document, panel)).toEqual([
      { symbol: 'B', fromMs: day(0), toMs: day(3), missing: 4 },
      { symbol: 'GONE', fromMs: day(0), toMs: day(11), missing: 12 },
    ]);
    expect(absencesOf(document, panel, 2, 6)[0]).toEqual({ symbol: 'B', fromMs: day(2), toMs: day(3), missing: 2 });
    const saturday = bars('A', [1]);
    saturday.openTimeMs = Float64Array.of(Date.UTC(2020, 0, 4));
    const twice = { ...saturday, symbol: 'B' };
    expect(() => buildPanel(document, [saturday, twice], weekdays)).toThrow('at least one session with a close');
    expect(() => buildPanel(document, [a, a], weekdays)).toThrow('bars must have each symbol once, had A twice');
    const again = { ...a, openTimeMs: a.openTimeMs.map((time, k) => (k === 2 ? a.openTimeMs[1] : time)) };
    const [second, third] = [1, 2].map((k) => new Date(a.openTimeMs[k]).toISOString());
    expect(() => buildPanel(document, [again], weekdays)).toThrow(
      `bars of A must have each time once, in order, had ${second} after ${second}`,
    );
    const back = { ...a, openTimeMs: a.openTimeMs.map((_, k) => a.openTimeMs[k === 1 ? 2 : k === 2 ? 1 : k]) };
    expect(() => buildPanel(document, [back], weekdays)).toThrow(`had ${second} after ${third}`);
    expect(() => buildPanel(document, [{ ...a, timeframe: '1h' }], weekdays)).toThrow('must be of timeframe 1d');
  });

  it('ranks equal scores by symbol, the first one higher', () => {
    const same = ['D', 'B', 'A', 'C'].map((symbol) => bars(symbol, up(0.01)));
    const document = universeOf(['D', 'B', 'A', 'C'], {
      portfolio: { select: { kind: 'long_short', long: 1, short: 1 } },
    });
    const panel = buildPanel(document, same, weekdays);
    const { weights } = evaluateUniverse(document, partsOf(document), panel);
    expect(Array.from(weightsAt(panel, weights, 5))).toEqual([0.5, 0, 0, -0.5]);
  });
});
