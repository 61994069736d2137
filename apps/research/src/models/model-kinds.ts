import { NO_MODEL, parametersSchema } from '@assay/contracts';
import { modelPlugins } from '@assay/pipeline';

const plugins = [...modelPlugins.values()];

/**
 * Kinds of models with the other names that requests may give them, the JSON Schema of their parameters, what they can learn, and whether they draw rows; those that are `imported` were
 * trained elsewhere and are never fitted.
 */
export const MODEL_KINDS = [
  ...plugins.map(({ key, aliases, description, parameterSchema, refit, imports, tasks, drawsRows }) => ({
    kind: key,
    aliases,
    description,
    parameter_schema: parameterSchema,
    refit,
    imported: imports !== undefined,
    tasks,
    draws_rows: drawsRows === true,
  })),
  {
    kind: NO_MODEL,
    aliases: [],
    description: 'no model: the rules read features alone; built in',
    parameter_schema: parametersSchema({}),
    refit: null,
    imported: false,
    tasks: [],
    draws_rows: false,
  },
];

/** Values that a tuning tries when nothing else is asked; each value tried counts as a trial. */
export const SEARCH_SPACES = plugins.map(({ key, searchSpace }) => ({
  kind: key,
  params: Object.fromEntries(Object.entries(searchSpace).map(([name, { values }]) => [name, { values }])),
}));
