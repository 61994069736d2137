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

const inputOf = ({ properties }: ParametersSchema): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom<unknown>(null, [], 'text', 5, { colour: 'red' }) },
    {
      weight: 12,
      arbitrary: fc.record(Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, valueOf(one)])), {
        requiredKeys: [],
      }),
    },
  );

it.each(schemas)('%s takes the parameters that its published schema takes, and no others', (_, schema) => {
  const ajv = new Ajv2020({ strict: true });
  const seen = new Set<boolean>();
  for (const published of [schema, withoutDefaults(schema)]) {
    const isRight = ajv.compile(published);
    fc.assert(
      fc.property(inputOf(schema), (input) => {
        const { document } = readParameters(published, input);
        expect(document !== undefined).toBe(isRight(input));
        seen.add(document !== undefined);
        if (document) expect(readParameters(withoutDefaults(schema), document).document).toEqual(document);
      }),
      { numRuns: 100 },
    );
  }
  expect(seen).toEqual(new Set([true, false]));
});

it('bounds every window of a feature', () => {
  for (const { parameterSchema } of featurePlugins.values()) {
    for (const schema of Object.values(parameterSchema.properties)) {
      if (schema.type === 'integer') expect(schema.maximum).toBeLessThanOrEqual(10_000);
    }
  }
  const { document, problems } = readParameters(featurePlugins.get('hurst')!.parameterSchema, { window: 2049 });
  const message = 'params.window must be at most 2048, was 2049';
  expect([document, problems]).toEqual([
    undefined,
    [{ field: 'params.window', rule: 'maximum', value: 2049, message }],
  ]);
});
