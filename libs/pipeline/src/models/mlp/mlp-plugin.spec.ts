import { predictRange } from '@assay/domain';
import { createRng } from '@assay/quant';
import { columnsOf, REFERENCE_POINTS, referenceRows, rowsOf } from '../../fixtures/reference-rows';
import { resolveParams } from '../../parameters';
import type { ModelContent } from '../model-plugin';
import type { TrainingSet } from '../training-set';
import { validationSplit } from '../validation-split';
import { mlpPlugin as plugin } from './mlp-plugin';

const params = (changed: Record<string, number | string> = {}) => resolveParams(plugin, changed);
const reference = referenceRows();

/** Label 1 where two inputs have the same sign, which no sum of the inputs tells. */
function sameSigns(count: number): TrainingSet {
  const rng = createRng('signs');
  const rows = Float64Array.from({ length: 2 * count }, () => 50 + 10 * rng.normal());
  const labels = Float64Array.from({ length: count }, (_, i) => Number(rows[2 * i]! > 50 === rows[2 * i + 1]! > 50));
  return rowsOf(2, rows, labels);
}

const hitRate = (content: ModelContent, { rows, labels, count, columns }: TrainingSet): number => {
  const predict = plugin.load(content, columns);
  let hits = 0;
  for (let i = 0; i < count; i++)
    hits += Number(predict(rows.slice(i * columns, (i + 1) * columns)) > 0.5 === (labels[i] === 1));
  return hits / count;
};

describe('a feed-forward network', () => {
  it('learns what no sum of the inputs tells, with either activation', () => {
    const set = sameSigns(400);
    for (const activation of ['relu', 'tanh'])
      expect(hitRate(plugin.fit(set, params({ activation, early_stopping: 0 }), 1), set)).toBeGreaterThan(0.93);
  });

  it('says of its tail what its predictions of these rows are, which TensorFlow.js reckoned while it trained', () => {
    const content = plugin.fit(reference, params({ layers: 2, units: 5 }), 3);
    const { tail } = validationSplit(reference, 0.2)!;
    const model = { inputs: ['a', 'b', 'c'], predict: plugin.load(content, 3) };
    const found = new Float64Array(tail.count);
    predictRange(model, columnsOf(tail.rows, 3), [0, tail.count], found);
    let loss = 0;
    found.forEach((p, i) => (loss -= Math.log(tail.labels[i] === 1 ? p : 1 - p) / tail.count));
    const figures = plugin.figures(content, []);
    expect(figures.validation_rows).toBe(tail.count);
    expect(Math.abs(figures.validation_loss! - loss)).toBeLessThan(1e-6);
  });

  it('learns numbers too: the squared error of its tail is that of its predictions', () => {
    const signs = sameSigns(400);
    const numbers = { ...signs, task: 'regression', labels: signs.labels.map((label) => 2 * label - 1) } as const;
    const content = plugin.fit(numbers, params({ activation: 'tanh' }), 1);
    const { tail } = validationSplit(numbers, 0.2)!;
    const found = new Float64Array(tail.count);
    const model = { inputs: ['a', 'b'], predict: plugin.load(content, 2, 'regression') };
    predictRange(model, columnsOf(tail.rows, 2), [0, tail.count], found);
    let error = 0;
    found.forEach((value, i) => (error += (value - tail.labels[i]!) ** 2 / tail.count));
    expect(Math.abs(plugin.figures(content, []).validation_loss! - error)).toBeLessThan(1e-5);
    expect(error).toBeLessThan(0.35);
  });

  it('counts a row as often as its weight says', () => {
    const half = {
      ...reference,
      count: 40,
      labels: reference.labels.subarray(0, 40),
      bar: reference.bar.subarray(0, 40),
      end: reference.end.subarray(0, 40),
      rows: reference.rows.subarray(0, 120),
    };
    const plain = plugin.fit(half, params({ early_stopping: 0, epochs: 5 }), 1);
    const same = plugin.fit(
      { ...half, weights: new Float64Array(40).fill(1) },
      params({ early_stopping: 0, epochs: 5 }),
      1,
    );
    const heavy = plugin.fit(
      { ...half, weights: half.labels.map((label) => 1 + 9 * label) },
      params({ early_stopping: 0, epochs: 5 }),
      1,
    );
    const mean = (content: ModelContent): number => {
      const predict = plugin.load(content, 3);
      let sum = 0;
      for (let i = 0; i < 40; i++) sum += predict(half.rows.slice(3 * i, 3 * i + 3)) / 40;
      return sum;
    };
    expect(same).toEqual(plain);
    expect(mean(heavy)).toBeGreaterThan(mean(plain) + 0.05);
  });

  it('is another with another seed', () => {
    const [one, two] = [1, 2].map((seed) => plugin.fit(reference, params(), seed));
    expect(one!.layers).not.toEqual(two!.layers);
  });

  it('stops by the last rows and fits on none whose label reaches into them', () => {
    const reachingOver = (bars: number) => ({ end: reference.bar.map((bar) => bar + bars) });
    const reaching = { ...reference, ...reachingOver(5) };
    const changed = {
      ...reaching,
      labels: reference.labels.map((label, i) => (i >= 43 && i < 48 ? 1 - label : label)),
    };
    const content = plugin.fit(reaching, params({ epochs: 200, early_stopping: 3 }), 1);
    expect(content.epochs).toBeLessThan(197);
    expect(plugin.fit(changed, params({ epochs: 200, early_stopping: 3 }), 1)).toEqual(content);
    expect(plugin.fit({ ...changed, ...reachingOver(4) }, params(), 1)).not.toEqual(plugin.fit(reaching, params(), 1));
  });

  it('standardises by the rows that it fits on', () => {
    const { means } = plugin.fit(reference, params({ epochs: 1 }), 1) as { means: number[] };
    const { fit } = validationSplit(reference, 0.2)!;
    const mean = columnsOf(fit.rows, 3)[1]!.reduce((sum, x) => sum + x) / fit.count;
    expect(means[1]).toBeCloseTo(mean, 14);
  });

  it('is held down by a penalty and by dropout', () => {
    const size = (changed: Record<string, number>): number => {
      const { layers } = plugin.fit(reference, params({ early_stopping: 0, ...changed }), 1) as { layers: number[][] };
      return layers[0]!.filter((_, i) => i % 4 !== 3).reduce((sum, x) => sum + x * x, 0);
    };
    expect(size({ l2: 0.1 })).toBeLessThan(0.5 * size({}));
    expect(size({ dropout: 0.5 })).not.toBe(size({}));
  });

  it.each([
    ['an activation', { activation: 'step' }, 'activation must be relu or tanh'],
    ['layers', { layers: [] }, 'layers must be a list of at least one layer'],
    ['numbers', { layers: [[1, null]] }, 'layers[0] must be a list of numbers'],
    ['sizes', { layers: [[1, 2, 3]] }, 'layers[0] must be a multiple of 4 numbers, was 3'],
    ['scales', { scales: [1, 1, 0] }, 'scales[2] must be above 0'],
    ['an output', { output: [1] }, 'output must be 17 numbers, was 1'],
  ])('is refused without %s that a fit could have given', (_, changed, message) => {
    const content = plugin.fit(reference, params({ epochs: 1 }), 1);
    expect(plugin.load(content, 3)(Float64Array.from(REFERENCE_POINTS[0]!))).toBeGreaterThan(0);
    expect(() => plugin.load({ ...content, ...changed }, 3)).toThrow(message);
  });
});
