import {
  NO_MODEL,
  pipelineDocument,
  type ModelPlan,
  type PipelineDocument,
  type TripleBarrierLabel,
} from '@assay/contracts';
import { parseStrategyDocument } from '@assay/domain';
import { logisticOnFactor } from '../fixtures/documents';
import { configHash } from '../hash';
import { resolveParams } from '../parameters';
import { modelAliases, modelKindOf, modelKinds, modelPlugins, requireModelPlugin, sentModelKinds } from '.';

const document = logisticOnFactor();
const barrier: TripleBarrierLabel = {
  kind: 'triple_barrier',
  horizon: 10,
  width: { kind: 'input', name: 'vol_21' },
  profit: 2,
  stop: null,
  side: 'factor',
  events: { kind: 'cusum', widths: 1 },
};

function read(change: object, kind = 'logistic'): PipelineDocument {
  const params = resolveParams(requireModelPlugin(kind), {});
  const model = { ...document.model, kind, params, ...change };
  const sent = JSON.parse(JSON.stringify({ ...document, model })) as object;
  return parseStrategyDocument(sent, { models: modelKinds, columns: ['factor'] }).document as PipelineDocument;
}

function problemsOf(change: object, kind?: string): string[][] {
  try {
    read(change, kind);
    return [];
  } catch (error) {
    const { errors } = error as { errors: { field: string; rule: string }[] };
    return errors.map(({ field, rule }) => [field, rule]);
  }
}

describe('parameters of a plan', () => {
  it.each(['logistic', 'gradient_boosting', 'lstm', 'onnx'])(
    'of kind %s that are left out are its defaults, and the document is the one that states them',
    (kind) => {
      const stated = read({}, kind);
      for (const params of [
        undefined,
        {},
        Object.fromEntries(Object.entries((stated.model as ModelPlan).params).slice(1)),
      ]) {
        const filled = read({ params }, kind);
        expect(filled).toEqual(stated);
        expect(configHash(filled)).toBe(configHash(stated));
      }
    },
  );
});

describe('the other names of kinds', () => {
  const sentAs = (kind: string, models = sentModelKinds) => {
    const model = { ...document.model, kind, params: {} };
    const sent = JSON.parse(JSON.stringify({ ...document, model })) as object;
    return parseStrategyDocument(sent, { models, columns: ['factor'] }).document as PipelineDocument;
  };

  it.each([
    ['ml.ridge', 'ridge'],
    ['ml.lasso', 'lasso'],
    ['ml.elastic_net', 'elastic_net'],
    ['ml.logistic_regression', 'logistic'],
    ['ml.random_forest', 'random_forest'],
    ['ml.gradient_boosting', 'gradient_boosting'],
    ['ml.knn', 'knn'],
    ['dl.mlp', 'mlp'],
    ['dl.lstm', 'lstm'],
    ['import.onnx', 'onnx'],
  ])('%s is read as %s, and the document is the one that says so', (alias, kind) => {
    const own = sentAs(kind);
    expect(own.model.kind).toBe(kind);
    expect(sentAs(alias)).toEqual(own);
    expect(configHash(sentAs(alias))).toBe(configHash(sentAs(kind, modelKinds)));
    expect([modelKindOf(alias), modelKindOf(kind)]).toEqual([kind, kind]);
    // what is stored has the kind itself
    expect(() => sentAs(alias, modelKinds)).toThrow(expect.objectContaining({ code: 'validation_failed' }) as Error);
  });

  it('are each of one kind, and none is a name of another', () => {
    expect(modelAliases).toHaveLength(10);
    expect(new Set([...modelAliases, ...modelPlugins.keys(), NO_MODEL]).size).toBe(10 + modelPlugins.size + 1);
    expect(modelKindOf('ml.forest')).toBe('ml.forest');
  });

  it('have parameters and checks of their kind, and stand in its JSON Schema', () => {
    const problemsFor = (change: object): unknown => {
      const model = { ...document.model, params: {}, ...change };
      try {
        return parseStrategyDocument(JSON.parse(JSON.stringify({ ...document, model })), {
          ...{ models: sentModelKinds, columns: ['factor'] },
        });
      } catch (error) {
        return (error as { errors: { field: string; rule: string }[] }).errors.map(({ field, rule }) => [field, rule]);
      }
    };
    expect(problemsFor({ kind: 'ml.gradient_boosting', params: { trees: 0 } })).toEqual([
      ['model.params.trees', 'minimum'],
    ]);
    expect(problemsFor({ kind: 'ml.gradient_boosting', params: { monotone: '+-' } })).toEqual([
      ['model.params.monotone', 'signs'],
    ]);
    expect(problemsFor({ kind: 'ml.forest' })).toEqual([['model.kind', 'enum']]);
    const schemas = [sentModelKinds, modelKinds].map((kinds) => JSON.stringify(pipelineDocument(kinds).jsonSchema()));
    expect(schemas.map((schema) => schema.includes('"ml.ridge"'))).toEqual([true, false]);
  });
});

describe('a plan', () => {
  it('may have labels of barriers, and ways to train, which are part of its hash', () => {
    const plain = read({});
    const model = plain.model as ModelPlan;
    expect(model.training).toBeUndefined();
    const trained = read({
      label: barrier,
      training: { uniqueness: true, calibration: { kind: 'platt', fraction: 0.2 } },
    });
    expect((trained.model as ModelPlan).label).toEqual(barrier);
    expect(configHash(trained)).not.toBe(configHash(plain));
    expect(read({ training: { bootstrap: 'sequential' } }, 'random_forest').model).toMatchObject({
      training: { bootstrap: 'sequential' },
    });
    expect(read({ label: { kind: 'forward_return', horizon: 5 } }, 'ridge').model).toMatchObject({
      label: { kind: 'forward_return' },
    });
  });

  it.each<[string, object, string[][], string]>([
    [
      'a regression of a classifier',
      { label: { kind: 'forward_return', horizon: 1 } },
      [['model.label.kind', 'enum']],
      'logistic',
    ],
    [
      'a side and a width that are no inputs',
      { label: { ...barrier, side: 'close', width: { kind: 'input', name: 'x' } } },
      [
        ['model.label.side', 'unknown_reference'],
        ['model.label.width.name', 'unknown_reference'],
      ],
      'logistic',
    ],
    ['no barrier', { label: { ...barrier, profit: null } }, [['model.label', 'barrier']], 'logistic'],
    [
      'a label with a field of another',
      { label: { kind: 'forward_return_sign', horizon: 1, stop: 1 } },
      [['model.label.stop', 'unknown_field']],
      'logistic',
    ],
    ['nothing stated', { training: {} }, [['model.training', 'min_properties']], 'logistic'],
    ['a stated default', { training: { uniqueness: false } }, [['model.training.uniqueness', 'enum']], 'logistic'],
    [
      'a draw of rows where none are drawn',
      { training: { bootstrap: 'sequential' } },
      [['model.training.bootstrap', 'not_applicable']],
      'logistic',
    ],
    [
      'chances of a regression',
      {
        label: { kind: 'forward_return', horizon: 1 },
        training: { class_weight: 'balanced', calibration: { kind: 'platt', fraction: 0.2 } },
      },
      [
        ['model.training.class_weight', 'not_applicable'],
        ['model.training.calibration', 'not_applicable'],
      ],
      'ridge',
    ],
    [
      'more inputs kept than there are',
      { training: { selection: { score: 'variance', keep: { kind: 'best', count: 6 } } } },
      [['model.training.selection.keep.count', 'maximum']],
      'logistic',
    ],
    [
      'a bound of another kind',
      { training: { selection: { score: 'chi2', keep: { kind: 'above', count: 6 } } } },
      [
        ['model.training.selection.score', 'enum'],
        ['model.training.selection.keep.score', 'required'],
        ['model.training.selection.keep.count', 'unknown_field'],
      ],
      'logistic',
    ],
    [
      'signs of other inputs',
      { params: { ...resolveParams(requireModelPlugin('gradient_boosting'), {}), monotone: '+-' } },
      [['model.params.monotone', 'signs']],
      'gradient_boosting',
    ],
  ])('is refused by field and rule with %s', (_, change, expected, kind) => {
    expect(problemsOf(change, kind)).toEqual(expected);
  });
});
