import { NO_MODEL, pipelineDocument, substrategiesDocument } from '@assay/contracts';
import type { DomainError, FieldProblem } from '@assay/primitives';
import { schemaAgreement } from '../../../testing/src/documents/schema-agreement';
import { examplePipeline, exampleStrategy } from '../fixtures/documents';
import { exampleModelKinds as models } from '../fixtures/model-kinds';
import { parseStrategyDocument } from './index';

describe('the JSON Schema and the parser agree', () => {
  const generateId = () => '018f0000-0000-7000-8000-00000000000f';
  const read = (input: unknown): FieldProblem[] => {
    try {
      parseStrategyDocument(input, { generateId, models });
    } catch (error) {
      return (error as DomainError).errors ?? [];
    }
    return [];
  };
  const values = [
    ...[
      'AND',
      'OR',
      'FILTER',
      'fixed',
      'bar',
      'entry',
      'tree',
      NO_MODEL,
      'prediction',
      'volume',
      'sma_20',
      'get_rsi',
      'get_sma',
    ],
    ...[
      'a'.repeat(64),
      'a'.repeat(256),
      'substrategies',
      'pipeline',
      '2020-01-01T00:00:00+01:00',
      '2020-02-30T00:00:00Z',
    ],
    ...[
      '2020-01-01T24:00:00Z',
      '2020-01-01T23:59:60Z',
      '2020-01-01t00:00:00z',
      '2020-01-01 00:00:00Z',
      ['rsi_14'],
      ['v', 'v'],
    ],
    ...[{ kind: 'fixed' }, { window: 1 }, { window: null }, { combinator: 'AND', rules: [] }, { split: 'gini' }],
  ];
  // what a schema cannot say: references between fields, repetitions, columns of the data
  const beyond = new Set(['unknown_reference', 'unknown_column', 'unique', 'max_depth']);
  const [first, second] = exampleStrategy.substrategies;
  const sized = {
    ...exampleStrategy,
    sizing: examplePipeline.sizing,
    created_at: '2020-01-01T00:00:00Z',
    timeframe: '1h',
    protection: { trailing_stop: { percent: 5, follows: 'extreme' }, re_entry: { rule: 'immediately' } },
  };
  const rules = [{ field: 'close', operator: '>', value: { field: 'sma_20' } }];
  const closeAbove = {
    ...examplePipeline.signal,
    rule_tree: { groups: [{ action: 'BUY', combinator: 'AND', rules }] },
  };
  const documents = {
    substrategies: [
      { ...exampleStrategy, kind: 'substrategies' },
      {
        ...sized,
        kind: 'substrategies',
        conjunction: 'FILTER',
        substrategies: [{ ...first, data_column: 'high' }, second],
      },
    ],
    pipeline: [
      examplePipeline,
      { ...examplePipeline, model: { kind: NO_MODEL }, signal: closeAbove },
      {
        ...examplePipeline,
        protection: { stop_loss: { atr: 2 }, time_stop: { bars: 10 } },
        entry_order: { type: 'stop', offset: { percent: 0.5 }, expires_after_bars: 3 },
      },
      { ...examplePipeline, model: { ...examplePipeline.model, kind: 'tree', params: { split: 'gini' } } },
    ],
  };
  const schemas = { substrategies: substrategiesDocument(), pipeline: pipelineDocument(models) };

  it.each(['substrategies', 'pipeline'] as const)(
    'on %s documents with any fields changed, added or taken away',
    (kind) => {
      const { accepted, refused } = schemaAgreement({
        schema: schemas[kind].jsonSchema(),
        documents: documents[kind],
        problemsOf: (input) => {
          const { kind: given } = input as { kind?: unknown };
          return given === kind
            ? read(input)
            : [{ field: 'kind', rule: 'unique', value: given, message: 'of another kind' }];
        },
        // as many inputs as there are features
        beyond: ({ field, rule }) => beyond.has(rule) || (field === 'model.inputs' && rule === 'max_items'),
        values,
      });
      expect(accepted).toBeGreaterThan(300);
      expect(refused).toBeGreaterThan(300);
    },
  );
});
