import type { ModelPlan } from '@assay/contracts';
import { refuse } from '@assay/primitives';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { logisticOnFactor } from '../../fixtures/documents';
import { resolveParams } from '../../parameters';
import { importModelOf } from '../../tasks';
import { loadArtifact } from '../model-artifact';
import { logisticOnnx, onnxFile, slowOnnx } from './fixtures/onnx-file';
import { onnxPlugin } from './onnx-plugin';
import { OnnxRuntime, OnnxSilence } from './onnx-runtime';

const DOUBLING = onnxFile({
  nodes: [{ op: 'Add', inputs: ['x', 'x'], outputs: ['y'] }],
  weights: {},
  inputs: [{ name: 'x', dims: [1, 2] }],
  outputs: [{ name: 'y', dims: [1, 2] }],
});

function opened(bytes: Uint8Array) {
  const runtime = new OnnxRuntime();
  const open = (key: string, file: Uint8Array) => runtime.ask('opened', { kind: 'open', key, bytes: file });
  open('first', bytes);
  const run = (key: string, values: number[], input: string, mostMs?: number) =>
    runtime.ask(
      'ran',
      { kind: 'run', key, input, output: 'y', type: 'float32', shape: [1, values.length], values },
      mostMs,
    ).values!;
  return { runtime, open, run };
}

describe('the runtime of models of other frameworks', () => {
  it('says what is missing where it is not installed', () => {
    const missing = new OnnxRuntime('no-such-runtime');
    expect(() => missing.ask('opened', { kind: 'open', key: 'a', bytes: DOUBLING })).toThrow(
      expect.objectContaining({
        code: 'not_ready',
        message: expect.stringContaining('needs the optional package no-such-runtime') as string,
      }) as Error,
    );
  });

  it('gives a model up that does not answer in time, and goes on with the next one', () => {
    const { open, run } = opened(slowOnnx(6000));
    expect(() => run('first', [0, 0, 0], 'rows', 100)).toThrow(OnnxSilence);
    open('good', DOUBLING);
    expect([...run('good', [1, 2], 'x')]).toEqual([2, 4]);
  });

  it('is waited for until it has answered, whatever wakes whoever waits', async () => {
    const { runtime, run } = opened(DOUBLING);
    const { answered } = runtime as unknown as { answered: Int32Array };
    const waker = new Worker(
      `const { workerData: answered } = require('node:worker_threads'); for (;;) Atomics.notify(answered, 0);`,
      { eval: true, workerData: answered },
    );
    await once(waker, 'online');
    try {
      const asked = Array.from({ length: 200 }, (_, i) => i);
      expect(asked.map((i) => run('first', [i, 0], 'x')[0])).toEqual(asked.map((i) => 2 * i));
    } finally {
      await waker.terminate();
    }
  });
});

describe('where the runtime is missing', () => {
  const example = logisticOnFactor();
  const document = {
    ...example,
    model: { ...(example.model as ModelPlan), kind: 'onnx', inputs: ['a', 'b'], params: resolveParams(onnxPlugin, {}) },
  };
  const stated = { first_bar: '2020-01-01T00:00:00.000Z', train_end: '2020-06-30T00:00:00.000Z' };
  const { bytes } = importModelOf({ document, file: logisticOnnx([1, 2], 0), stated });
  const missing = expect.objectContaining({ code: 'not_ready' }) as Error;

  const withoutRuntime = (act: () => void): void => {
    const ask = jest.spyOn(OnnxRuntime.prototype, 'ask').mockImplementation(() => {
      throw refuse('not_ready', 'the package cannot be loaded here');
    });
    act();
    ask.mockRestore();
  };

  it('a model that has been imported before is not called unusable, when it is opened or when it predicts', () => {
    const onnx = Buffer.from(logisticOnnx([3, 4], 0)).toString('base64');
    const stored = JSON.parse(new TextDecoder().decode(bytes)) as object;
    const other = new TextEncoder().encode(JSON.stringify({ ...stored, onnx }));
    const { model } = loadArtifact(bytes);
    withoutRuntime(() => {
      expect(() => model.predict(Float64Array.of(0.1, 0.2))).toThrow(missing);
      expect(() => loadArtifact(other)).toThrow(missing);
    });
    expect(model.predict(Float64Array.of(0, 0))).toBe(0.5);
  });
});
