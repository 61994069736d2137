import { isBelow, PURE_NUMBER } from '@assay/quant';
import type { EnoughDataEvidence, GateEvidence } from './gate-evidence';
import type { GateName, PolicyDocument } from './policy-documents';
import { atLeast, atMost, closedBy, enoughOf, figureText, missing, neutral, refused, type Verdict } from './verdicts';
import { madeUp } from './policy-words';

type Gate = (evidence: GateEvidence, threshold: number, policy: PolicyDocument) => Verdict;

const walkForward =
  (judge: (evidence: NonNullable<GateEvidence['walkForward']>, threshold: number) => Verdict): Gate =>
  ({ walkForward: found }, threshold) =>
    found ? judge(found, threshold) : missing(threshold);

/** A count is null where its part does not exist: fails closed under a policy that asks for the part by `neededBy`. */
const enough =
  (key: keyof EnoughDataEvidence, what: string, neededBy?: GateName): Gate =>
  ({ enough: found }, threshold, policy) => {
    if (!found) return missing(threshold);
    const count = found[key];
    if (count !== null) return enoughOf(what, count, threshold);
    const needed = neededBy !== undefined && policy.gates[neededBy] !== undefined;
    return needed ? missing(threshold) : neutral(threshold, 'not_applicable');
  };

/** How many trials, and how many of them were declared as made elsewhere. */
const trialsText = (n: number, outside = 0): string =>
  `${n} ${n === 1 ? 'trial' : 'trials'}${outside > 0 ? `, ${outside} of them declared as made elsewhere` : ''}`;

const deflatedSharpe: Gate = ({ dsr, outsideTrials }, threshold) => {
  if (!dsr) return missing(threshold);
  const [low, high] = dsr.nEffectiveRange.map((n) => Number(n.toFixed(1)));
  const verdict = atLeast('deflated Sharpe probability', dsr.value, threshold);
  return {
    ...verdict,
    why: `${verdict.why}; ${trialsText(dsr.nRaw, outsideTrials)}, effective number ${low} to ${high}`,
  };
};

/** One of the two p-values of the gain over the benchmark; a large ledger has the stricter bounds. */
const benchmarkGate =
  (gate: 'benchmark_p' | 'benchmark_raw_p', part: 'joint' | 'raw', what: string): Gate =>
  ({ benchmark: found, outsideTrials }, usual, { bounds }) => {
    if (!found) return missing(usual);
    const { large_ledger: large, min_tracking_error: least } = bounds;
    const threshold = found.trials > large.above ? large[gate] : usual;
    if (found.trackingError !== null && isBelow(found.trackingError, least, PURE_NUMBER))
      return refused(threshold, 'indistinguishable_from_benchmark');
    if (found.why !== undefined) return refused(threshold, found.why);
    const parts = found[part];
    const seen = parts && ` (blocks ${figureText(parts.block)}, bar by bar ${figureText(parts.iid)})`;
    const verdict = atMost(what, part === 'joint' ? found.jointP : found.rawP, threshold);
    return { ...verdict, why: `${verdict.why}${seen ?? ''}; ${trialsText(found.trials, outsideTrials)} counted` };
  };

/** Said where the second question was asked because the first failed: one of both has to hold. */
const oneOf = (first: Verdict, second: Verdict): string => `either ${first.why}, or ${second.why}`;

const pbo: Gate = ({ pbo: found }, threshold, { bounds }) => {
  if (!found) return missing(threshold);
  if (found.n < bounds.pbo_min_trials) return neutral(threshold, 'too_few_trials', found.value);
  const verdict = atMost('probability of backtest overfitting', found.value, threshold);
  if (verdict.passed) return verdict;
  const loss = atMost('out-of-sample loss probability', found.lossProbability, bounds.pbo_max_loss_probability);
  return { ...verdict, passed: loss.passed, why: oneOf(verdict, loss) };
};

/** Each gate by name; the value it shows and the bound it holds it to. */
export const GATES: Readonly<Record<GateName, Gate>> = {
  walk_forward_sharpe: walkForward((e, t) =>
    closedBy(e.reasons?.mean_oos_sharpe, atLeast('mean out-of-sample Sharpe', e.meanOos, t)),
  ),
  walk_forward_drawdown: walkForward((e, t) =>
    closedBy(e.reasons?.mean_oos_max_drawdown, atMost('mean out-of-sample drawdown', e.meanOosMaxDrawdown, t)),
  ),
  walk_forward_profitable_folds: walkForward((e, t) => atLeast('share of profitable folds', e.profitableFolds, t)),
  overfitting_ratio: walkForward((e, t) =>
    closedBy(e.reasons?.overfitting_ratio, atMost('overfitting ratio', e.overfittingRatio, t)),
  ),
  cpcv_sharpe: ({ cpcv }, t) =>
    cpcv ? closedBy(cpcv.reasons?.mean_oos_sharpe, atLeast('mean CPCV Sharpe', cpcv.meanOosSharpe, t)) : missing(t),
  probabilistic_sharpe: ({ psr }, t) =>
    psr ? atLeast('probability that the Sharpe ratio is above 0:', psr.value, t) : missing(t),
  deflated_sharpe: deflatedSharpe,
  benchmark_p: benchmarkGate('benchmark_p', 'joint', 'joint p of the gain over the benchmark at its own beta'),
  benchmark_raw_p: benchmarkGate('benchmark_raw_p', 'raw', 'raw p of the same gain'),
  pbo,
  look_ahead_audit: ({ audits }, threshold, { layout }) => {
    const found = audits?.lookAhead;
    if (!found) return missing(threshold);
    if (found.cuts < layout.look_ahead_cuts) return enoughOf('look-ahead cuts', found.cuts, layout.look_ahead_cuts);
    const verdict = atMost('values that change when the future is cut off:', found.mismatches, threshold);
    return found.firstMismatch ? { ...verdict, why: `${verdict.why}: ${found.firstMismatch}` } : verdict;
  },
  warm_up_audit: ({ audits }, threshold) => {
    const found = audits?.warmUp;
    if (!found) return missing(threshold);
    const early = found.firstTarget === null ? 0 : Math.max(0, found.declaredLookback - found.firstTarget);
    return atMost(`bars a target stands before the lookback of ${found.declaredLookback}:`, early, threshold);
  },
  data_quality_errors: ({ dataQuality, synthetic = [] }, t) => {
    if (!dataQuality) return missing(t);
    const verdict = atMost('errors in the quality report:', dataQuality.errors, t);
    return synthetic.length === 0 ? verdict : { ...verdict, why: `${verdict.why}; ${madeUp(synthetic)}` };
  },
  data_quality_acknowledged: ({ dataQuality }, t) =>
    dataQuality ? atMost('quality warnings nobody acknowledged:', dataQuality.unacknowledged, t) : missing(t),
  scored_bars: enough('scoredBars', 'scored bars'),
  fold_bars: enough('minFoldBars', 'bars of the shortest fold', 'walk_forward_sharpe'),
  group_bars: enough('minGroupBars', 'bars of the shortest CPCV group', 'cpcv_sharpe'),
  pbo_block_bars: enough('pboBlockBars', 'bars per PBO block'),
  position_changes: enough('positionChanges', 'closed trades or position changes'),
  reality_check: ({ realityCheck }, t) => (realityCheck ? atMost('Reality Check p', realityCheck.p, t) : missing(t)),
  spa: ({ spa }, t) => (spa ? atMost('SPA p', spa.p, t) : missing(t)),
  holdout_sharpe: ({ holdout }, t) => (holdout ? atLeast('holdout Sharpe', holdout.sharpe, t) : missing(t)),
};
