import { signalPlugins } from '@assay/contracts';
import { featurePlugins, modelPlugins } from '@assay/pipeline';
import { call } from '../fixtures/in-process';

describe('assay plugins', () => {
  it('lists features, models and signals, models with their defaults and ranges', async () => {
    const { code, out } = await call('plugins');
    const lines = out.trim().split('\n');
    expect(code).toBe(0);
    const all = [...featurePlugins.keys(), ...modelPlugins.keys(), ...signalPlugins().map(({ key }) => key)];
    expect(lines.slice(-all.length).map((line) => line.split(/ +/)[1])).toEqual(all);
    const boosting = lines.find((line) => line.includes(' gradient_boosting '))!;
    expect(boosting).toContain('trees=100 (1..2000)');
    expect(boosting).toContain('learning_rate=0.1 (>0..1)');
    expect(boosting).toMatch(/; also named ml\.gradient_boosting$/);
    expect(lines.find((line) => line.includes(' onnx '))).toContain('meaning=chance (chance|log_odds)');
    expect(lines.find((line) => line.includes(' top_k '))).toContain('portfolio.select of a universe document');
  });

  it('gives one kind alone with its JSON Schemas', async () => {
    const { out } = await call('plugins', '--of', 'models', '--json');
    const found = JSON.parse(out) as { models: { plugin: string; parameter_schema: object; aliases: string[] }[] };
    expect(Object.keys(found)).toEqual(['models']);
    expect(found.models.map(({ plugin }) => plugin)).toEqual([...modelPlugins.keys()]);
    expect(found.models.find(({ plugin }) => plugin === 'knn')!.aliases).toEqual(['ml.knn']);
    expect(found.models.find(({ plugin }) => plugin === 'knn')!.parameter_schema).toEqual(
      modelPlugins.get('knn')!.parameterSchema,
    );
  });

  it('refuses what is none of the three', async () => {
    const { code, err } = await call('plugins', '--of', 'stops');
    expect([code, err]).toEqual([2, '--of must be one of features, models, signals, was stops\n']);
  });
});
