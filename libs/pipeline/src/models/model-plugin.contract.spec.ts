import { pipelineDocument, type ModelPlan, type PipelineDocument } from '@assay/contracts';
import { parseStrategyDocument, predictRange, type ModelRuntime } from '@assay/domain';
import { createRng } from '@assay/quant';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { syntheticBars } from '../fixtures/bars';
import { logisticOnFactor } from '../fixtures/documents';
import { rowsOf } from '../fixtures/reference-rows';
import { resolveParams } from '../parameters';
import { sameBits } from '../evaluator';
import { fitModelOf } from '../tasks';
import { fitRows, loadArtifact, modelKinds, modelPlugins, modelRuntime, requireModelPlugin, type ModelPlugin } from '.';
import { encodeArtifact } from './model-artifact';
import type { TrainingSet } from './training-set';

const COLUMNS = 3;

/** Rows whose first column tells the label two times out of three. */
function sample(count: number, seed = 1): TrainingSet {
  const rng = createRng(seed);
  const labels = Float64Array.from({ length: count }, (_, i) => i % 2);
  const rows = Float64Array.from({ length: count * COLUMNS }, (_, i) =>
    i % COLUMNS === 0 && rng.next() < 2 / 3 ? labels[i / COLUMNS]! + 0.1 * rng.normal() : rng.normal(),
  );
  return rowsOf(COLUMNS, rows, labels);
}

const example = logisticOnFactor();
const planOf = (plugin: ModelPlugin): ModelPlan => ({
  pin: null,
  kind: plugin.key,
  inputs: ['a', 'b', 'c'],
  label: { kind: 'forward_return_sign', horizon: 1 },
  params: resolveParams(plugin, {}),
  seed: 1,
  refit: plugin.refit,
});
const documentOf = (plugin: ModelPlugin): PipelineDocument => ({
  ...example,
  model: { ...planOf(plugin), inputs: example.features.map(({ name }) => name) },
});
const train = { first_bar: '2020-01-01T00:00:00.000Z', train_end: '2021-01-01T00:00:00.000Z', rows: 400 };

/** Made once: it takes as long as all that is held against it. */
let accepting: ValidateFunction | undefined;
const schemaOfAllKinds = (): ValidateFunction =>
  (accepting ??= addFormats(new Ajv2020({ strict: false })).compile(pipelineDocument(modelKinds).jsonSchema()));

describe.each([...modelPlugins].filter(([, { imports }]) => !imports))('model kind %s', (_key, plugin) => {
  const plan = planOf(plugin);
  const set = sample(400);
  const content = fitRows(plan, set)!;
  const predictions = (model: ModelRuntime, columns = set.history): Float64Array => {
    const out = new Float64Array(set.count).fill(NaN);
    predictRange(model, columns, [0, set.count], out);
    return out;
  };

  it('gives the same content for the same rows, parameters and seed', () => {
    expect(plugin.fit(sample(400), plan.params, 1)).toEqual(content);
  });

  it('predicts from its stored artifact with the bits of the fit in memory, chances of 0 to 1', () => {
    const { kind, inputs, model } = loadArtifact(encodeArtifact(plan, plugin, content, train));
    expect([kind, inputs, model.inputs]).toEqual([plugin.key, plan.inputs, plan.inputs]);
    const found = predictions(model);
    expect(sameBits(found, predictions(modelRuntime(plan, content)))).toBe(true);
    // before its first full window there is none
    expect(found.subarray(0, model.window! - 1).every(Number.isNaN)).toBe(true);
    expect(found.subarray(model.window! - 1).every((p) => p >= 0 && p <= 1)).toBe(true);
  });

  it('has learned what the rows tell', () => {
    let hits = 0;
    predictions(modelRuntime(plan, content)).forEach((p, i) => (hits += Number(p > 0.5 === (set.labels[i] === 1))));
    expect(hits / set.count).toBeGreaterThan(0.6);
  });

  it('gives no prediction for an incomplete row, or for one without any value where it takes missing ones', () => {
    const model = modelRuntime(plan, content);
    const without = (isMissing: (column: number) => boolean): number[] => {
      const gap = set.history.map((column, c) => (isMissing(c) ? column.with(200, NaN) : column));
      return [...predictions(model, gap).subarray(model.window! - 1)].flatMap((p, i) => (p === p ? [] : [i]));
    };
    // wherever the row is among those that are read
    const reading = Array.from({ length: model.window! }, (_, i) => 201 - model.window! + i);
    expect(without(() => true)).toEqual(reading);
    expect(without((c) => c === 1)).toEqual(plugin.takesMissing ? [] : reading);
  });

  it('is not determined by fewer rows than it says, or by one label', () => {
    const least = plugin.leastRows(COLUMNS);
    expect(fitRows(plan, sample(least - 1))).toBeNull();
    expect(fitRows(plan, sample(least))).not.toBeNull();
    expect(fitRows(plan, { ...set, labels: new Float64Array(set.count) })).toBeNull();
    expect(fitRows(plan, { ...set, labels: new Float64Array(set.count).fill(1) })).toBeNull();
  });

  it('refuses content it could not have made', () => {
    expect(() => plugin.load({}, COLUMNS)).toThrow();
    expect(() => plugin.load(content, COLUMNS + 1)).toThrow();
  });

  it('has defaults that it accepts, figures that are numbers, and a search space of its parameters', () => {
    expect(plugin.parameterSchema.required).toEqual([]);
    expect(Object.values(plugin.figures(content, plan.inputs)).every(Number.isFinite)).toBe(true);
    for (const [name, { values }] of Object.entries(plugin.searchSpace)) {
      expect(values.length).toBeGreaterThan(1);
      for (const value of values) expect(resolveParams(plugin, { [name]: value })[name]).toBe(value);
    }
  });

  it('is read from a document exactly when the JSON Schema accepts it', () => {
    const accepts = schemaOfAllKinds();
    const reads = (document: PipelineDocument): boolean => {
      try {
        parseStrategyDocument(document, { models: modelKinds, columns: ['factor'] });
        return true;
      } catch {
        return false;
      }
    };
    const document = documentOf(plugin);
    expect([reads(document), accepts(document)]).toEqual([true, true]);
    let refused = 0;
    for (const name of Object.keys(plan.params)) {
      for (const odd of [undefined, null, 'x', '', -1, 0, 0.5, 1, 1e6, true, []]) {
        const params = { ...plan.params, [name]: odd } as ModelPlan['params'];
        const changed = { ...document, model: { ...(document.model as ModelPlan), params } };
        const plain = JSON.parse(JSON.stringify(changed)) as PipelineDocument;
        expect([name, odd, accepts(plain)]).toEqual([name, odd, reads(plain)]);
        refused += Number(!reads(plain));
      }
    }
    expect(refused).toBeGreaterThan(0);
  });

  it('is fitted from a document into an artifact of its own format', () => {
    const bars = syntheticBars(500, 4, 0.002);
    const { bytes, metrics } = fitModelOf({ document: documentOf(plugin), bars });
    const { kind, inputs } = loadArtifact(bytes);
    expect(kind).toBe(plugin.key);
    const stored = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
    expect(metrics).toMatchObject(plugin.figures(stored, inputs));
  });
});

describe('the registry of models', () => {
  it('names the kinds there are', () => {
    expect(() => requireModelPlugin('forest')).toThrow(
      `model.kind must be one of ${[...modelPlugins.keys()].join(', ')}`,
    );
  });

  it('keeps the words of an artifact for the artifact', () => {
    const [plugin] = modelPlugins.values();
    expect(() => encodeArtifact(planOf(plugin!), plugin!, { seed: 1 }, train)).toThrow(
      'must leave seed to its artifact',
    );
  });
});
