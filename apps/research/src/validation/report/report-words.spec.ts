import type { PolicyVerdict } from '@assay/contracts';
import { GATE_NAMES, GATE_QUESTIONS } from '@assay/domain';
import { answerOf, conclusionOf, notesOf, reportedPolicies } from './report-words';

const verdict = (policy: PolicyVerdict['policy'], passed: boolean | null): PolicyVerdict => ({
  ...{ policy, version: '1', passed },
  gates: [{ gate: 'pbo', passed, value: 0.2, threshold: 0.5, why: 'x' }],
});

describe('the words of a report', () => {
  it('ask a question for every gate, whose direction they say', () => {
    for (const gate of GATE_NAMES) {
      const { title, asks } = GATE_QUESTIONS[gate];
      expect([gate, title.length > 3, /(at least|at most) the threshold|small enough/.test(asks)]).toEqual([
        gate,
        true,
        true,
      ]);
    }
  });

  it('say of each policy what it is good for, and name a gate of another time by its code', () => {
    const old = { policy: 'exploratory' as const, version: '0', passed: true, gates: [{ gate: 'old_gate', passed: true, value: 1, threshold: 0, why: '' }] }; // prettier-ignore
    const [first, second] = reportedPolicies({ exploratory: old, default: verdict('default', false) });
    expect([first!.policy, first!.paper_only, first!.gates[0]!.title]).toEqual(['default', false, 'Probability of backtest overfitting']); // prettier-ignore
    expect([second!.policy, second!.paper_only, second!.gates[0]!.title]).toEqual(['exploratory', true, 'Old gate']);
  });

  it.each<[string, Parameters<typeof reportedPolicies>[0], string]>([
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
    expect(conclusionOf(reportedPolicies(gates), { synthetic: [], kind: 'pipeline' })).toContain(says),
  );

  it('hold what cannot be traded live, or at all, for no more than it is', () => {
    const passed = reportedPolicies({ default: verdict('default', true) });
    expect(conclusionOf(passed, { synthetic: ['A'], kind: 'pipeline' })).toContain(
      'paper trading only, since its bars',
    );
    expect(conclusionOf(passed, { synthetic: [], kind: 'universe' })).toBe(
      'Passes Default. A strategy over a universe is not deployed as one yet.',
    );
  });

  it('note what is missing, made up, of another layout, of other bars or later than the judgement', () => {
    const counts = { trials: 3, owner_trials_on_this_data: 3 };
    const sound = {
      synthetic: [],
      ledger: { as_judged: { ...counts, effective_range: null, at: 'x' }, now: counts },
      walk_forward: { policy_layout: true },
      cpcv: { policy_layout: true },
      backtest: { data: { fingerprint: 'a' } },
      data: { fingerprint: 'a' },
    };
    const always = notesOf(sound);
    expect(always).toHaveLength(2);
    const more = notesOf({
      ...sound,
      synthetic: ['A', 'B'],
      walk_forward: null,
      cpcv: { policy_layout: false },
      ledger: { ...sound.ledger, now: { ...counts, trials: 4 } },
      backtest: { data: { fingerprint: 'b' } },
    });
    expect(more).toEqual([
      expect.stringContaining('The bars of A and B are made up'),
      'No walk-forward was completed for these verdicts.',
      expect.stringContaining('another layout'),
      '1 trial was made since the judgement, which it does not count.',
      'The backtest read other bars than the validations.',
      ...always,
    ]);
  });

  it('make sentences of codes', () => {
    expect(answerOf('too_few_trials')).toContain('neither refuses nor passes');
    expect(answerOf('p must be at most 0.05, was 0.2')).toBe('P must be at most 0.05, was 0.2.');
  });
});
