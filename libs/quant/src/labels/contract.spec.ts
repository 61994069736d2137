import { hostileReturns } from '../../../testing/src/quant/hostile-series';
import * as labels from '.';

const prices = (r: Float64Array): Float64Array => {
  let price = 100;
  return r.map((x) => (price = Math.max(price * (1 + x), 0)));
};
const broken = (close: Float64Array): Float64Array => close.map((x, t) => (t % 5 === 3 ? NaN : x));

it('has a row for every exported function', () => {
  const functions = Object.entries(labels).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
  expect(functions.sort()).toEqual([
    'SequentialBootstrap',
    'cusumEvents',
    'forwardReturnLabels',
    'forwardReturns',
    'metaLabels',
    'returnVolatility',
    'timeDecayWeights',
    'tripleBarrierLabels',
    'uniquenessWeights',
  ]);
});

describe.each(Object.entries(hostileReturns()))('labels on prices of %s', (_kind, r) => {
  const close = prices(r);

  it.each([1, 5, 500])('look %d bars ahead, or say nothing', (horizon) => {
    const ahead = labels.forwardReturns(close, horizon);
    const up = labels.forwardReturnLabels(close, horizon);
    close.forEach((price, t) => {
      const later = close[t + horizon];
      const known = later !== undefined && price > 0;
      if (known) expect([ahead[t], up[t]]).toEqual([later / price - 1, later > price ? 1 : 0]);
      else expect([ahead[t], up[t]]).toEqual([NaN, NaN]);
    });
  });

  it('barriers, meta labels and weights are defined with and without missing prices', () => {
    for (const x of [close, broken(close)]) {
      const found = labels.tripleBarrierLabels({ close: x, upper: 0.02, lower: 0.01, horizon: 4 });
      expect(found).toHaveLength(x.length);
      const meta = labels.metaLabels(
        found,
        found.map(() => 1),
      );
      found.forEach(({ start, end, touched, value }, i) => {
        expect(end).toBe(Math.min(end, start + 4, x.length - 1));
        expect(Math.abs(value)).not.toBe(Infinity);
        if (Number.isNaN(value)) expect([touched, meta[i]]).toEqual([0, NaN]);
        else expect(meta[i]).toBe(value > 0 ? 1 : 0);
        const known = x[start] > 0 && x[end] >= 0;
        expect(Number.isNaN(value)).toBe(!known);
        expect(touched).toBe(value >= 0.02 ? 1 : value <= -0.01 ? -1 : 0);
      });
      const weights = labels.uniquenessWeights(found, x.length);
      expect(weights.every((w) => w > 0 && w <= 1)).toBe(true);
    }
  });

  it('cumulated moves start events inside the series only', () => {
    for (const x of [close, broken(close)]) {
      const events = labels.cusumEvents(x, 0.015);
      expect(events.every((t, i) => t >= 1 && t < x.length && (i === 0 || t > events[i - 1]))).toBe(true);
      // the first bars after a price of 0 have no return
      for (const t of events) expect(x[t - 1] > 0).toBe(true);
    }
  });
});

it.each<[string, () => unknown]>([
  [
    'events[1] must be a bar from 0 to 2, was 3',
    () => labels.tripleBarrierLabels({ close: new Float64Array(3), events: [0, 3], horizon: 1 }),
  ],
  [
    'events[0] must be a bar from 0 to 2, was NaN',
    () => labels.tripleBarrierLabels({ close: new Float64Array(3), events: [NaN], horizon: 1 }),
  ],
  [
    'upper must be positive, was 0',
    () => labels.tripleBarrierLabels({ close: new Float64Array(3), upper: 0, horizon: 1 }),
  ],
  ['horizon must be an integer of at least 1, was 1.5', () => labels.forwardReturns(new Float64Array(3), 1.5)],
  ['threshold must be positive, was NaN', () => labels.cusumEvents(new Float64Array(3), NaN)],
  ['sides.length must be 0 like labels, was 1', () => labels.metaLabels([], [1])],
  ['spans[0].end must be a bar from 2 to 4, was 5', () => labels.uniquenessWeights([{ start: 2, end: 5 }], 5)],
  ['spans[0].end must be a bar from 2 to 4, was 1', () => labels.uniquenessWeights([{ start: 2, end: 1 }], 5)],
  ['spans[0].start must be a bar index, was -1', () => labels.uniquenessWeights([{ start: -1, end: 1 }], 5)],
  [
    'widths[0] must be positive, was 0',
    () => labels.tripleBarrierLabels({ close: new Float64Array(3), events: [0], widths: [0], horizon: 1 }),
  ],
  [
    'sides[0] must be 1 or -1, was 0',
    () => labels.tripleBarrierLabels({ close: new Float64Array(3), events: [0], sides: [0], horizon: 1 }),
  ],
  ['threshold.length must be 3 like close, was 2', () => labels.cusumEvents(new Float64Array(3), new Float64Array(2))],
  ['oldest must be from 0, below 1, was 1', () => labels.timeDecayWeights(new Float64Array(3), 1)],
  [
    'starts[1] must be in ascending order, was 0',
    () => new labels.SequentialBootstrap({ starts: Int32Array.of(1, 0), ends: Int32Array.of(2, 2) }),
  ],
])('bad arguments are refused by name: %s', (message, run) => {
  expect(run).toThrow(message);
});

it('meta labels know nothing without a side', () => {
  const [label] = labels.tripleBarrierLabels({ close: Float64Array.of(1, 2), events: [0], horizon: 1 });
  expect([...labels.metaLabels([label], [NaN])]).toEqual([NaN]);
});
