import fc from 'fast-check';
import { cusumEvents, metaLabels, tripleBarrierLabels, uniquenessWeights } from './triple-barrier';

describe('triple barrier labels', () => {
  const close = Float64Array.of(100, 104, 111, 95, 89, 90, 91);

  it('end at the first close beyond a barrier of simple return, else at the vertical one', () => {
    expect(tripleBarrierLabels({ close, events: [0, 2, 4, 6], upper: 0.1, lower: 0.1, horizon: 2 })).toEqual([
      { start: 0, end: 2, touched: 1, value: expect.closeTo(0.11) },
      { start: 2, end: 3, touched: -1, value: expect.closeTo(95 / 111 - 1) },
      { start: 4, end: 6, touched: 0, value: expect.closeTo(91 / 89 - 1) },
      { start: 6, end: 6, touched: 0, value: 0 },
    ]);
  });

  it('are touched by a close that equals the barrier but for rounding', () => {
    expect(90 / 100 - 1).toBeGreaterThan(-0.1);
    const down = tripleBarrierLabels({ close: Float64Array.of(100, 90, 100), events: [0], lower: 0.1, horizon: 2 });
    expect(down[0]).toMatchObject({ end: 1, touched: -1 });
    expect(11 / 10 - 1).toBeGreaterThan(0.1);
    expect(cusumEvents(Float64Array.of(10, 11, 12), 0.1)).toEqual([2]);
  });

  it('become meta labels by the side that was taken', () => {
    const labels = tripleBarrierLabels({ close, events: [0, 2], horizon: 1 });
    expect([...metaLabels(labels, [1, 1])]).toEqual([1, 0]);
    expect([...metaLabels(labels, [-1, -1])]).toEqual([0, 1]);
  });
});

describe('cusumEvents', () => {
  it('adds up simple returns: logarithms would see the rise late and the fall early', () => {
    // ln 1.051 = 0.0497, ln 0.9505 = -0.0508
    expect(cusumEvents(Float64Array.of(100, 105.1), 0.05)).toEqual([1]);
    expect(cusumEvents(Float64Array.of(100, 95.05), 0.05)).toEqual([]);
    expect(cusumEvents(Float64Array.of(100, 94.95), 0.05)).toEqual([1]);
  });

  it('fires when the cumulated move leaves the band and starts again from 0', () => {
    const close = Float64Array.from([1, 1.03, 1.0609, 1.05, 1.02, 0.99, 0.96].map((x) => 100 * x));
    expect(cusumEvents(close, 0.05)).toEqual([2, 5]);
  });
});

describe('uniquenessWeights', () => {
  it('share each bar among the labels alive on it, spans inclusive', () => {
    const weights = uniquenessWeights(
      [
        { start: 0, end: 1 },
        { start: 1, end: 2 },
        { start: 4, end: 4 },
      ],
      5,
    );
    expect([...weights]).toEqual([0.75, 0.75, 1]);
  });

  it('never add up to more than the bars that carry a label', () => {
    const spans = fc.array(
      fc.tuple(fc.nat(40), fc.nat(9)).map(([start, length]) => ({ start, end: start + length })),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(spans, (list) => {
        const weights = uniquenessWeights(list, 50);
        const total = list.reduce((sum, { start, end }, i) => sum + weights[i] * (end - start + 1), 0);
        const covered = new Set(
          list.flatMap(({ start, end }) => Array.from({ length: end - start + 1 }, (_, j) => start + j)),
        ).size;
        expect(total).toBeCloseTo(covered, 9);
      }),
    );
  });
});
