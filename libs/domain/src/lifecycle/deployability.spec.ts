import { refusalOf } from '../../../testing/src/domain/refusal';
import { examplePipeline, exampleStrategy } from '../fixtures/documents';
import { columnNames } from '../ports';
import { parseStrategyDocument } from '../strategy';
import { assertDeployable, entryProblems } from './deployability';

describe('deployability', () => {
  const live = columnNames();

  it('holds for discrete documents on live columns', () => {
    expect(() => assertDeployable(examplePipeline, live)).not.toThrow();
    expect(() => assertDeployable(parseStrategyDocument(exampleStrategy).document, live)).not.toThrow();
  });

  it('holds with entry orders, stops and targets; a limit needs a venue that takes limits', () => {
    const order = { offset: { percent: 1 }, expires_after_bars: 2 };
    const [limit, stop] = (['limit', 'stop'] as const).map((type) => ({ entry_order: { type, ...order } }));
    for (const entry of [limit, stop])
      expect(() => assertDeployable({ ...examplePipeline, ...entry }, live)).not.toThrow();
    expect(entryProblems(limit!, 'SIM', ['MARKET'])).toEqual([
      'entry_order.type limit needs LIMIT orders, and SIM takes MARKET alone',
    ]);
    expect(entryProblems(limit!, 'SIM', ['MARKET', 'LIMIT'])).toEqual([]);
    expect(entryProblems(stop!, 'SIM', ['MARKET'])).toEqual([]);
    expect(entryProblems({}, 'SIM', ['MARKET'])).toEqual([]);
    const protection = { stop_loss: { percent: 5 }, re_entry: { rule: 'immediately' } } as const;
    expect(() => assertDeployable({ ...examplePipeline, protection }, live)).not.toThrow();
  });

  it('is refused with every reason', () => {
    const feature = { ...examplePipeline.features[0], plugin: 'column', params: { column: 'factor' } };
    const document = {
      ...examplePipeline,
      artifact: null,
      features: [feature],
      signal: { ...examplePipeline.signal, output_mode: 'numeric' as const },
    };
    const error = refusalOf(() => assertDeployable(document, live));
    expect([error.code, (error.facts?.problems as string[]).length]).toEqual(['not_deployable', 3]);
    expect(() => assertDeployable({ ...examplePipeline, features: [feature] }, [...live, 'factor'])).not.toThrow();
  });
});
