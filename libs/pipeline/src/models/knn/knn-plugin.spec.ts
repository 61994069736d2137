import { REFERENCE_POINTS, referenceRows } from '../../fixtures/reference-rows';
import { resolveParams } from '../../parameters';
import { knnPlugin as plugin } from './knn-plugin';

const fit = (neighbours: number) => plugin.fit(referenceRows(), resolveParams(plugin, { neighbours }), 1);

// scikit-learn 1.2.1: KNeighborsClassifier(neighbours) on what StandardScaler gives
describe('nearest neighbours', () => {
  it.each([
    [1, [0, 1, 0, 0, 1]],
    [7, [6, 6, 1, 2, 4]],
    [25, [14, 20, 9, 14, 13]],
  ])('counts what scikit-learn does among %d', (neighbours, ones) => {
    const predict = plugin.load(fit(neighbours), 3);
    expect(REFERENCE_POINTS.map((point) => predict(Float64Array.from(point)))).toEqual(
      ones.map((count) => count / neighbours),
    );
  });

  it('asks all rows where they are fewer', () => {
    const content = fit(100);
    expect(plugin.figures(content, [])).toEqual({ stored_rows: 60, neighbours: 60 });
    const { labels } = referenceRows();
    const share = labels.reduce((sum, label) => sum + label, 0) / 60;
    expect(plugin.load(content, 3)(Float64Array.of(9, 9, 9))).toBeCloseTo(share, 12);
  });

  it.each([
    ['too few numbers', { points: [1] }, 'points must be one number per label and input'],
    ['another label', { labels: [2] }, 'labels must be 0 or 1'],
    ['a scale of 0', { scales: [1, 0, 1] }, 'means and scales must be one number per input'],
    ['no neighbour', { neighbours: 0 }, 'neighbours must be an integer from 1 to 60'],
    ['more neighbours than rows', { neighbours: 61 }, 'neighbours must be an integer from 1 to 60'],
  ])('refuses content with %s', (_, change, message) => {
    expect(() => plugin.load({ ...fit(7), ...change }, 3)).toThrow(message);
  });
});
