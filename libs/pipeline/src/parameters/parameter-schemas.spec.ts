import { readParameters, withoutDefaults, type ParameterSchema, type ParametersSchema } from '@assay/contracts';
import Ajv2020 from 'ajv/dist/2020';
import fc from 'fast-check';
import { featurePlugins } from '../features';
import { modelPlugins } from '../models';

const schemas: [string, ParametersSchema][] = [...featurePlugins, ...modelPlugins].map(([key, plugin]) => [
  key,
  plugin.parameterSchema,
]);

/** Right values, those around a bound, and what is of another type. */
function valueOf(schema: ParameterSchema): fc.Arbitrary<unknown> {
  const other = fc.constantFrom<unknown>('', 'close', 'ö', null, true, [], {}, 1e300, -1, 0.5, 2, '2');
  if (schema.type === 'string')
    return fc.oneof(other, { weight: 2, arbitrary: fc.constantFrom(...(schema.enum ?? [schema.default ?? 'factor'])) });
  const bounds = [schema.minimum, schema.exclusiveMinimum, schema.maximum, schema.default].filter(
    (bound) => bound !== undefined,
  );
  const near = fc.tuple(fc.constantFrom(...bounds), fc.constantFrom(-1, -0.5, 0, 0.5, 1));
  return fc.oneof(
    other,
    { weight: 2, arbitrary: near.map(([bound, step]) => bound + step) },
    { weight: 4, arbitrary: fc.constant(schema.default) },
  );
}

/**
 * Any fields at all; and, since those of a schema with many of them are hardly ever all right, its defaults with one or two fields
 * changed.
 */
function inputOf({ properties }: ParametersSchema): fc.Arbitrary<unknown> {
  const names = Object.keys(properties);
  const values = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, valueOf(one)]));
  const nearDefaults = fc
    .tuple(fc.subarray(names, { maxLength: Math.min(2, names.length) }), fc.record(values))
    .map(([changed, any]) =>
      Object.fromEntries(
        names.map((name) => [name, changed.includes(name) ? any[name] : (properties[name].default ?? any[name])]),
      ),
    );
  return fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom<unknown>(null, [], 'text', 5, { colour: 'red' }) },
    { weight: 6, arbitrary: fc.record(values, { requiredKeys: [] }) },
    { weight: 6, arbitrary: nearDefaults },
  );
}

// one for all: what costs is the schema of schemas, which every instance compiles
const ajv = new Ajv2020({ strict: true });

it.each(schemas)('%s takes the parameters that its published schema takes, and no others', (_, schema) => {
  for (const published of [schema, withoutDefaults(schema)]) {
    const isRight = ajv.compile(published);
    const seen = new Set<boolean>();
    fc.assert(
      fc.property(inputOf(schema), (input) => {
        const { document } = readParameters(published, input);
        expect(document !== undefined).toBe(isRight(input));
        seen.add(document !== undefined);
        if (document) expect(readParameters(withoutDefaults(schema), document).document).toEqual(document);
      }),
      { numRuns: 60, seed: 31 },
    );
    expect(seen).toEqual(new Set([true, false]));
  }
});

it('bounds every window of a feature', () => {
  for (const { parameterSchema } of featurePlugins.values()) {
    for (const schema of Object.values(parameterSchema.properties)) {
      if (schema.type === 'integer') expect(schema.maximum).toBeLessThanOrEqual(10_000);
    }
  }
  const { document, problems } = readParameters(featurePlugins.get('hurst')!.parameterSchema, { window: 2049 });
  const message = 'params.window must be 16 to 2048 (default 128), was 2049';
  expect([document, problems]).toEqual([
    undefined,
    [{ field: 'params.window', rule: 'maximum', value: 2049, message }],
  ]);
});

it('names range and default of what a kind of model refuses', () => {
  const { parameterSchema } = modelPlugins.get('gradient_boosting')!;
  const { problems } = readParameters(parameterSchema, { max_depth: 40, learning_rate: 0 });
  const text = (name: string): string | undefined =>
    problems.find(({ field }) => field === `params.${name}`)?.message.replace(/^params\./, '');
  const {
    minimum,
    maximum,
    default: given,
  } = parameterSchema.properties.max_depth as { minimum: number; maximum: number; default: number };
  expect(text('max_depth')).toBe(`max_depth must be ${minimum} to ${maximum} (default ${given}), was 40`);
  expect(text('learning_rate')).toMatch(/^learning_rate must be .* \(default .*\), was 0$/);
});
