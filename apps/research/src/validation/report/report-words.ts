import { POLICIES } from '@assay/contracts';
import type { GateName } from '@assay/domain';
import { GATE_QUESTIONS, POLICY_DOCUMENTS } from '@assay/domain';
import type { StrategyValidationDto } from '../validation.response';
import { inWords } from './figures';
import type { ReportedPolicyDto } from './report.response';

/** Answers of gates that are codes. */
const ANSWERS: Readonly<Record<string, string>> = {
  evidence_missing: 'The evidence for it was not made.',
  too_few_trials: 'Too few trials to reckon it: it neither refuses nor passes.',
  not_applicable: 'It does not apply here: it neither refuses nor passes.',
  indistinguishable_from_benchmark: 'Its returns are those of the benchmark, so nothing can be told apart.',
};

export const answerOf = (why: string): string =>
  ANSWERS[why] ?? (why === '' ? 'No reason was kept.' : `${why.charAt(0).toUpperCase()}${why.slice(1)}.`);

/** Verdicts in the order in which policies are listed, each gate with its question. A gate of another time keeps its code as a name. */
export function reportedPolicies(gates: StrategyValidationDto['gates']): ReportedPolicyDto[] {
  return POLICIES.flatMap((name) => {
    const verdict = gates[name];
    if (!verdict) return [];
    const asked = verdict.gates.map((gate) => {
      const question = GATE_QUESTIONS[gate.gate as GateName] ?? { title: inWords(gate.gate), asks: '' };
      return { ...gate, title: question.title, asks: question.asks };
    });
    return [{ ...verdict, paper_only: POLICY_DOCUMENTS[name].paper_only, gates: asked }];
  });
}

const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)!}`;

/** What else decides for what a verdict is good. */
interface Judged {
  /** Symbols whose bars are made up. */
  synthetic: readonly string[];
  /** Of the strategy. */
  kind: string;
}

/** What was decided, and what it is good for. */
export function conclusionOf(policies: readonly ReportedPolicyDto[], { synthetic, kind }: Judged): string {
  if (policies.length === 0) return 'Not judged: no gate has looked at this revision yet.';
  const passed = policies.filter((policy) => policy.passed);
  const names = listed(passed.map(({ policy }) => inWords(policy)));
  if (passed.length === 0) {
    const open = policies.every((policy) => policy.passed === null);
    return open
      ? 'Not decided: evidence is missing that every policy asks for.'
      : 'Passes no policy: it is good for neither paper nor live trading.';
  }
  if (kind === 'universe') return `Passes ${names}. A strategy over a universe is not deployed as one yet.`;
  if (synthetic.length > 0) return `Passes ${names}: good for paper trading only, since its bars are made up.`;
  return passed.every((policy) => policy.paper_only)
    ? `Passes ${names}: good for paper trading only.`
    : `Passes ${names}: good for paper and for live trading.`;
}

interface Noted {
  synthetic: readonly string[];
  ledger: StrategyValidationDto['ledger'];
  walk_forward: { policy_layout: boolean } | null;
  cpcv: { policy_layout: boolean } | null;
  backtest: { data: { fingerprint: string } | null } | null;
  data: { fingerprint: string } | null;
}

/** What a reader of the figures has to know. */
export function notesOf({ synthetic, ledger, walk_forward: walk, cpcv, backtest, data }: Noted): string[] {
  const since = ledger.as_judged ? ledger.now.trials - ledger.as_judged.trials : 0;
  const others = [walk, cpcv].filter((run) => run && !run.policy_layout).length;
  return [
    ...(synthetic.length > 0
      ? [`The bars of ${listed(synthetic)} are made up: what they prove says nothing about a market.`]
      : []),
    ...(walk ? [] : ['No walk-forward was completed for these verdicts.']),
    ...(cpcv ? [] : ['No CPCV was completed for these verdicts.']),
    ...(others > 0 ? ['A validation here has another layout than the policies ask for: it is no evidence.'] : []),
    ...(since > 0
      ? [`${since} ${since === 1 ? 'trial was' : 'trials were'} made since the judgement, which it does not count.`]
      : []),
    ...(backtest?.data && data && backtest.data.fingerprint !== data.fingerprint
      ? ['The backtest read other bars than the validations.']
      : []),
    'Trials count as far as the ledger of the service has them: what was tried elsewhere is not in it, and flatters.',
    'Past figures, also those out of sample, promise nothing.',
  ];
}
