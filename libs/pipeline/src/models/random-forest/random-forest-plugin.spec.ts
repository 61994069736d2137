import { referenceRows } from '../../fixtures/reference-rows';
import { resolveParams } from '../../parameters';
import { randomForestPlugin as plugin } from './random-forest-plugin';

const NAMES = ['a', 'b', 'c'];
const set = referenceRows();
const fit = (changed: Record<string, number | string>) => plugin.fit(set, resolveParams(plugin, changed), 1);

describe('random forest', () => {
  // scikit-learn 1.2.1, RandomForestClassifier(2000, max_depth=3, max_features='sqrt', min_samples_leaf=1,
  // oob_score=True, random_state=1) on the rows rounded to whole numbers, where cuts leave no choice: other draws, so
  // alike within what its own next seeds differ by, up to 0.03
  it('predicts what scikit-learn does, within the chance of the draws', () => {
    const rows = set.rows.map((value) => Math.floor(value + 0.5));
    const params = resolveParams(plugin, { trees: 1000, max_depth: 3, min_leaf: 1 });
    const content = plugin.fit({ ...set, rows }, params, 1);
    const predict = plugin.load(content, 3);
    const points = [
      [0, 0, 0, 0.6224],
      [1, -1, 0, 0.8826],
      [-1, 1, 0, 0.2386],
      [0, 1, -1, 0.3706],
      [-1, 0, 2, 0.5251],
    ];
    for (const point of points)
      expect(Math.abs(predict(Float64Array.from(point.slice(0, 3))) - point[3]!)).toBeLessThan(0.03);
    const { oob_rows: rowsOutside, oob_accuracy: accuracy } = plugin.figures(content, NAMES);
    expect(rowsOutside).toBe(60);
    expect(Math.abs(accuracy! - 0.7667)).toBeLessThan(0.04);
  });

  it('says how well the rows outside each tree are told, and what each input gained', () => {
    const content = fit({ trees: 200 });
    const { oob_log_loss: loss, oob_rows: rows, ...figures } = plugin.figures(content, NAMES);
    expect([rows, loss! > 0 && loss! < Math.LN2]).toEqual([60, true]);
    const shares = NAMES.map((name) => figures[`gain_share.${name}`]!);
    expect(shares[0]! + shares[1]! + shares[2]!).toBeCloseTo(1, 12);
    expect(shares[0]).toBe(Math.max(...shares));
  });

  it('tries as many inputs as the parameter says', () => {
    const one = fit({ max_features: 'sqrt' });
    expect(fit({ max_features: 'log2' })).toEqual(one);
    expect(fit({ max_features: 'all' })).not.toEqual(one);
  });

  it('gives both labels the same weight when they are balanced', () => {
    const labels = set.labels.map((label, i) => (i % 3 === 0 ? label : 1));
    const mean = (kind: string): number => {
      const params = resolveParams(plugin, { class_weight: kind, min_leaf: 20 });
      const predict = plugin.load(plugin.fit({ ...set, labels }, params, 1), 3);
      let sum = 0;
      for (let i = 0; i < set.count; i++) sum += predict(set.rows.slice(3 * i, 3 * i + 3));
      return sum / set.count;
    };
    expect(mean('none')).toBeGreaterThan(0.7);
    expect(Math.abs(mean('balanced') - 0.5)).toBeLessThan(0.15);
  });

  it('refuses content without a tree', () => {
    const empty = { cuts: [[], [], []], sizes: [], features: [], bins: [], lefts: [], missing_left: [], values: [] };
    expect(() => plugin.load({ ...empty, gain_shares: [0, 0, 0] }, 3)).toThrow('there must be at least one tree');
  });
});
