import { REFERENCE_POINTS, referenceRows } from '../../fixtures/reference-rows';
import { resolveParams } from '../../parameters';
import { ridgePlugin as plugin } from './ridge-plugin';

const predictions = (changed: Record<string, number | string>): number[] => {
  const predict = plugin.load(plugin.fit(referenceRows(), resolveParams(plugin, changed), 1), 3);
  return REFERENCE_POINTS.map((point) => predict(Float64Array.from(point)));
};

// scikit-learn 1.2.1: the decision function of RidgeClassifier(alpha=2) on what StandardScaler gives
describe('ridge', () => {
  it.each([
    [
      'none',
      [0.10625077516382965, 0.7930403797131665, -0.5151042961600277, -0.015561976856945603, 0.044270616795479695],
    ],
    [
      'balanced',
      [0.04915573987941622, 0.744284761585267, -0.5735150779056434, -0.09301864429329902, 0.009477625366560674],
    ],
  ])('predicts half of 1 plus the score of scikit-learn, class weight %s', (kind, scores) => {
    const found = predictions({ l2: 2, class_weight: kind });
    scores.forEach((score, i) => expect(found[i]).toBeCloseTo((1 + score) / 2, 12));
  });
});
