import type { BarColumns } from '@assay/domain';
import { buildPanel, evaluateUniverse, sliceBars } from '@assay/domain';
import { featureRuntimes } from '../features';
import { drawCuts, POLICY_LAYOUT, type LookAheadAudit, type Progress } from '../validation';
import type { UniverseInput, UniverseOutcome } from './run-universe-backtest';

const MAX_SHOWN = 10;

/**
 * Decides on the bars of all symbols cut after each of the seeded times, and compares the weights at the cut with those of the full
 * run, bit for bit.
 */
export function universeLookAhead(
  { document, series, calendar }: UniverseInput,
  { panel, evaluation, lookback }: Pick<UniverseOutcome, 'panel' | 'evaluation' | 'lookback'>,
  { cuts: count = POLICY_LAYOUT.look_ahead_cuts, seed }: { cuts?: number; seed: number },
  onProgress?: Progress,
): LookAheadAudit {
  const { openTimeMs, symbols } = panel;
  const n = openTimeMs.length;
  const features = featureRuntimes(document.features, document.timeframe);
  const cuts = drawCuts(n, lookback, count, seed);
  const audit: LookAheadAudit = { seed, cuts, compared: 0, mismatches: 0, violations: [] };
  cuts.forEach((cut, k) => {
    const known = series.map((one) => upTo(one, openTimeMs[cut]!));
    const short = buildPanel(document, known, calendar);
    const { weights } = evaluateUniverse(document, { features, calendar }, short);
    const last = short.openTimeMs.length - 1;
    for (let i = 0; i < symbols.length; i++) {
      const [full, truncated] = [evaluation.weights[i * n + cut]!, weights[i * (last + 1) + last]!];
      audit.compared++;
      if (Object.is(full, truncated)) continue;
      audit.mismatches++;
      if (audit.violations.length < MAX_SHOWN)
        audit.violations.push({ cut, value: `weight of ${symbols[i]}`, full, truncated });
    }
    onProgress?.((k + 1) / cuts.length, `cut ${k + 1} of ${cuts.length}`);
  });
  return audit;
}

/** The bars that had opened at that time. */
function upTo(series: BarColumns, timeMs: number): BarColumns {
  const { openTimeMs } = series;
  let [low, high] = [0, openTimeMs.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (openTimeMs[middle]! <= timeMs) low = middle + 1;
    else high = middle;
  }
  return sliceBars(series, 0, low);
}
