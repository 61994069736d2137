import { REFERENCE_POINTS, referenceRows } from '../../fixtures/reference-rows';
import { resolveParams } from '../../parameters';
import { gradientBoostingPlugin as plugin } from './gradient-boosting-plugin';

const NAMES = ['a', 'b', 'c'];
const SHARES = NAMES.map((name) => `gain_share.${name}`);
const set = referenceRows();
const params = (changed: Record<string, number | string>) => resolveParams(plugin, changed);
const fit = (changed: Record<string, number | string>) => plugin.fit(set, params(changed), 1);
const exact = {
  trees: 10,
  learning_rate: 0.3,
  max_depth: 3,
  max_leaves: 6,
  min_child_weight: 0.001,
  max_bins: 255,
};

describe('gradient boosting', () => {
  // scikit-learn 1.2.1, HistGradientBoostingClassifier(max_iter=10, learning_rate=.3, max_depth=3, max_leaf_nodes=6,
  // min_samples_leaf=1, l2_regularization=1, max_bins=255, early_stopping=False), which sums gradients of 32 bits
  it('predicts what scikit-learn does', () => {
    const predict = plugin.load(fit(exact), 3);
    const found = REFERENCE_POINTS.map((point) => predict(Float64Array.from(point)));
    [0.6259601991034194, 0.9329538975411802, 0.07207670131510004, 0.637235888877255, 0.6341321432329258].forEach(
      (p, i) => expect(Math.abs(found[i]! - p)).toBeLessThan(1e-6),
    );
  });

  it('stops by the last rows and fits on none whose label reaches into them', () => {
    const stopping = {
      trees: 200,
      early_stopping: 5,
      validation_fraction: 0.25,
    };
    const content = fit(stopping);
    const { trees, validation_rows: rows, validation_log_loss: loss } = plugin.figures(content, NAMES);
    expect(trees).toBeLessThan(200);
    expect([rows, loss! < Math.LN2]).toEqual([15, true]);
    const reachingOver = (bars: number) => ({ end: set.bar.map((bar) => bar + bars) });
    const reaching = { ...set, ...reachingOver(5) };
    const changed = {
      ...reaching,
      labels: set.labels.map((label, i) => (i >= 40 && i < 45 ? 1 - label : label)),
    };
    expect(plugin.fit(changed, params(stopping), 1)).toEqual(plugin.fit(reaching, params(stopping), 1));
    expect(plugin.fit({ ...changed, ...reachingOver(4) }, params(stopping), 1)).not.toEqual(content);
  });

  it('fits on all rows where the last ones have one label only', () => {
    const labels = set.labels.map((label, i) => (i >= 48 ? 1 : label));
    const content = plugin.fit({ ...set, labels }, params({ early_stopping: 5 }), 1);
    expect(Object.keys(plugin.figures(content, NAMES))).toEqual(['trees', ...SHARES]);
  });

  it('gives both labels the same weight when they are balanced', () => {
    const labels = set.labels.map((label, i) => (i % 3 === 0 ? label : 1));
    const base = (kind: string) => plugin.fit({ ...set, labels }, params({ class_weight: kind }), 1).base as number;
    expect(base('none')).toBeGreaterThan(0.5);
    expect(base('balanced')).toBeCloseTo(0, 12);
  });

  it.each(['+', '+-+-'])('refuses the signs %s for three inputs by name', (monotone) => {
    const message = `params.monotone must be none or 3 of +, - and 0, one per input, was ${monotone}`;
    expect(() => fit({ monotone })).toThrow(message);
  });

  it.each(['x0+', '1 0'])('refuses the text %s, which is of no signs', (monotone) => {
    expect(() => fit({ monotone })).toThrow('params.monotone must match');
  });

  it('takes a sign per input', () => {
    const predict = plugin.load(fit({ ...exact, monotone: '0+0' }), 3);
    let before = 0;
    for (let x = -3; x < 3; x += 0.1) {
      const now = predict(Float64Array.of(0.2, x, 0.5));
      expect(now).toBeGreaterThanOrEqual(before);
      before = now;
    }
  });

  it.each([
    ['a split of no input', { features: 3 }, 'features, bins, lefts, missing_left and values'],
    ['a split of no bin', { bins: 300 }, 'bins must be of their column, was 300 at node 0'],
    ['a walk in circles', { lefts: 0 }, 'lefts must lead to later nodes of the tree, was 0 at node 0'],
    ['a walk out of the tree', { lefts: 10_000 }, 'lefts must lead to later nodes of the tree, was 10000 at node 0'],
    ['a value that is none', { values: null }, 'features, bins, lefts, missing_left and values'],
    ['a gain that is none', { gain_shares: -1 }, 'gain_shares must be one number per input'],
  ])('refuses content with %s', (_, change, message) => {
    const content = fit(exact) as Record<string, unknown[]>;
    const [[name, first]] = Object.entries(change) as [[string, unknown]];
    expect(() => plugin.load({ ...content, [name]: [first, ...content[name]!.slice(1)] }, 3)).toThrow(message);
    expect(() => plugin.load({ ...content, cuts: [[1, 0], [], []] }, 3)).toThrow('one ascending list per input');
    expect(() => plugin.load({ ...content, base: null }, 3)).toThrow('base must be a number');
  });
});
