import { featurePlugins } from '@assay/pipeline';
import { call } from '../fixtures/in-process';

describe('assay features', () => {
  it('lists every feature with its parameters, those that must be given without a default', async () => {
    const { code, out } = await call('features');
    const lines = out.trim().split('\n');
    expect(code).toBe(0);
    for (const key of featurePlugins.keys()) expect(lines.some((line) => line.startsWith(`${key} `))).toBe(true);
    expect(lines.find((line) => line.startsWith('macd.signal '))).toContain('fast=12 slow=26 signal=9 column=close');
    expect(lines.find((line) => line.startsWith('rolling_beta '))).toContain('window=60 column ');
  });

  it('gives their JSON Schemas with --json', async () => {
    const { out } = await call('features', '--json');
    const { features } = JSON.parse(out) as { features: { plugin: string; parameter_schema: object }[] };
    expect(features.map(({ plugin }) => plugin)).toEqual([...featurePlugins.keys()]);
    expect(features.find(({ plugin }) => plugin === 'rsi')!.parameter_schema).toMatchObject({
      additionalProperties: false,
      properties: { window: { type: 'integer', minimum: 2, default: 14 }, column: { type: 'string' } },
    });
  });
});
