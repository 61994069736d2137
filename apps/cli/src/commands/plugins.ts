import { signalPlugins, type ParametersSchema } from '@assay/contracts';
import { featurePlugins, modelPlugins } from '@assay/pipeline';
import type { Args } from '../args/parse-args';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { table } from '../output/table';
import type { Command } from './command';

const KINDS = ['features', 'models', 'signals'] as const;
type Kind = (typeof KINDS)[number];

interface Listed {
  plugin: string;
  description: string;
  parameter_schema: object;
  /** Of models: other names that a strategy may give them. */
  aliases?: readonly string[];
  /** Of signals: where the parameters stand, `of` a body of POST /signals or a universe document. */
  of?: string;
  at?: string;
}

const ownPlugin = (plugin: { key: string; description: string; parameterSchema: ParametersSchema }): Listed => ({
  plugin: plugin.key,
  description: plugin.description,
  parameter_schema: plugin.parameterSchema,
});

const LISTED: Readonly<Record<Kind, () => Listed[]>> = {
  features: () => [...featurePlugins.values()].map(ownPlugin),
  models: () => [...modelPlugins.values()].map((plugin) => ({ ...ownPlugin(plugin), aliases: plugin.aliases })),
  signals: () => signalPlugins().map(({ key: plugin, ...more }) => ({ plugin, ...more })),
};

/** `trees=100 (1..2000)`: a parameter with its default and its range; alone where it must be given. */
function parameterText(name: string, schema: ParametersSchema['properties'][string]): string {
  const value = schema.default === undefined ? name : `${name}=${schema.default}`;
  if (schema.type === 'string') return schema.enum ? `${value} (${schema.enum.join('|')})` : value;
  const { minimum, exclusiveMinimum, maximum } = schema;
  const from = minimum ?? (exclusiveMinimum === undefined ? '' : `>${exclusiveMinimum}`);
  return from === '' && maximum === undefined ? value : `${value} (${from}..${maximum ?? ''})`;
}

const wordsOf = ({ description, aliases = [] }: Listed): string =>
  aliases.length > 0 ? `${description}; also named ${aliases.join(', ')}` : description;

const parametersOf = ({ at, of, parameter_schema: schema }: Listed): string =>
  at === undefined
    ? Object.entries((schema as ParametersSchema).properties)
        .map(([name, one]) => parameterText(name, one))
        .join(' ')
    : `${at} of ${of === 'signal' ? 'POST /signals' : 'a universe document'}`;

function run(args: Args, io: Io): void {
  const asked = args.optional('of') as Kind | undefined;
  const kinds = asked === undefined ? KINDS : [asked];
  const found = kinds.map((kind) => [kind, LISTED[kind]()] as const);
  if (args.on('json')) return io.out(toJson(Object.fromEntries(found)));
  const rows = found.flatMap(([kind, plugins]) =>
    plugins.map((one) => [kind, one.plugin, parametersOf(one), wordsOf(one)]),
  );
  io.out(table(['of', 'plugin', 'parameters', 'description'], rows));
}

export const pluginsCommand: Command = {
  name: 'plugins',
  summary: 'list the features, models and kinds of signal logic that a strategy can have, with parameters and ranges',
  flags: [{ name: 'of', kind: 'choice', choices: KINDS, help: 'these alone; all of them when nothing is given' }],
  examples: ['assay plugins --of models', 'assay plugins --of signals --json'],
  run,
};
