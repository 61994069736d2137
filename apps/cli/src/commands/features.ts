import { featurePlugins, type FeaturePlugin } from '@assay/pipeline';
import type { Args } from '../args/parse-args';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { table } from '../output/table';
import type { Command } from './command';

/** `window=14 column`: a parameter with its default, or alone where it must be given. */
function parametersOf({ parameterSchema: { properties } }: FeaturePlugin): string {
  return Object.entries(properties)
    .map(([name, { default: value }]) => (value === undefined ? name : `${name}=${value}`))
    .join(' ');
}

function run(args: Args, io: Io): void {
  const plugins = [...featurePlugins.values()];
  if (args.on('json')) {
    const features = plugins.map(({ key, version, description, parameterSchema }) => ({
      plugin: key,
      plugin_version: version,
      description,
      parameter_schema: parameterSchema,
    }));
    return io.out(toJson({ features }));
  }
  const rows = plugins.map((plugin) => [plugin.key, parametersOf(plugin), plugin.description]);
  io.out(table(['plugin', 'parameters', 'description'], rows));
}

export const featuresCommand: Command = {
  name: 'features',
  summary: 'list the features that a pipeline strategy can have, with their parameters',
  flags: [],
  examples: ['assay features --json'],
  run,
};
