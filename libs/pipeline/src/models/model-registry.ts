import type { ModelKinds } from '@assay/contracts';
import { invalid } from '@assay/primitives';
import { elasticNetPlugin } from './elastic-net/elastic-net-plugin';
import { gradientBoostingPlugin } from './gradient-boosting/gradient-boosting-plugin';
import { knnPlugin } from './knn/knn-plugin';
import { lassoPlugin } from './lasso/lasso-plugin';
import { logisticPlugin } from './logistic/logistic-plugin';
import { randomForestPlugin } from './random-forest/random-forest-plugin';
import { lstmPlugin } from './lstm/lstm-plugin';
import { mlpPlugin } from './mlp/mlp-plugin';
import { onnxPlugin } from './onnx/onnx-plugin';
import { ridgePlugin } from './ridge/ridge-plugin';
import { checkPlan } from './check-plan';
import type { ModelPlugin } from './model-plugin';

const PLUGINS: readonly ModelPlugin[] = [
  logisticPlugin,
  gradientBoostingPlugin,
  randomForestPlugin,
  ridgePlugin,
  elasticNetPlugin,
  lassoPlugin,
  knnPlugin,
  mlpPlugin,
  lstmPlugin,
  onnxPlugin,
];

/** All kinds of models by key. To add one: its folder, and a line above. */
export const modelPlugins: ReadonlyMap<string, ModelPlugin> = new Map(PLUGINS.map((plugin) => [plugin.key, plugin]));

const kindsNamed = (aliasesOf: (plugin: ModelPlugin) => readonly string[]): ModelKinds =>
  new Map(
    PLUGINS.map((plugin) => [
      plugin.key,
      {
        parameters: plugin.parameterSchema,
        tasks: plugin.tasks,
        aliases: aliasesOf(plugin),
        check: (plan) => checkPlan(plugin, plan),
      },
    ]),
  );

/** What a reader of documents asks of the kinds. */
export const modelKinds = kindsNamed(() => []);

/** The same of documents that somebody sends, in which a kind may have another of its names. */
export const sentModelKinds = kindsNamed(({ aliases }) => aliases);

const keys: ReadonlyMap<string, string> = new Map(
  PLUGINS.flatMap(({ key, aliases }) => aliases.map((alias) => [alias, key] as const)),
);

/** The other names of all kinds. */
export const modelAliases: readonly string[] = [...keys.keys()];

/** The kind that a name of a request means. */
export const modelKindOf = (name: string): string => keys.get(name) ?? name;

/** @throws DomainError `validation_failed` that lists the kinds there are. */
export function requireModelPlugin(kind: string): ModelPlugin {
  const plugin = modelPlugins.get(kind);
  if (plugin !== undefined) return plugin;
  const message = `model.kind must be one of ${[...modelPlugins.keys()].join(', ')}, was ${kind}`;
  throw invalid([{ field: 'model.kind', rule: 'enum', value: kind, message }]);
}
