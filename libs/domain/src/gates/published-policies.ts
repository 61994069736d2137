import { JUDGED_POLICIES, type JudgedPolicy, type PolicyName } from '@assay/contracts';
import { GATE_WORDS } from './gate-words';
import {
  isPaperOnly,
  PAST_POLICIES,
  POLICY_DOCUMENTS,
  type AnyGateName,
  type PolicyDocument,
  type PolicyLayout,
} from './policy-documents';
import { POLICY_WORDS } from './policy-words';

/** `replaced`: a newer version of the policy judges; `retired`: the policy judges no more. */
export type PolicyState = 'in_force' | 'replaced' | 'retired';

export interface PublishedGate {
  gate: AnyGateName;
  title: string;
  asks: string;
  threshold: number;
  /** The threshold of large ledgers; null where it is the same. */
  large_ledger_threshold: number | null;
  /** Shown, decides nothing. */
  informational: boolean;
  /** What it means not to pass, and what to do then. */
  means: string;
  next: string;
}

export interface PublishedPolicy {
  policy: PolicyName;
  version: string;
  state: PolicyState;
  title: string;
  asks: string;
  paper_only: boolean;
  gates: PublishedGate[];
  /** Null for a version that judges no more. */
  layout: PolicyLayout | null;
  bounds: PolicyDocument['bounds'] | null;
  /** What judges instead of a version that judges no more, and why. */
  instead: { policy: JudgedPolicy; version: string; why: string } | null;
}

type Bounds = PolicyDocument['bounds'];

const gatesOf = (
  gates: Partial<Record<AnyGateName, number>>,
  informational: boolean,
  bounds: Bounds | null,
): PublishedGate[] =>
  Object.entries(gates).map(([name, threshold]) => {
    const gate = name as AnyGateName;
    const { title, asks, means, next } = GATE_WORDS[gate];
    const isBenchmark = gate === 'benchmark_p' || gate === 'benchmark_raw_p';
    const large = isBenchmark && bounds ? bounds.large_ledger[gate] : null;
    return { ...{ gate, title, asks, threshold, large_ledger_threshold: large, informational }, means, next };
  });

/** Every policy in every version, those in force first: thresholds, and in words what they ask and why they changed. */
export function publishedPolicies(): PublishedPolicy[] {
  const wordsOf = (policy: PolicyName) => {
    const { title, asks } = POLICY_WORDS[policy];
    return { title, asks, paper_only: isPaperOnly(policy) };
  };
  const inForce = JUDGED_POLICIES.map((policy): PublishedPolicy => {
    const { version, gates, shown, layout, bounds } = POLICY_DOCUMENTS[policy];
    return {
      ...{ policy, version, state: 'in_force', ...wordsOf(policy), layout, bounds, instead: null },
      gates: [...gatesOf(gates, false, bounds), ...gatesOf(shown, true, null)],
    };
  });
  const past = PAST_POLICIES.map(({ name, version, gates, instead, why }): PublishedPolicy => ({
    ...{ policy: name, version, state: instead.policy === name ? 'replaced' : 'retired', ...wordsOf(name) },
    ...{ layout: null, bounds: null, instead: { ...instead, why }, gates: gatesOf(gates, false, null) },
  }));
  return [...inForce, ...past];
}

/** The table of `docs/gates.md`: a row a gate, a column a policy in force. */
export function gatesTable(): string {
  const policies = publishedPolicies().filter(({ state }) => state === 'in_force');
  const gates = [...new Set(policies.flatMap(({ gates: own }) => own.map(({ gate }) => gate)))];
  const cell = (policy: PublishedPolicy, gate: AnyGateName): string => {
    const found = policy.gates.find((one) => one.gate === gate);
    if (!found) return '';
    if (found.informational) return 'shown';
    const { threshold, large_ledger_threshold: large } = found;
    return large === null
      ? String(threshold)
      : `${threshold}; above ${policy.bounds!.large_ledger.above} trials ${large}`;
  };
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(['Gate', 'What it asks', ...policies.map(({ policy, version }) => `\`${policy}\` ${version}`)]),
    line(['---', '---', ...policies.map(() => '---')]),
    ...gates.map((gate) => {
      const { title, asks } = GATE_WORDS[gate];
      return line([`\`${gate}\``, `${title}. ${asks}`, ...policies.map((policy) => cell(policy, gate))]);
    }),
  ]
    .map((row) => row.replaceAll('|  |', '| |').replaceAll('|  |', '| |'))
    .join('\n');
}
