import { createRng } from '../../random';
import { binnedMutualInformation, fStatistic, inputVariance } from '..';

const ROWS = 250;
const column = (of: (i: number) => number): Float64Array => Float64Array.from({ length: ROWS }, (_, i) => of(i));
const inputs = [
  column((i) => ((i * 37) % 101) / 10),
  column((i) => ((i * 53) % 89) / 10),
  column((i) => ((i * 29) % 7) / 10),
  column((i) => Math.floor(i / 25) / 10),
];
const classes = column((i) => Number(inputs[0][i] + inputs[1][i] > 9.5));
const numbers = column((i) => 0.3 * inputs[0][i] + inputs[2][i] + ((i * 71) % 97) / 10);

/**
 * scikit-learn 1.2.1:
 * i = np.arange(250)
 * X = np.column_stack([i * 37 % 101, i * 53 % 89, i * 29 % 7, i // 25]) / 10
 * y = (X[:, 0] + X[:, 1] > 9.5).astype(float); z = 0.3 * X[:, 0] + X[:, 2] + (i * 71 % 97) / 10
 * b = lambda v: np.array([int(7 * (v < a).sum() / 250) for a in v])
 * mi = lambda x, y: mutual_info_score(b(x), y) - (len(set(b(x))) - 1) * (len(set(y)) - 1) / 500
 * f_classif(X, y)[0]; f_regression(X, z)[0]; VarianceThreshold().fit(X).variances_
 * [mi(x, y) for x in X.T]; [mi(x, b(z)) for x in X.T]
 */
const REFERENCE = {
  classif: [185.9146116028841, 80.98522704783149, 0.022285344400794837, 0.0019299460704727649],
  regression: [92.06091102492198, 0.11343167449709765, 0.08438838530035934, 0.010221747680291134],
  variance: [8.534013439999995, 6.612381439999999, 0.03979599999999992, 0.08249999999999992],
  informationOfClasses: [0.25617044440258685, 0.1284743790176947, -0.01122839201057087, -0.011004532007282953],
  informationOfNumbers: [0.7935797270919324, -0.04602803318856298, -0.04764150531508858, -0.0562162476174301],
};
const near = (values: number[]): unknown[] => values.map((value) => expect.closeTo(value, 10));

describe('scores of inputs', () => {
  it('are those of scikit-learn', () => {
    expect(inputs.map((x) => fStatistic(x, classes))).toEqual(near(REFERENCE.classif));
    expect(inputs.map((x) => fStatistic(x, numbers))).toEqual(near(REFERENCE.regression));
    expect(inputs.map((x) => inputVariance(x))).toEqual(near(REFERENCE.variance));
    expect(inputs.map((x) => binnedMutualInformation(x, classes, false))).toEqual(near(REFERENCE.informationOfClasses));
    expect(inputs.map((x) => binnedMutualInformation(x, numbers, true))).toEqual(near(REFERENCE.informationOfNumbers));
  });

  it('are, of few rows with ties, what their definitions say', () => {
    const rng = createRng('scores');
    for (let draw = 0; draw < 50; draw++) {
      const n = 8 + Math.floor(rng.next() * 60);
      const values = Float64Array.from({ length: n }, () => Math.round(3 * rng.normal()));
      const labels = Float64Array.from({ length: n }, (_, i) => (i < 2 ? i : Number(rng.next() < 0.4)));
      expect(fStatistic(values, labels)).toBeCloseTo(analysisOfVariance(values, labels), 9);
      expect(binnedMutualInformation(values, labels, false)).toBeCloseTo(informationBySums(values, labels), 9);
    }
  });

  it('know what is exact, and what tells nothing', () => {
    const rising = Float64Array.of(1, 2, 3, 4);
    const steps = Float64Array.of(0, 0, 1, 1);
    expect(fStatistic(steps, steps)).toBe(Number.MAX_VALUE);
    const level = new Float64Array(4).fill(0.1);
    expect([
      fStatistic(level, rising),
      fStatistic(rising, level),
      fStatistic(rising.subarray(2), rising.subarray(2)),
    ]).toEqual([null, null, null]);
    expect(fStatistic(Float64Array.of(1e200, -1e200, 1e200), Float64Array.of(0, 1, 1))).toBeNull();
    expect(binnedMutualInformation(level, rising, true)).toBeNull();
    expect(binnedMutualInformation(rising, level, true)).toBeNull();
    expect(binnedMutualInformation(new Float64Array(0), new Float64Array(0), true)).toBeNull();
    expect([inputVariance(level), inputVariance(rising.subarray(3)), inputVariance(new Float64Array(0))]).toEqual([
      0,
      0,
      null,
    ]);
    expect(inputVariance(Float64Array.of(1e200, -1e200))).toBeNull();
  });

  it('of mutual information are of ranks alone: any rising function of an input tells the same', () => {
    const own = binnedMutualInformation(inputs[0], numbers, true);
    expect(binnedMutualInformation(inputs[0].map(Math.exp), numbers.map(Math.exp), true)).toBe(own);
    expect(binnedMutualInformation(numbers, inputs[0], true)).toBeCloseTo(own!, 12);
  });
});

/** Mean square between the groups over that within them. */
function analysisOfVariance(values: Float64Array, labels: Float64Array): number {
  const groups = [0, 1].map((label) => values.filter((_, i) => labels[i] === label));
  const mean = (of: Float64Array): number => of.reduce((sum, value) => sum + value, 0) / of.length;
  const between = groups.reduce((sum, group) => sum + group.length * (mean(group) - mean(values)) ** 2, 0);
  const within = groups.reduce((sum, group) => sum + group.reduce((own, v) => own + (v - mean(group)) ** 2, 0), 0);
  return between / (within / (values.length - 2));
}

/** Summed over every pair of a bin and a label, whose rows are counted one by one. */
function informationBySums(values: Float64Array, labels: Float64Array): number {
  const n = values.length;
  const bins = n < 45 ? 2 : 3;
  const binOf = (value: number): number => Math.floor((bins * values.filter((other) => other < value).length) / n);
  const part = (holds: (i: number) => boolean): number => values.filter((_, i) => holds(i)).length / n;
  let sum = 0;
  const held = new Set([...values].map(binOf));
  for (const bin of held) {
    for (const label of [0, 1]) {
      const both = part((i) => binOf(values[i]) === bin && labels[i] === label);
      if (both > 0)
        sum += both * Math.log(both / (part((i) => binOf(values[i]) === bin) * part((i) => labels[i] === label)));
    }
  }
  return sum - (held.size - 1) / (2 * n);
}
