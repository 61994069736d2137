import fc from 'fast-check';
import { createRng } from '../../random';
import { fitNeighbours, neighboursPredictor } from '..';

describe('nearest neighbours', () => {
  it('are the rows that sorting all distances finds, the earlier ones where distances are equal', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 4, max: 60 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 70 }),
        (seed, n, k, neighbours) => {
          const rng = createRng(seed);
          // few values: many distances are equal
          const rows = Float64Array.from({ length: n * k }, () => rng.int(3));
          const labels = Float64Array.from({ length: n }, (_, i) => (i < 2 ? i : rng.int(2)));
          const model = fitNeighbours({ rows, n, k, labels, neighbours });
          const predict = neighboursPredictor(model);
          for (let trial = 0; trial < 10; trial++) {
            const row = Array.from({ length: k }, () => rng.int(3));
            const distance = (i: number): number =>
              row.reduce(
                (sum, x, j) => sum + (model.points[i * k + j] - (x - model.means[j]) / model.scales[j]) ** 2,
                0,
              );
            const nearest = Array.from({ length: n }, (_, i) => i).sort((a, b) => distance(a) - distance(b) || a - b);
            const asked = nearest.slice(0, Math.min(neighbours, n));
            expect(predict(row)).toBe(asked.reduce((sum, i) => sum + labels[i], 0) / asked.length);
          }
        },
      ),
    );
  });

  it('do not depend on the units of a feature', () => {
    const rng = createRng(1);
    const rows = Float64Array.from({ length: 200 }, () => rng.normal());
    const labels = Float64Array.from({ length: 100 }, (_, i) => i % 2);
    const scaled = rows.map((x, i) => (i % 2 === 0 ? x * 1024 : x));
    const of = (own: Float64Array) =>
      neighboursPredictor(fitNeighbours({ rows: own, n: 100, k: 2, labels, neighbours: 9 }));
    for (let i = 0; i < 50; i++) expect(of(scaled)([i * 1024, 0.5])).toBe(of(rows)([i, 0.5]));
  });

  it('say nothing of an incomplete row, and keep the rows they were given', () => {
    const rows = Float64Array.of(0, 1, 2, 3);
    const labels = Float64Array.of(0, 0, 1, 1);
    const model = fitNeighbours({ rows, n: 4, k: 1, labels, neighbours: 1 });
    const predict = neighboursPredictor(model);
    labels.fill(0);
    rows.fill(0);
    expect([predict([NaN]), predict([3]), predict([0])]).toEqual([NaN, 1, 0]);
  });

  it('refuse to be none', () => {
    const set = { rows: Float64Array.of(1, 2), n: 2, k: 1, labels: Float64Array.of(0, 1) };
    expect(() => fitNeighbours({ ...set, neighbours: 0 })).toThrow(
      'neighbours must be an integer of at least 1, was 0',
    );
  });
});
