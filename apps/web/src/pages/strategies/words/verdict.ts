import { formatNumber, formatPercent } from '../../../format/number';

interface Gate {
  gate: string;
  passed: boolean | null;
  why: string;
  informational?: boolean;
  /** What it means not to pass, and the answer as a sentence. */
  means: string;
  words: string;
}
export interface Judged {
  validated_under: readonly string[];
  gates: Record<string, { passed: boolean | null; gates: Gate[] }>;
}
interface Tested {
  metrics: Record<string, number | null>;
  buy_hold_metrics: Record<string, number | null>;
}

export interface Verdict {
  tone: 'good' | 'warning' | 'bad' | 'calm';
  headline: string;
  explanation: string;
  /** What the gates found wanting: plain words and the gate's own with its numbers. */
  reasons: { gate: string; words: string; why: string }[];
  /** What to do about it, where the reasons do not say so themselves. */
  next?: string;
}

function failures(judged: Judged, policy: string): Verdict['reasons'] {
  const gates = judged.gates[policy]?.gates ?? [];
  return gates
    .filter((gate) => gate.passed === false && !gate.informational)
    .map(({ gate, means, words }) => ({ gate, words: means, why: words }));
}

/** Both validations are needed before a gate that asks for them can be passed. */
const isIncomplete = (judged: Judged): boolean =>
  (judged.gates.exploratory?.gates ?? []).some((gate) => gate.passed !== true && gate.why === 'evidence_missing') ||
  (judged.gates.default?.gates ?? []).some((gate) => gate.passed !== true && gate.why === 'evidence_missing');

/** Whether a reason speaks of the bars alone: then nothing is said against the strategy. */
export const isOfTheBars = ({ gate }: { gate: string }): boolean => gate.startsWith('data_quality');

/** The honest answer to "is it any good?". */
export function verdictOf(judged: Judged): Verdict {
  const under = judged.validated_under;
  if (Object.keys(judged.gates).length === 0) {
    return {
      tone: 'calm',
      headline: 'Not judged yet',
      explanation:
        'A backtest alone says little. Walk-forward and cross-validation show what is left on bars it has not seen.',
      reasons: [],
    };
  }
  if (under.some((policy) => policy !== 'exploratory')) {
    return {
      tone: 'good',
      headline: 'It holds up',
      explanation:
        'On bars it had not seen it still earned, clearly more than holding the market would have, with every trial counted. That is no promise, but chance is a poor explanation.',
      reasons: [],
    };
  }
  if (under.includes('exploratory')) {
    return {
      tone: 'warning',
      headline: 'Good enough for paper, not for money',
      explanation: 'It held up on bars it had not seen. What speaks against trusting it with money:',
      reasons: failures(judged, 'default'),
    };
  }
  if (isIncomplete(judged)) {
    return {
      tone: 'calm',
      headline: 'Not fully judged yet',
      explanation: 'One of the two validations is missing: walk-forward, or cross-validation (CPCV).',
      reasons: failures(judged, 'exploratory'),
    };
  }
  const exploratory = failures(judged, 'exploratory');
  if (exploratory.length > 0 && exploratory.every(isOfTheBars)) {
    return {
      tone: 'warning',
      headline: 'The bars come first',
      explanation:
        'It held up on bars it had not seen, but how far those can be trusted is open, and with it the answer. What stands in the way:',
      reasons: exploratory,
    };
  }
  return {
    tone: 'bad',
    headline: 'It does not hold up',
    explanation: 'This is the usual outcome of an idea, and it cost no money to find out. What speaks against it:',
    reasons: exploratory.length > 0 ? exploratory : failures(judged, 'default'),
    next: 'Look at why, gate by gate, then take another idea. Other numbers of the same one rarely change the answer, and each that is tried raises the bar for all of them.',
  };
}

/** What the backtest says beside buying and holding, in sentences; without trades only that. */
export function backtestWords({ metrics, buy_hold_metrics: held }: Tested): string[] {
  const trades = metrics.trade_count;
  if (trades === 0 && !metrics.exposure) return ['It never traded on these bars: its rules were never met.'];
  const told = (name: string, percent = true) => {
    const format = (value: number | null | undefined) => (percent ? formatPercent(value, 1) : formatNumber(value, 2));
    return [format(metrics[name]), format(held[name])] as const;
  };
  const [gain, holdGain] = told('total_return');
  const [fall, holdFall] = told('max_drawdown');
  const [sharpe, holdSharpe] = told('sharpe_ratio', false);
  const busy =
    metrics.exposure === null || metrics.exposure === undefined
      ? ''
      : ` It was invested ${formatPercent(metrics.exposure, 0)} of the time`;
  const count =
    trades === null || trades === undefined
      ? ''
      : `${busy ? ', in' : ' It made'} ${trades} ${trades === 1 ? 'trade' : 'trades'}`;
  return [
    `It made ${gain} after costs; buying and holding made ${holdGain}.`,
    `Its deepest fall was ${fall} (holding: ${holdFall}); return for risk, the Sharpe ratio, was ${sharpe} (holding: ${holdSharpe}).${busy}${count}${busy || count ? '.' : ''}`,
  ];
}
