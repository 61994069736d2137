import type { ParameterSchema } from '@assay/contracts';
import { modelPlugins } from '@assay/pipeline';
import { ArrayField, EnumField, IntegerField, NumberField, StringField, type FieldOptions } from '@assay/platform';
import { widest } from './widest-parameter';

export type ModelParams = Record<string, number | string>;

const plugins = [...modelPlugins.values()];

/**
 * The parameters of every kind of model, as the plugins declare them. Which of them a kind has, and the bounds where two
 * kinds differ in them, are checked when the model is composed.
 */
export class ModelParamsDto {}

for (const [name, schemas] of schemasByName()) parameterField(widest(schemas))(ModelParamsDto.prototype, name);

function schemasByName(): Map<string, ParameterSchema[]> {
  const found = new Map<string, ParameterSchema[]>();
  for (const { parameterSchema } of plugins) {
    for (const [name, schema] of Object.entries(parameterSchema.properties)) {
      found.set(name, [...(found.get(name) ?? []), schema]);
    }
  }
  return found;
}
if (plugins.length === 1) {
  const [letter, ...rest] = plugins[0]!.key;
  Object.defineProperty(ModelParamsDto, 'name', { value: `${letter!.toUpperCase()}${rest.join('')}ParamsDto` });
}

function parameterField(schema: ParameterSchema): PropertyDecorator {
  const { default: value, description } = schema;
  const options: FieldOptions = { optional: true, default: value, description };
  if (schema.type === 'string') {
    return schema.enum
      ? EnumField({ ...options, values: schema.enum })
      : StringField({
          ...options,
          min: 1,
          pattern: schema.pattern === undefined ? undefined : new RegExp(schema.pattern),
        });
  }
  const bounds = { min: schema.minimum, exclusiveMin: schema.exclusiveMinimum, max: schema.maximum };
  return schema.type === 'integer' ? IntegerField({ ...options, ...bounds }) : NumberField({ ...options, ...bounds });
}

/** Adds a list of values for each parameter that some kind can be tuned by; one that every kind has must be given. */
export function addSearchedParams(prototype: object): void {
  for (const name of new Set(plugins.flatMap(({ searchSpace }) => Object.keys(searchSpace)))) {
    const owners = plugins.filter(({ searchSpace }) => Object.hasOwn(searchSpace, name));
    const { description } = owners[0]!.searchSpace[name]!;
    const optional = owners.length < plugins.length;
    const options = { min: 1, max: 100, description: `${description} to try; each is a trial`, optional };
    ArrayField('number', options)(prototype, name);
  }
}
