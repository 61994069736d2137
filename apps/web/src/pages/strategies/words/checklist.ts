import { policyWords } from './gate-words';

export type StepAction = 'backtest' | 'walk-forward' | 'cpcv' | 'promote';
export interface Step {
  key: string;
  title: string;
  state: 'done' | 'next' | 'later' | 'running' | 'failed';
  /** What was found, or what is missing and what to do. */
  detail: string;
  action?: { kind: StepAction; label: string };
  /** A page where the thing to do is done. */
  page?: { to: '/features' | '/signals' | '/data/series' | '/validation/$id'; label: string };
}

interface Run {
  status: string;
  policy_layout?: boolean;
  error?: { detail?: string } | null;
}
export interface ReadinessFacts {
  status: string;
  revision: number;
  promoted_revision: number | null;
  checklist: readonly { item: string; passed: boolean; detail: string }[];
  validated_under: readonly string[];
  /** Of this revision, newest first. */
  backtests: readonly Run[];
  walkForward: Run | null;
  cpcv: Run | null;
  judged: boolean;
  /** Gates that the least demanding policy finds wanting. */
  failing: readonly string[];
}

const isBusy = (run: Run | null | undefined): boolean => run?.status === 'queued' || run?.status === 'running';
const problemOf = (run: Run | null | undefined): string => run?.error?.detail ?? 'It failed; the job says why.';

function runStep(
  key: 'walk-forward' | 'cpcv',
  title: string,
  purpose: string,
  run: Run | null,
  backtested: boolean,
): Step {
  const action = { kind: key, label: `Run ${title.toLowerCase()}` };
  if (isBusy(run)) return { key, title, state: 'running', detail: 'Running.' };
  if (run?.status === 'completed' && run.policy_layout !== false) return { key, title, state: 'done', detail: purpose };
  if (run?.status === 'failed') return { key, title, state: 'failed', detail: problemOf(run), action };
  const other = run?.status === 'completed' ? 'The last one had a layout of its own, which is no evidence. ' : '';
  if (!backtested) return { key, title, state: 'later', detail: `${purpose} Needs a backtest first.` };
  return { key, title, state: 'next', detail: `${other}${purpose}`, action };
}

function backtestStep({ checklist, backtests }: ReadinessFacts): Step {
  const step = { key: 'backtest', title: 'Backtest' } as const;
  const action = { kind: 'backtest', label: 'Run a backtest' } as const;
  if (backtests.some(isBusy)) return { ...step, state: 'running', detail: 'Running.' };
  if (checklist.find(({ item }) => item === 'backtest_completed')?.passed) {
    return { ...step, state: 'done', detail: 'This version has been run over the stored bars.' };
  }
  if (backtests[0]?.status === 'failed') return { ...step, state: 'failed', detail: problemOf(backtests[0]), action };
  return { ...step, state: 'next', detail: 'See what it would have done on the stored bars.', action };
}

function partsSteps({ checklist }: ReadinessFacts): Step[] {
  const of = (item: string) => checklist.find((one) => one.item === item);
  const signal = of('signal_logic_attached');
  const model = of('model_attached');
  const steps: Step[] = [];
  if (signal) {
    steps.push({
      key: 'rules',
      title: 'Rules',
      state: signal.passed ? 'done' : 'next',
      detail: signal.passed ? 'It has rules to trade by.' : 'It has no rules yet: attach a signal logic.',
      ...(signal.passed ? {} : { page: { to: '/signals', label: 'Go to signals' } as const }),
    });
  }
  if (model) {
    steps.push({
      key: 'model',
      title: 'Model',
      state: model.passed ? 'done' : 'next',
      detail: model.passed ? 'Its model is there, or it needs none.' : `Train its model: ${model.detail}.`,
      ...(model.passed ? {} : { page: { to: '/features', label: 'Go to features and models' } as const }),
    });
  }
  return steps;
}

function gatesStep(facts: ReadinessFacts): Step {
  const step = { key: 'gates', title: 'Gates' } as const;
  if (facts.validated_under.length > 0) {
    const names = facts.validated_under.map((policy) => {
      const { name, good } = policyWords(policy);
      return `${name} (good ${good})`;
    });
    return { ...step, state: 'done', detail: `Passes: ${names.join(', ')}.` };
  }
  if (!facts.judged) return { ...step, state: 'later', detail: 'Judged by itself after both validations.' };
  if (facts.failing.length === 1 && facts.failing[0] === 'data_quality_acknowledged') {
    return {
      ...step,
      state: 'failed',
      detail:
        'Only quality warnings of the bars stand in the way: look at them and acknowledge them, then validate again.',
      action: { kind: 'cpcv', label: 'Validate again' },
      page: { to: '/data/series', label: 'Go to the bars' },
    };
  }
  return {
    ...step,
    state: 'failed',
    detail:
      'Passes no policy. Look at why, gate by gate, then take another idea: other numbers of the same one rarely change the answer, and every trial stays counted.',
    page: { to: '/validation/$id', label: 'See why' },
  };
}

/** The way from a draft to trading, step by step: what is done, what to do next, what waits for it. */
export function readinessSteps(facts: ReadinessFacts): Step[] {
  const parts = partsSteps(facts);
  const whole = parts.every(({ state }) => state === 'done');
  const backtest = backtestStep(facts);
  const backtested = backtest.state === 'done';
  const steps = [
    ...parts,
    whole || backtest.state !== 'next' ? backtest : { ...backtest, state: 'later' as const, action: undefined },
    runStep(
      'walk-forward',
      'Walk-forward',
      'Is it still good on the bars that follow those it was judged by?',
      facts.walkForward,
      backtested,
    ),
    runStep('cpcv', 'Cross-validation', 'Is it good over many ways to split the bars?', facts.cpcv, backtested),
    gatesStep(facts),
  ];
  if (facts.promoted_revision === facts.revision) {
    return [...steps, { key: 'promote', title: 'Promoted', state: 'done', detail: 'May be deployed.' }];
  }
  const ready = facts.validated_under.length > 0;
  return [
    ...steps,
    {
      key: 'promote',
      title: 'Promote',
      state: ready ? 'next' : 'later',
      detail: ready ? 'May be promoted now.' : 'Possible once it passes a policy.',
      ...(ready ? { action: { kind: 'promote', label: 'Promote' } as const } : {}),
    },
  ];
}
