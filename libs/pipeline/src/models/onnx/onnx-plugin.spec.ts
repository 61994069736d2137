import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelPlan, PipelineDocument } from '@assay/contracts';
import { sliceBars } from '@assay/domain';
import { createRng } from '@assay/quant';
import { runBacktest } from '../../backtest';
import { backtestPredictions, prepareStrategy, sameBits, warmUpEvaluator } from '../../evaluator';
import { syntheticBars } from '../../fixtures/bars';
import { feature, logisticOnFactor } from '../../fixtures/documents';
import { resolveParams } from '../../parameters';
import { loadArtifact } from '../model-artifact';
import { planSweep, walkForwardSearch } from '../../sweep';
import { fitModelOf, importModelOf, PipelinePool } from '../../tasks';
import { buildGateEvidence, runCpcv, runWalkForward } from '../../validation';
import { logisticOnnx, onnxFile, scaledLogisticOnnx, type OnnxGraph, type TensorShape } from './fixtures/onnx-file';
import { onnxPlugin as plugin } from './onnx-plugin';

const params = (changed: Record<string, number | string> = {}) => resolveParams(plugin, changed);
const read = (file: Uint8Array, inputs: number, changed: Record<string, number | string> = {}) =>
  plugin.imports!.read(file, inputs, params(changed), 'classification');
const predictor = (file: Uint8Array, inputs: number, changed: Record<string, number | string> = {}) =>
  plugin.load(read(file, inputs, changed), inputs);

const WEIGHTS = [0.8, -0.02, 30, 0.05, 1.5];
const file = logisticOnnx(WEIGHTS, -0.25);
const example = logisticOnFactor();
const document: PipelineDocument = {
  ...example,
  model: { ...(example.model as ModelPlan), kind: 'onnx', params: params() },
};
const bars = syntheticBars(500, 3, 0.002);
const TRAIN_END = new Date(bars.openTimeMs[299]!).toISOString();
const FIRST_BAR = new Date(bars.openTimeMs[0]!).toISOString();
const stated = { first_bar: FIRST_BAR, train_end: TRAIN_END };
const traded = (bytes: { sha256: string }): PipelineDocument => ({
  ...document,
  artifact: { uri: `artifact:sha256/${bytes.sha256}`, sha256: bytes.sha256, train_end: TRAIN_END },
});

/** Doubles what goes in and gives it back, with other shapes where they are asked for. */
const doubling = (changed: Partial<OnnxGraph> = {}): Uint8Array =>
  onnxFile({
    nodes: [{ op: 'Add', inputs: ['x', 'x'], outputs: ['y'] }],
    weights: {},
    inputs: [{ name: 'x', dims: [1, 2] }],
    outputs: [{ name: 'y', dims: [1, 2] }],
    ...changed,
  });
const x = (dims: TensorShape['dims'], type?: TensorShape['type']): TensorShape[] => [{ name: 'x', dims, type }];
const y = (dims: TensorShape['dims'], type?: TensorShape['type']): TensorShape[] => [{ name: 'y', dims, type }];

describe('an imported model', () => {
  it('predicts what its formula says, to 32 bits', () => {
    const predict = predictor(file, 5);
    const rng = createRng('rows');
    for (let i = 0; i < 50; i++) {
      const row = Float64Array.from(WEIGHTS, () => rng.normal());
      const odds = row.reduce((sum, value, k) => sum + value * Math.fround(WEIGHTS[k]!), -0.25);
      expect(Math.abs(predict(row) - 1 / (1 + Math.exp(-odds)))).toBeLessThan(1e-6);
    }
    expect(predict(Float64Array.of(1, NaN, 1, 1, 1))).toBeNaN();
  });

  it('is asked for the column and the meaning that its parameters say, in 64 bits too', () => {
    const wide = doubling({ inputs: x([1, 2], 'float64'), outputs: y([1, 2], 'float64') });
    const row = Float64Array.of(0.1, 0.3);
    expect(predictor(wide, 2)(row)).toBe(0.6);
    expect(predictor(wide, 2, { column: 0 })(row)).toBe(0.2);
    expect(predictor(wide, 2, { meaning: 'log_odds' })(row)).toBeCloseTo(1 / (1 + Math.exp(-0.6)), 15);
  });

  it('reads the rows of several bars, oldest first', () => {
    const recurrent = onnxFile({
      nodes: [
        { op: 'Flatten', inputs: ['x'], outputs: ['flat'] },
        { op: 'Gemm', inputs: ['flat', 'w'], outputs: ['y'] },
      ],
      weights: { w: { dims: [6, 1], values: [1, 0, 0, 0, 0, 0.5] } },
      inputs: x(['n', 3, 2]),
      outputs: y(['n', 1]),
    });
    const content = read(recurrent, 2, { steps: 3 });
    expect(plugin.window!(content)).toBe(3);
    expect(plugin.load(content, 2)(Float64Array.of(0.25, 9, 9, 9, 9, 0.5))).toBe(0.5);
  });

  it.each([
    ['no model', Uint8Array.of(1, 2, 3), {}, 'ONNX Runtime cannot run it: '],
    ['other inputs', doubling(), {}, 'input x must have the shape [1 or free, 3]: a row of 3 inputs a bar, was [1, 2]'],
    [
      'rows of several bars',
      doubling({ inputs: x([1, 3]), outputs: y([1, 3]) }),
      { steps: 2 },
      'must have the shape [1 or free, 2, 3]',
    ],
    [
      'whole numbers',
      doubling({ inputs: x([1, 3], 'int64'), outputs: y([1, 3], 'int64') }),
      {},
      'input x must be of float32 or float64, was int64',
    ],
    [
      'two inputs',
      doubling({
        nodes: [{ op: 'Add', inputs: ['x', 'b'], outputs: ['y'] }],
        inputs: [...x([1, 3]), { name: 'b', dims: [1, 3] }],
        outputs: y([1, 3]),
      }),
      {},
      'the model must have one input, was x, b',
    ],
    [
      'another output',
      doubling({ inputs: x([1, 3]), outputs: y([1, 3]) }),
      { output: 'p' },
      'output must be one of y, was p',
    ],
    [
      'no such column',
      doubling({ inputs: x([1, 3]), outputs: y([1, 3]) }),
      { column: 7 },
      'column must be below 3, the columns of output y, was 7',
    ],
    [
      'no chance',
      onnxFile({
        nodes: [{ op: 'Add', inputs: ['x', 'c'], outputs: ['y'] }],
        weights: { c: { dims: [1], values: [2] } },
        inputs: x([1, 3]),
        outputs: y([1, 3]),
      }),
      {},
      'output y must be a chance from 0 to 1, was 2',
    ],
    [
      'several outputs',
      doubling({
        nodes: [
          { op: 'Add', inputs: ['x', 'x'], outputs: ['y'] },
          { op: 'Neg', inputs: ['x'], outputs: ['z'] },
        ],
        inputs: x([1, 3]),
        outputs: [...y([1, 3]), { name: 'z', dims: [1, 3] }],
      }),
      {},
      'output must name one of y, z: the model has several',
    ],
    [
      'several samples',
      onnxFile({
        nodes: [{ op: 'Concat', inputs: ['x', 'x'], outputs: ['y'], attributes: { axis: 0 } }],
        weights: {},
        inputs: x([1, 3]),
        outputs: y([2, 3]),
      }),
      {},
      'output y must have the shape [1] or [1, columns] for one row, was [2, 3]',
    ],
  ] as [string, Uint8Array, Record<string, number | string>, string][])(
    'is refused with %s',
    (_, bytes, changed, message) => {
      const asked = {
        ...document,
        model: { ...(document.model as ModelPlan), inputs: ['a', 'b', 'c'], params: params(changed) },
      };
      expect(() => importModelOf({ document: asked, file: bytes, stated })).toThrow(
        expect.objectContaining({ code: 'validation_failed', message: expect.stringContaining(message) }) as Error,
      );
    },
  );

  it('is refused on the row where it first gives no chance', () => {
    const small = doubling({ inputs: x([1, 1]), outputs: y([1, 1]) });
    const predict = predictor(small, 1);
    expect(predict(Float64Array.of(0.5))).toBe(1);
    expect(() => predict(Float64Array.of(0.75))).toThrow(
      expect.objectContaining({
        code: 'evidence_mismatch',
        message: 'the imported model is not usable: output y must be a chance from 0 to 1, was 1.5',
      }) as Error,
    );
  });

  it('takes the chances of a classifier that gives labels too', () => {
    const classifier = onnxFile({
      nodes: [
        { op: 'Neg', inputs: ['x'], outputs: ['label'] },
        { op: 'Softmax', inputs: ['x'], outputs: ['probabilities'], attributes: { axis: 1 } },
      ],
      weights: {},
      inputs: x(['n', 2]),
      outputs: [
        { name: 'label', dims: ['n', 2] },
        { name: 'probabilities', dims: ['n', 2] },
      ],
    });
    expect(predictor(classifier, 2)(Float64Array.of(0, 0))).toBe(0.5);
    expect(predictor(classifier, 2)(Float64Array.of(0, Math.log(3)))).toBeCloseTo(0.75, 6);
  });

  it('is told what the runtime says, not where in its own sources', () => {
    const newer = Uint8Array.from(file);
    newer[newer.length - 1] = 127;
    expect(() => read(newer, 5)).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/ERROR_MESSAGE: ONNX Runtime only .* till opset \d+/) as string,
      }) as Error,
    );
    expect(() => read(newer, 5)).not.toThrow(/model_load_utils/);
  });

  it('gives the number itself where the label is one, whatever its size', () => {
    const model = {
      ...(document.model as ModelPlan),
      inputs: ['a', 'b'],
      label: { kind: 'forward_return', horizon: 1 },
    } as ModelPlan;
    const { bytes } = importModelOf({ document: { ...document, model }, file: doubling(), stated });
    const { model: runtime } = loadArtifact(bytes);
    expect(runtime.predict(Float64Array.of(1, -40))).toBe(-80);
    expect(runtime.predict(Float64Array.of(1, NaN))).toBeNaN();
  });

  it('stays open among many', () => {
    const models = Array.from({ length: 20 }, (_, i) => predictor(logisticOnnx([i], 0), 1));
    models.forEach((predict, i) => expect(predict(Float64Array.of(1))).toBeCloseTo(1 / (1 + Math.exp(-i)), 6));
  });
});

describe('the example of the documentation', () => {
  const MEANS = [0.5309134794117517, 54.78908172650962, 0.23169895622671374];
  const SCALES = [3.5051889694917966, 13.059111387836484, 0.07449687919422462];
  const COEFFICIENTS = [-0.006689443012586059, -0.013234044826137952, 0.20836733898046703];
  const example = readFileSync(join(__dirname, '../../../../../docs/examples/direction.onnx'));

  it('is a scaler and a logistic regression', () => {
    const made = scaledLogisticOnnx(MEANS, SCALES, COEFFICIENTS, 0.2419427615079534);
    expect(Buffer.from(made).equals(example)).toBe(true);
    const row = Float64Array.of(2, 60, 0.3);
    const odds = COEFFICIENTS.reduce((sum, b, k) => sum + (b * (row[k]! - MEANS[k]!)) / SCALES[k]!, 0.2419427615079534);
    expect(predictor(example, 3)(row)).toBeCloseTo(1 / (1 + Math.exp(-odds)), 6);
  });
});

describe('a strategy of an imported model', () => {
  const imported = importModelOf({ document, file, stated });

  it('has an artifact of the same bytes each time, which holds what was said of its training', async () => {
    const pool = new PipelinePool({ threads: 1 });
    const other = await pool.run('importModel', { document, file, stated });
    await pool.close();
    expect(other.sha256).toBe(imported.sha256);
    expect(imported).toMatchObject({ rows: null, trainEnd: TRAIN_END, metrics: { bytes: file.length } });
    const { train } = JSON.parse(new TextDecoder().decode(imported.bytes)) as { train: unknown };
    expect(train).toEqual({ first_bar: FIRST_BAR, train_end: TRAIN_END, rows: null });
  }, 30_000);

  it('predicts bars after its training alone, bar by bar with the bits of the whole history', () => {
    const batch = backtestPredictions(prepareStrategy(traded(imported), bars), imported.bytes)!.values;
    expect(batch.subarray(0, 300).every(Number.isNaN)).toBe(true);
    expect(batch.subarray(300).every((p) => p > 0 && p < 1)).toBe(true);
    expect(new Set(batch.subarray(300)).size).toBeGreaterThan(150);
    const stream = new Float64Array(bars.close.length);
    warmUpEvaluator(traded(imported), imported.bytes, bars, ({ prediction }, i) => (stream[i] = prediction));
    expect(sameBits(stream, batch)).toBe(true);
  });

  it('is scored after its training alone, whatever is asked', () => {
    const run = (options = {}) => runBacktest({ document: traded(imported), bars, artifact: imported.bytes, options });
    expect(run().scoredFrom).toEqual({ index: 300, rule: 'train_end' });
    expect(run({ scoreFrom: 100 }).scored).toEqual([300, 500]);
    expect(run({ scoreFrom: 350 }).scoredFrom).toEqual({ index: 350, rule: 'score_from' });
    expect(run().returns.some((r) => r !== 0)).toBe(true);
  });

  it('warns of what was said of its training even where that ended before all bars', () => {
    const before = { first_bar: '1990-01-01T00:00:00.000Z', train_end: '1995-01-01T00:00:00.000Z' };
    const early = importModelOf({ document, file, stated: before });
    const outcome = runBacktest({ document: traded(early), bars, artifact: early.bytes });
    expect(outcome.scoredFrom.rule).toBe('lookback');
    expect(outcome.warnings).toContainEqual(expect.objectContaining({ code: 'stated_training' }));
  });

  describe('is judged as it is, on bars after its training', () => {
    const { bytes } = imported;
    const input = { document: traded(imported), bars, artifact: bytes };
    // the same rules on the same numbers, where they are no model but a column of the bars
    const predictions = backtestPredictions(prepareStrategy(input.document, bars), bytes)!.values;
    const rules = JSON.parse(
      JSON.stringify(document.signal).replaceAll('"prediction"', '"said"'),
    ) as typeof document.signal;
    const twin = {
      document: {
        ...document,
        features: [...document.features, feature('said', 'column', { column: 'said' })],
        model: { pin: null, kind: 'rule.identity' as const },
        signal: rules,
      },
      bars: { ...bars, extra: { ...bars.extra, said: predictions } },
      options: { scoreFrom: 300 },
    };

    it('by walk-forward', () => {
      const [walked, same] = [runWalkForward(input), runWalkForward(twin)];
      expect(walked.scoredFrom).toEqual({ index: 300, rule: 'train_end' });
      expect(walked.folds).toHaveLength(5);
      expect(walked.folds[0]!.train[0]).toBe(300);
      const { scoredFrom: _, ...figures } = walked;
      const { scoredFrom: __, ...others } = same;
      expect(figures).toEqual(others);
      expect(walked.folds.some((fold) => fold.oosReturns.some((r) => r !== 0))).toBe(true);
    });

    it('by a walk-forward that searches', () => {
      const path = 'signal.rule_tree.groups.0.rules.0.value';
      const search = (from: typeof input | typeof twin) =>
        walkForwardSearch({ ...from, plan: planSweep(from.document, [{ path, values: [0.5, 0.55, 0.6] }]) });
      const { scoredFrom, ...searched } = search(input);
      const { scoredFrom: _, ...same } = search(twin);
      expect(scoredFrom).toEqual({ index: 300, rule: 'train_end' });
      expect(searched).toEqual(same);
      expect(searched.folds[0]!.train[0]).toBe(300);
      expect(searched.stitched.returns.some((r) => r !== 0)).toBe(true);
    });

    it('by cross-validation', () => {
      const [crossed, same] = [runCpcv(input), runCpcv(twin)];
      expect(crossed.scored).toEqual([300, 500]);
      expect(crossed.paths.map(({ returns }) => returns)).toEqual(same.paths.map(({ returns }) => returns));
      expect(crossed.splits.map((split) => split.oosSharpe)).toEqual(same.splits.map((split) => split.oosSharpe));
    });

    it('by the gates, which find nothing of later bars in it', () => {
      const judged = buildGateEvidence({ ...input, walkForward: 'run', cpcv: 'run', ledger: [], draws: 50 });
      expect(judged.backtest.scored).toEqual([300, 500]);
      const { evidence } = judged;
      expect([evidence.walkForward, evidence.cpcv, evidence.dsr]).not.toContain(null);
      expect(evidence.audits!.lookAhead).toMatchObject({ mismatches: 0 });
      expect(judged.lookAhead.cuts.every((cut) => cut >= 300)).toBe(true);
      expect(judged.candidate.returns).toEqual(runBacktest(input).returns);
      expect(runBacktest(input).warnings).toContainEqual(expect.objectContaining({ code: 'stated_training' }));
      expect(runBacktest(twin).warnings).toEqual([]);
    });

    it('and not without its artifact, or before so much of the bars comes after its training', () => {
      expect(() => runWalkForward({ ...input, bars: sliceBars(bars, 0, 310) })).toThrow('the first 300 are not scored');
    });
  });

  it('is never fitted', () => {
    const refusal = expect.objectContaining({ code: 'not_ready' }) as Error;
    expect(() => fitModelOf({ document, bars })).toThrow(refusal);
    expect(() => runBacktest({ document, bars })).toThrow(refusal);
    expect(() => runWalkForward({ document, bars })).toThrow(refusal);
    expect(() => runCpcv({ document, bars })).toThrow(refusal);
    expect(() => importModelOf({ document: example, file, stated })).toThrow(refusal);
  });

  it.each([[new Uint8Array(0)], [new Uint8Array(8 * 1024 * 1024 + 1)]])('is no file of a size like that', (bytes) => {
    expect(() => importModelOf({ document, file: bytes, stated })).toThrow('file must have from 1 to 8388608 bytes');
  });
});
