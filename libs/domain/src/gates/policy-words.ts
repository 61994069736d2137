import { POLICIES, type GateVerdict, type PolicyName, type PolicyVerdict } from '@assay/contracts';
import type { GateEvidence } from './gate-evidence';
import { answerOf, gateAsks, gateMeans, gateTitle } from './gate-words';
import { figureText } from './verdicts';
import { isJudged, isPaperOnly, PAST_POLICIES, POLICY_DOCUMENTS } from './policy-documents';

/** A policy for people. */
export interface PolicyWords {
  readonly title: string;
  readonly asks: string;
  readonly goodFor: 'paper' | 'paper and live';
}

const BOTH = 'paper and live' as const;

export const POLICY_WORDS: Readonly<Record<PolicyName, PolicyWords>> = {
  default: {
    title: 'Default',
    asks: 'Results out of sample that hold, clearly better than holding the market with every trial counted.',
    goodFor: BOTH,
  },
  strict: {
    title: 'Strict',
    asks: 'All of default, two more tests against luck, and bars that were kept aside.',
    goodFor: BOTH,
  },
  large_search: { title: 'Large search', asks: 'As default, for the best of very many trials.', goodFor: BOTH },
  exploratory: {
    title: 'Exploratory',
    asks: 'That it holds up out of sample and that the bars are sound; not that it beats holding the market.',
    goodFor: 'paper',
  },
};

export const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)!}`;

/** Said of symbols whose bars are made up. */
export const madeUp = (synthetic: readonly string[]): string =>
  `the bars of ${listed(synthetic)} are made up: what they prove says nothing about a market`;

/** Whether a verdict is of the version that judges now. */
export const isInForce = ({ policy, version }: Pick<PolicyVerdict, 'policy' | 'version'>): boolean =>
  isJudged(policy) && POLICY_DOCUMENTS[policy].version === version;

/** What to do where a verdict is of a version that judges no more; empty for one in force. */
export function insteadOf({ policy, version }: Pick<PolicyVerdict, 'policy' | 'version'>): string {
  if (isInForce({ policy, version })) return '';
  const past = PAST_POLICIES.find((one) => one.name === policy && one.version === version);
  const { policy: name, version: number } = past?.instead ?? {
    policy: 'default',
    version: POLICY_DOCUMENTS.default.version,
  };
  const state = isJudged(policy) ? 'is replaced' : 'is retired';
  return `Version ${version} of ${policy} ${state}: validate again, to be judged by version ${number} of ${name}`;
}

/** A verdict with the words that everything shows. */
export interface ToldVerdict extends PolicyVerdict {
  title: string;
  paper_only: boolean;
  in_force: boolean;
  /** The verdict in a sentence or two. */
  words: string;
  gates: ToldGate[];
}

export interface ToldGate extends GateVerdict {
  title: string;
  asks: string;
  means: string;
  /** The answer as a sentence. */
  words: string;
}

const toldGate = (gate: GateVerdict): ToldGate => ({
  ...gate,
  ...{ title: gateTitle(gate.gate), asks: gateAsks(gate.gate), means: gateMeans(gate.gate), words: answerOf(gate) },
});

/** Said of trials that were declared. */
export const declaredOutside = (outside: number): string =>
  `${outside} ${outside === 1 ? 'trial' : 'trials'} declared as made elsewhere ${outside === 1 ? 'is' : 'are'} counted`;

/** What of the evidence a verdict names. */
export interface VerdictNotes {
  synthetic?: readonly string[];
  outsideTrials?: number;
  holdout?: GateEvidence['holdout'];
}

/** Said of bars that were kept aside and looked at once. */
export function lookedAt({ sharpe, bars, from, to }: NonNullable<GateEvidence['holdout']>): string {
  const when = from && to ? ` from ${from.slice(0, 10)} to ${to.slice(0, 10)}` : '';
  return `on ${bars} bars${when} that were locked away and looked at once its Sharpe ratio a year was ${figureText(sharpe)}`;
}

function verdictWords(
  { policy, version, passed, gates }: PolicyVerdict,
  { synthetic = [], outsideTrials = 0, holdout }: VerdictNotes,
): string {
  const name = `${POLICY_WORDS[policy].title}, version ${version}`;
  const failed = gates.filter((gate) => gate.passed === false).map(({ gate }) => gateTitle(gate));
  const isPaper = isPaperOnly(policy) || synthetic.length > 0;
  const good = isPaper ? 'good for paper trading only' : 'good for paper and for live trading';
  const outcome =
    passed === null
      ? `Not decided under ${name}: evidence is missing`
      : passed
        ? `Passes ${name}: ${good}`
        : `Refused under ${name}${failed.length > 0 ? `: ${failed.join('; ')}` : ''}`;
  const notes = [
    synthetic.length > 0 ? madeUp(synthetic) : '',
    outsideTrials > 0 && gates.some(({ gate }) => gate === 'benchmark_p') ? declaredOutside(outsideTrials) : '',
    holdout ? lookedAt(holdout) : '',
    insteadOf({ policy, version }),
  ].filter((note) => note !== '');
  return [outcome, ...notes].map((sentence) => `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`).join(' ');
}

/** Verdicts in the order in which policies are listed, in words; those of past versions under their version. */
export function toldVerdicts(
  gates: Partial<Record<PolicyName, PolicyVerdict>>,
  notes: VerdictNotes = {},
): ToldVerdict[] {
  return POLICIES.flatMap((name) => {
    const verdict = gates[name];
    if (!verdict) return [];
    return [
      {
        ...verdict,
        title: POLICY_WORDS[name].title,
        paper_only: isPaperOnly(name),
        in_force: isInForce(verdict),
        words: verdictWords(verdict, notes),
        gates: verdict.gates.map(toldGate),
      },
    ];
  });
}
