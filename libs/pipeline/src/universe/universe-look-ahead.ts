import {
  barAt,
  buildPanel,
  createStreamingUniverse,
  decodeState,
  encodeState,
  evaluateUniverse,
  sliceBars,
  type Bar,
  type BarColumns,
  type UniversePanel,
} from '@assay/domain';
import { featureRuntimes } from '../features';
import { drawCuts, POLICY_LAYOUT, type LookAheadAudit, type Progress } from '../validation';
import type { UniverseInput, UniverseOutcome } from './run-universe-backtest';

const MAX_SHOWN = 10;

/** Bars after which the streaming evaluator is given up and a new one reads its saved state. */
const SAVED_EVERY = 50;

/**
 * Decides on the bars of all symbols cut after each of the seeded times, and compares the weights at the cut with those of the full
 * run, bit for bit. So are those of every bar when the bars come one after the other, through the evaluator that trades, its state
 * saved as text and read back on the way.
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
  const audit: LookAheadAudit = { seed, cuts, compared: 0, mismatches: 0, violations: [], streamed: n };
  const compare = (cut: number, i: number, full: number, other: number, how: string): void => {
    audit.compared++;
    if (Object.is(full, other)) return;
    audit.mismatches++;
    if (audit.violations.length < MAX_SHOWN)
      audit.violations.push({ cut, value: `${how} of ${symbols[i]}`, full, truncated: other });
  };
  cuts.forEach((cut, k) => {
    const known = series.map((one) => upTo(one, openTimeMs[cut]!));
    const short = buildPanel(document, known, calendar);
    const { weights } = evaluateUniverse(document, { features, calendar }, short);
    const last = short.openTimeMs.length - 1;
    for (let i = 0; i < symbols.length; i++) {
      compare(cut, i, evaluation.weights[i * n + cut]!, weights[i * (last + 1) + last]!, 'weight');
    }
    onProgress?.((k + 1) / (cuts.length + 1), `cut ${k + 1} of ${cuts.length}`);
  });
  let text: string | null = null;
  let stream = createStreamingUniverse(document, { features, calendar });
  const at = new Int32Array(symbols.length);
  for (let t = 0; t < n; t++) {
    if (t % SAVED_EVERY === 0 && text !== null) {
      stream = createStreamingUniverse(document, { features, calendar });
      stream.load(decodeState(text));
    }
    const decision = stream.update(openTimeMs[t]!, barsOf(panel, t, at));
    for (let i = 0; i < symbols.length; i++)
      compare(t, i, evaluation.weights[i * n + t]!, decision?.weights[i] ?? NaN, 'streamed weight');
    if ((t + 1) % SAVED_EVERY === 0) text = encodeState(stream.save());
  }
  return audit;
}

/** The bars of one time; `at` counts those that each symbol had before. */
function barsOf({ series, bars }: UniversePanel, t: number, at: Int32Array): (Bar | null)[] {
  return series.map((own, i) => {
    if (own === null || bars[i]![at[i]!] !== t) return null;
    return barAt(own, at[i]!++);
  });
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
