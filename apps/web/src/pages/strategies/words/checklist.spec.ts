import { readinessSteps, type ReadinessFacts } from './checklist';

const facts: ReadinessFacts = {
  status: 'draft',
  revision: 2,
  promoted_revision: null,
  checklist: [
    { item: 'status_validated', passed: false, detail: '' },
    { item: 'backtest_completed', passed: false, detail: '' },
    { item: 'model_attached', passed: true, detail: '' },
    { item: 'signal_logic_attached', passed: true, detail: '' },
  ],
  validated_under: [],
  backtests: [],
  walkForward: null,
  cpcv: null,
  judged: false,
  failing: [],
};
const completed = { status: 'completed', policy_layout: true };
const backtested = facts.checklist.map((one) => (one.item === 'backtest_completed' ? { ...one, passed: true } : one));
const look = (change: Partial<ReadinessFacts>) =>
  Object.fromEntries(readinessSteps({ ...facts, ...change }).map((step) => [step.key, step]));

describe('the way to trading', () => {
  it('starts with the rules where there are none', () => {
    const steps = look({
      checklist: facts.checklist.map((one) => (one.item === 'signal_logic_attached' ? { ...one, passed: false } : one)),
    });
    expect(steps.rules).toMatchObject({ state: 'next', page: { to: '/signals' } });
    expect(steps.backtest).toMatchObject({ state: 'later', action: undefined });
  });

  it('goes on with a backtest, and validations wait for it', () => {
    const steps = look({});
    expect(steps.backtest).toMatchObject({ state: 'next', action: { kind: 'backtest' } });
    expect(steps['walk-forward']!.state).toBe('later');
    expect(steps.cpcv!.action).toBeUndefined();
  });

  it('says that something runs, and why it failed', () => {
    expect(look({ backtests: [{ status: 'running' }] }).backtest!.state).toBe('running');
    const failed = look({ backtests: [{ status: 'failed', error: { detail: 'no bars of X are stored' } }] }).backtest;
    expect(failed).toMatchObject({ state: 'failed', detail: 'no bars of X are stored', action: { kind: 'backtest' } });
  });

  it('counts only a validation in the layout of the policies', () => {
    const steps = look({
      checklist: backtested,
      walkForward: { status: 'completed', policy_layout: false },
      cpcv: completed,
    });
    expect(steps['walk-forward']).toMatchObject({ state: 'next', action: { kind: 'walk-forward' } });
    expect(steps['walk-forward']!.detail).toMatch(/^The last one had a layout of its own/);
    expect(steps.cpcv!.state).toBe('done');
  });

  it('leads to the bars where only their warnings stand in the way', () => {
    const judged = { checklist: backtested, walkForward: completed, cpcv: completed, judged: true };
    expect(look({ ...judged, failing: ['data_quality_acknowledged'] }).gates).toMatchObject({
      state: 'failed',
      page: { to: '/data/series' },
      action: { kind: 'cpcv' },
    });
  });

  it('leads to the gates, and to no sweep, where the strategy itself does not hold up', () => {
    const judged = { checklist: backtested, walkForward: completed, cpcv: completed, judged: true };
    const { gates } = look({ ...judged, failing: ['walk_forward_sharpe'] });
    expect(gates).toMatchObject({ state: 'failed', page: { to: '/validation/$id' } });
    expect(gates).not.toHaveProperty('action');
  });

  it('offers the promotion, saying what it is good for, and ends with it', () => {
    const passed = { checklist: backtested, walkForward: completed, cpcv: completed, judged: true };
    const steps = look({ ...passed, validated_under: ['exploratory'] });
    expect(steps.gates!.detail).toBe('Passes: Exploratory (good for paper only).');
    expect(steps.promote).toMatchObject({ state: 'next', action: { kind: 'promote' } });
    expect(look({ ...passed, validated_under: ['exploratory'], promoted_revision: 2 }).promote!.state).toBe('done');
    // an older version is promoted: this one still has to be
    expect(look({ ...passed, validated_under: ['exploratory'], promoted_revision: 1 }).promote!.state).toBe('next');
  });
});
