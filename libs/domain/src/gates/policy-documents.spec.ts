import { POLICIES } from '@assay/contracts';
import { GATE_NAMES, POLICY_DOCUMENTS } from './policy-documents';

const gatesOf = (policy: keyof typeof POLICY_DOCUMENTS): string[] => Object.keys(POLICY_DOCUMENTS[policy].gates);

describe('the policies', () => {
  it('are those that may be named, each under its own name', () => {
    expect(Object.entries(POLICY_DOCUMENTS).map(([name, document]) => [name, document.name])).toEqual(
      POLICIES.map((name) => [name, name]),
    );
  });

  it('use every gate, and none that there is not', () => {
    expect(new Set(POLICIES.flatMap(gatesOf))).toEqual(new Set(GATE_NAMES));
  });

  it('have these thresholds in version 1: other numbers are another version', () => {
    expect(POLICY_DOCUMENTS.strict).toMatchObject({
      version: '1',
      gates: {
        walk_forward_sharpe: 0.3,
        walk_forward_drawdown: 0.25,
        walk_forward_profitable_folds: 0.5,
        overfitting_ratio: 0.5,
        cpcv_sharpe: 0.2,
        deflated_sharpe: 0.95,
        benchmark_p: 0.05,
        pbo: 0.5,
        reality_check: 0.05,
        spa: 0.05,
        holdout_sharpe: 0,
        look_ahead_audit: 0,
        warm_up_audit: 0,
        data_quality_errors: 0,
        data_quality_acknowledged: 0,
        scored_bars: 504,
        fold_bars: 60,
        group_bars: 60,
        pbo_block_bars: 20,
        position_changes: 20,
      },
      bounds: { min_tracking_error: 0.01, pbo_min_trials: 10, pbo_max_loss_probability: 0.25, max_absolute_p: 0.05 },
      layout: {
        unscored_bars: 252,
        walk_forward: { kind: 'rolling', folds: 5, train_to_test: 2, min_gap: 5 },
        cpcv: { groups: 6, test_groups: 2 },
        look_ahead_cuts: 50,
      },
    });
  });

  it('demand more from exploratory to default to strict, with the same thresholds', () => {
    const { exploratory, default: standard, strict } = POLICY_DOCUMENTS;
    expect(standard.gates).toMatchObject(exploratory.gates);
    expect(strict.gates).toMatchObject(standard.gates);
    expect(gatesOf('strict').filter((gate) => !gatesOf('default').includes(gate))).toEqual([
      'reality_check',
      'spa',
      'holdout_sharpe',
    ]);
  });

  it('of large searches have an absolute p beside the deflated Sharpe, and nothing else of their own', () => {
    const instead = gatesOf('default').map((gate) =>
      gate === 'deflated_sharpe' ? 'deflated_sharpe_or_absolute_p' : gate,
    );
    expect(gatesOf('large_search')).toEqual(instead);
    expect(Object.values(POLICY_DOCUMENTS.large_search.gates)).toEqual(Object.values(POLICY_DOCUMENTS.default.gates));
  });

  it('lay evidence out alike, so that one run serves all', () => {
    const { layout, bounds } = POLICY_DOCUMENTS.default;
    for (const document of Object.values(POLICY_DOCUMENTS)) expect(document).toMatchObject({ layout, bounds });
  });

  it('allow real money but for exploratory', () => {
    expect(POLICIES.filter((name) => POLICY_DOCUMENTS[name].paper_only)).toEqual(['exploratory']);
  });
});
