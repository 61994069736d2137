import { refusalOf } from '../../../testing/src/domain/refusal';
import { examplePipeline, exampleStrategy } from '../fixtures/documents';
import { columnNames } from '../ports';
import { parseStrategyDocument } from '../strategy';
import { assertDeployable } from './deployability';

describe('deployability', () => {
  const live = columnNames();

  it('holds for discrete documents on live columns', () => {
    expect(() => assertDeployable(examplePipeline, live)).not.toThrow();
    expect(() => assertDeployable(parseStrategyDocument(exampleStrategy).document, live)).not.toThrow();
  });

  it('is refused for entries that no venue is sent', () => {
    const entry_order = { type: 'limit', offset: { percent: 1 }, expires_after_bars: 2 } as const;
    expect(() => assertDeployable({ ...examplePipeline, entry_order }, live)).toThrow(
      'entry_order must be absent, since trade enters at the market, was limit',
    );
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
