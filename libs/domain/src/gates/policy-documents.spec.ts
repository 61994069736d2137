import { JUDGED_POLICIES, POLICIES } from '@assay/contracts';
import { GATE_NAMES, isJudged, isPaperOnly, PAST_POLICIES, POLICY_DOCUMENTS } from './policy-documents';

const gatesOf = (policy: keyof typeof POLICY_DOCUMENTS): string[] => Object.keys(POLICY_DOCUMENTS[policy].gates);

describe('the policies', () => {
  it('in force are those that judge, each under its own name', () => {
    expect(Object.entries(POLICY_DOCUMENTS).map(([name, document]) => [name, document.name])).toEqual(
      JUDGED_POLICIES.map((name) => [name, name]),
    );
  });

  it('use every gate, and none that there is not', () => {
    const shown = Object.values(POLICY_DOCUMENTS).flatMap((document) => Object.keys(document.shown));
    expect(new Set([...JUDGED_POLICIES.flatMap(gatesOf), ...shown])).toEqual(new Set(GATE_NAMES));
  });

  it('have these thresholds in version 2: other numbers are another version', () => {
    expect(POLICY_DOCUMENTS.strict).toEqual({
      name: 'strict',
      version: '2',
      paper_only: false,
      gates: {
        walk_forward_sharpe: 0.3,
        walk_forward_drawdown: 0.25,
        walk_forward_profitable_folds: 0.5,
        overfitting_ratio: 0.5,
        cpcv_sharpe: 0.2,
        probabilistic_sharpe: 0.95,
        benchmark_p: 0.05,
        benchmark_raw_p: 0.1,
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
      shown: { deflated_sharpe: 0.95 },
      bounds: {
        min_tracking_error: 0.01,
        benchmark: { draws: 10_000, seed: 1 },
        large_ledger: { above: 100, benchmark_p: 0.03, benchmark_raw_p: 0.06 },
        pbo_min_trials: 10,
        pbo_max_loss_probability: 0.25,
      },
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
    expect([exploratory.version, standard.version, strict.version]).toEqual(['1', '2', '2']);
  });

  it('lay evidence out alike, so that one run serves all', () => {
    const { layout, bounds } = POLICY_DOCUMENTS.default;
    for (const document of Object.values(POLICY_DOCUMENTS)) expect(document).toMatchObject({ layout, bounds });
  });

  it('allow real money but for exploratory', () => {
    expect(POLICIES.filter(isPaperOnly)).toEqual(['exploratory']);
  });
});

describe('past versions', () => {
  it('are kept as they were, with what judges instead', () => {
    expect(PAST_POLICIES.map(({ name, version, instead }) => [name, version, instead.policy, instead.version])).toEqual(
      [
        ['default', '1', 'default', '2'],
        ['strict', '1', 'strict', '2'],
        ['large_search', '1', 'default', '2'],
      ],
    );
    const [before, , searched] = PAST_POLICIES;
    expect(before!.gates).toMatchObject({ deflated_sharpe: 0.95, benchmark_p: 0.05, pbo: 0.5, scored_bars: 504 });
    expect(Object.keys(before!.gates)).not.toContain('probabilistic_sharpe');
    expect(searched).toMatchObject({
      gates: { deflated_sharpe_or_absolute_p: 0.95 },
      bounds: { max_absolute_p: 0.05 },
    });
    for (const { instead } of PAST_POLICIES) expect(POLICY_DOCUMENTS[instead.policy].version).toBe(instead.version);
  });

  it('leave every policy that evidence may be of in force or retired', () => {
    expect(POLICIES.filter((policy) => !isJudged(policy))).toEqual(['large_search']);
    expect(new Set([...JUDGED_POLICIES, ...PAST_POLICIES.map(({ name }) => name)])).toEqual(new Set(POLICIES));
  });
});
