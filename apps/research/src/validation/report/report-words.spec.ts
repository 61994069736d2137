import type { PolicyVerdict } from '@assay/contracts';
import { toldVerdicts } from '@assay/domain';
import { conclusionOf, notesOf } from './report-words';

const verdict = (policy: PolicyVerdict['policy'], passed: boolean | null): PolicyVerdict => ({
  ...{ policy, version: policy === 'exploratory' ? '1' : '2', passed },
  gates: [{ gate: 'pbo', passed, value: 0.2, threshold: 0.5, why: 'x' }],
});

describe('the words of a report', () => {
  it.each<[string, Parameters<typeof toldVerdicts>[0], string]>([
    ['nothing was judged', {}, 'Not judged'],
    ['evidence is missing', { default: verdict('default', null) }, 'Not decided'],
    [
      'none passes',
      { default: verdict('default', false), exploratory: verdict('exploratory', null) },
      'Passes no policy',
    ],
    [
      'one for paper passes',
      { exploratory: verdict('exploratory', true) },
      'Passes Exploratory: good for paper trading only',
    ],
    [
      'one for live passes too',
      { default: verdict('default', true), exploratory: verdict('exploratory', true) },
      'Passes Default and Exploratory: good for paper and for live trading',
    ],
  ])('conclude rightly where %s', (_, gates, says) =>
    expect(conclusionOf(toldVerdicts(gates), { synthetic: [], kind: 'pipeline' })).toContain(says),
  );

  it('hold what cannot be traded live, or at all, for no more than it is', () => {
    const passed = toldVerdicts({ default: verdict('default', true) });
    expect(conclusionOf(passed, { synthetic: ['A'], kind: 'pipeline' })).toContain(
      'paper trading only, since its bars',
    );
    expect(conclusionOf(passed, { synthetic: [], kind: 'universe' })).toBe(
      'Passes Default. A strategy over a universe is not deployed as one yet.',
    );
  });

  it('note what is missing, made up, of another layout, of other bars or later than the judgement', () => {
    const counts = { trials: 3, declared_outside: 0, owner_trials_on_this_data: 3 };
    const sound = {
      policies: [],
      synthetic: [],
      ledger: { as_judged: { ...counts, effective_range: null, at: 'x' }, now: counts },
      walk_forward: { policy_layout: true },
      cpcv: { policy_layout: true },
      backtest: { data: { fingerprint: 'a' } },
      data: { fingerprint: 'a' },
    };
    const always = notesOf(sound);
    expect(always).toHaveLength(2);
    const past = { ...verdict('default', true), version: '1' };
    const more = notesOf({
      ...sound,
      policies: toldVerdicts({ default: past, exploratory: verdict('exploratory', true) }),
      synthetic: ['A', 'B'],
      walk_forward: null,
      cpcv: { policy_layout: false },
      ledger: { ...sound.ledger, now: { ...counts, trials: 4 } },
      backtest: { data: { fingerprint: 'b' } },
    });
    expect(more).toEqual([
      expect.stringContaining('The bars of A and B are made up'),
      'Version 1 of default is replaced: validate again, to be judged by version 2 of default.',
      'No walk-forward was completed for these verdicts.',
      expect.stringContaining('another layout'),
      '1 trial was made since the judgement, which it does not count.',
      'The backtest read other bars than the validations.',
      ...always,
    ]);
  });
});
