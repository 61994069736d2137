import { REFERENCE_POINTS, referenceRows } from '../../fixtures/reference-rows';
import { resolveParams } from '../../parameters';
import { elasticNetPlugin as plugin } from './elastic-net-plugin';

const fit = (changed: Record<string, number | string>) =>
  plugin.fit(referenceRows(), resolveParams(plugin, changed), 1);

// scikit-learn 1.2.1: LogisticRegression(penalty='elasticnet', solver='saga', C=0.2, l1_ratio=0.5 or 1,
// tol=1e-12) on what StandardScaler gives; the penalty is 1 / C
describe('elastic net', () => {
  it.each([
    [
      'both penalties',
      { penalty: 5, l1_ratio: 0.5 },
      2,
      [0.5532701974627086, 0.7901135980044026, 0.28949762343225116, 0.5504372961422223, 0.45867871633173],
    ],
    [
      'nothing but L1',
      { penalty: 5, l1_ratio: 1 },
      2,
      [0.542589579723165, 0.7577602443433079, 0.310261979769641, 0.5728277813177151, 0.4327108532241255],
    ],
    [
      'balanced classes',
      { penalty: 5, l1_ratio: 0.5, class_weight: 'balanced' },
      2,
      [0.5099855769144548, 0.7626145638819234, 0.25215111274892205, 0.5024776912701869, 0.41835894384510547],
    ],
  ])('predicts what scikit-learn does with %s', (_, params, used, expected) => {
    const content = fit(params);
    const predict = plugin.load(content, 3);
    expected.forEach((p, i) => expect(predict(Float64Array.from(REFERENCE_POINTS[i]!))).toBeCloseTo(p, 7));
    expect(plugin.figures(content, [])).toMatchObject({ converged: 1, inputs_used: used });
  });

  it('keeps the exact 0 of an input that tells nothing', () => {
    expect((fit({ penalty: 5 }).coefficients as number[])[2]).toBe(0);
  });
});
