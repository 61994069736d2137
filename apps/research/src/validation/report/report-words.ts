import { insteadOf, listed, madeUp, type ToldVerdict } from '@assay/domain';
import type { StrategyValidationDto } from '../validation.response';

/** What else decides for what a verdict is good. */
interface Judged {
  /** Symbols whose bars are made up. */
  synthetic: readonly string[];
  /** Of the strategy. */
  kind: string;
}

/** What was decided, and what it is good for. */
export function conclusionOf(policies: readonly ToldVerdict[], { synthetic, kind }: Judged): string {
  if (policies.length === 0) return 'Not judged: no gate has looked at this revision yet.';
  const passed = policies.filter((policy) => policy.passed);
  const names = listed(passed.map(({ title }) => title));
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
  policies: readonly ToldVerdict[];
  synthetic: readonly string[];
  ledger: StrategyValidationDto['ledger'];
  walk_forward: { policy_layout: boolean } | null;
  cpcv: { policy_layout: boolean } | null;
  backtest: { data: { fingerprint: string } | null } | null;
  data: { fingerprint: string } | null;
}

/** What a reader of the figures has to know. */
export function notesOf({ policies, synthetic, ledger, walk_forward: walk, cpcv, backtest, data }: Noted): string[] {
  const since = ledger.as_judged ? ledger.now.trials - ledger.as_judged.trials : 0;
  const others = [walk, cpcv].filter((run) => run && !run.policy_layout).length;
  return [
    ...(synthetic.length > 0 ? [`T${madeUp(synthetic).slice(1)}.`] : []),
    ...policies.flatMap((verdict) => (verdict.in_force ? [] : [`${insteadOf(verdict)}.`])),
    ...(walk ? [] : ['No walk-forward was completed for these verdicts.']),
    ...(cpcv ? [] : ['No CPCV was completed for these verdicts.']),
    ...(others > 0 ? ['A validation here has another layout than the policies ask for: it is no evidence.'] : []),
    ...(since > 0
      ? [`${since} ${since === 1 ? 'trial was' : 'trials were'} made since the judgement, which it does not count.`]
      : []),
    ...(backtest?.data && data && backtest.data.fingerprint !== data.fingerprint
      ? ['The backtest read other bars than the validations.']
      : []),
    'Trials count as far as the ledger of the service has them: what was tried elsewhere is not in it unless it was declared, and flatters.',
    'Past figures, also those out of sample, promise nothing.',
  ];
}
