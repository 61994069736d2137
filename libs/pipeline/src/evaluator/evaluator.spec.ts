import type { PipelineDocument } from '@assay/contracts';
import { barAt, createStreamingEvaluator, evaluateBatch, sliceBars, type BarColumns } from '@assay/domain';
import { runBacktest } from '../backtest';
import { sp500Bars, syntheticBars } from '../fixtures/bars';
import { logisticOnFactor, volManagedSma200 } from '../fixtures/documents';
import { fitModelOf } from '../tasks';
import {
  evaluationBits,
  evaluatorStateFromText,
  evaluatorStateToText,
  partsFor,
  signalBits,
  warmUpEvaluator,
  type SignalBits,
} from '.';

const bars = syntheticBars(900, 11, 0.002);
const TRAIN_END = 650;

function fitted(): { document: PipelineDocument; artifact: Uint8Array } {
  const document = logisticOnFactor();
  const { bytes, sha256, trainEnd } = fitModelOf({ document, bars, train: [0, TRAIN_END] });
  return {
    document: { ...document, artifact: { uri: `artifact:sha256/${sha256}`, sha256, train_end: trainEnd } },
    artifact: bytes,
  };
}

/** Streams bars [from, n) as a worker does: a new evaluator per bar, its state read back from text. */
function stream(
  document: PipelineDocument,
  artifact: Uint8Array | null,
  from: number,
  saved: string,
  all: BarColumns,
): SignalBits[] {
  const rows: SignalBits[] = [];
  let text = saved;
  for (let i = from; i < all.close.length; i++) {
    const evaluator = createStreamingEvaluator(document, partsFor(document, artifact));
    evaluator.load(evaluatorStateFromText(text));
    rows.push(signalBits(evaluator.featureNames, evaluator.update(barAt(all, i))));
    text = evaluatorStateToText(evaluator.save());
  }
  return rows;
}

describe('evaluator of a logistic strategy', () => {
  const { document, artifact } = fitted();
  const batch = evaluateBatch(document, partsFor(document, artifact), bars);

  it('gives the batch bits bar by bar, its state kept as text between bars', () => {
    const fresh = createStreamingEvaluator(document, partsFor(document, artifact));
    const rows = stream(document, artifact, 0, evaluatorStateToText(fresh.save()), bars);
    rows.forEach((row, i) => expect(row).toEqual(evaluationBits(batch, i)));
    expect(new Set(batch.signals.filter((s) => !Number.isNaN(s)))).toEqual(new Set([1, -1]));
  });

  it('continues live from the state the backtest had at the train end', () => {
    const { evaluation } = runBacktest({ document, bars, artifact });
    const warm = warmUpEvaluator(document, artifact, sliceBars(bars, 0, TRAIN_END));
    const rows = stream(document, artifact, TRAIN_END, evaluatorStateToText(warm.save()), bars);
    expect(rows.length).toBe(250);
    rows.forEach((row, i) => expect(row).toEqual(evaluationBits(evaluation, TRAIN_END + i)));
  });

  it('warms up past the train end as well', () => {
    const { evaluation } = runBacktest({ document, bars, artifact });
    const seen: SignalBits[] = [];
    const warm = warmUpEvaluator(document, artifact, sliceBars(bars, 0, 800), (decision) =>
      seen.push(
        signalBits(
          document.features.map(({ name }) => name),
          decision,
        ),
      ),
    );
    seen.forEach((row, i) => expect(row).toEqual(evaluationBits(evaluation, i)));
    const next = signalBits(warm.featureNames, warm.update(barAt(bars, 800)));
    expect(next).toEqual(evaluationBits(evaluation, 800));
  });

  it('uses the artifact in no bar it was fitted on', () => {
    const { evaluation } = runBacktest({ document, bars, artifact });
    const inSample = (i: number): boolean => Object.is(evaluation.predictions[i], batch.predictions[i]);
    expect(
      Array.from({ length: TRAIN_END }, (_, i) => i).filter((i) => inSample(i) && !Number.isNaN(batch.predictions[i]!)),
    ).toEqual([]);
    for (let i = TRAIN_END; i < 900; i++) expect(inSample(i)).toBe(true);
  });

  it('shows one unit in the last place of one feature', () => {
    const row = {
      features: batch.features.map((f) => f[800]!),
      prediction: batch.predictions[800]!,
      signal: 1,
      weight: 1,
    };
    const features = row.features.slice();
    features[3] = new Float64Array(
      new BigInt64Array([new BigInt64Array(Float64Array.of(features[3]!).buffer)[0]! + 1n]).buffer,
    )[0]!;
    const [a, b] = [signalBits(batch.featureNames, row), signalBits(batch.featureNames, { ...row, features })];
    expect(b.features.momentum_21).not.toBe(a.features.momentum_21);
    expect({ ...b, features: null }).toEqual({ ...a, features: null });
  });

  it('shows one unit in the last place of one bar', () => {
    const close = bars.close.slice();
    close[800] = close[800]! * (1 + Number.EPSILON);
    const other = evaluateBatch(document, partsFor(document, artifact), { ...bars, close });
    expect(evaluationBits(other, 799)).toEqual(evaluationBits(batch, 799));
    expect(evaluationBits(other, 800)).not.toEqual(evaluationBits(batch, 800));
  });
});

describe('evaluator of the index strategy', () => {
  it('streams the last 250 sessions of real bars with the bits of the backtest', () => {
    const index = sp500Bars();
    const document = volManagedSma200();
    const n = index.close.length;
    const { evaluation } = runBacktest({ document, bars: index });
    const warm = warmUpEvaluator(document, null, sliceBars(index, 0, n - 250));
    const rows = stream(document, null, n - 250, evaluatorStateToText(warm.save()), index);
    expect(rows.length).toBe(250);
    rows.forEach((row, i) => expect(row).toEqual(evaluationBits(evaluation, n - 250 + i)));
    expect(new Set(rows.map(({ weight }) => weight)).size).toBeGreaterThan(50);
  });
});

describe('parts of a document', () => {
  const { document, artifact } = fitted();

  it('need the artifact that the document names', () => {
    expect(() => partsFor(document, null)).toThrow('must have a fitted artifact');
    const other = fitModelOf({ document, bars, train: [0, 600] }).bytes;
    expect(() => partsFor(document, other)).toThrow(expect.objectContaining({ code: 'evidence_mismatch' }) as Error);
  });

  it('refuse an artifact of other inputs', () => {
    const model = { ...document.model, inputs: ['factor', 'rsi_14'] } as PipelineDocument['model'];
    expect(() => partsFor({ ...document, artifact: null, model }, artifact)).toThrow(
      'must have the inputs factor, rsi_14',
    );
  });

  it('need no model for rules alone', () => {
    expect(partsFor(volManagedSma200(), null).model).toBeNull();
  });
});
