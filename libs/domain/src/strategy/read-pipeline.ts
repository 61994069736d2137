import type {
  CostsDocument,
  FeatureSpec,
  HistoryAnchor,
  ModelKinds,
  PipelineDocument,
  SignalSpec,
  StrategyEnvelope,
} from '@assay/contracts';
import { below, type FieldProblem, noting } from '@assay/primitives';
import { ObjectReader, refuseRepeated } from '../documents';
import { columnNames } from '../ports';
import { readRuleTree } from '../rule-tree/read-rule-tree';
import { MOST_FEATURES, type ExtraColumns } from './limits';
import { readArtifact, readModel, readPin, SHA256 } from './read-model';
import { modelPlan } from './model-plan';
import { PLUGIN_KEY, readParams } from './read-params';
import { readSizing } from './read-sizing';

const FEATURE_NAME = { matches: /^[A-Za-z_][A-Za-z0-9_.]{0,63}$/, text: 'be a name of letters, digits, _ and .' };
/** Field name of the model's output in rules. */
export const PREDICTION_FIELD = 'prediction';

/** What the reader asks of the plugins a document names; without an answer the key may be any. */
export interface PluginChecks {
  /** Throws `validation_failed` for a feature of a pipeline that nothing can compute; what it names is refused with the rest. */
  checkFeature?: (feature: FeatureSpec) => void;
  models?: ModelKinds | null;
}

export type PipelineBody = Omit<PipelineDocument, keyof StrategyEnvelope>;

/** Names the rules of a pipeline may use: its features, `prediction` where a model makes one, and bar columns. */
export function ruleFields(features: readonly string[], hasPredictions: boolean, columns: readonly string[]): string[] {
  return [...features, ...(hasPredictions ? [PREDICTION_FIELD] : []), ...columnNames(columns).slice(1)];
}

/** Reads what a `pipeline` document adds to the envelope; undefined when something is wrong. */
export function readPipeline(
  reader: ObjectReader,
  columns: ExtraColumns,
  { checkFeature = () => undefined, models = null }: PluginChecks = {},
): PipelineBody | undefined {
  const before = reader.problems.length;
  const features =
    reader.list('features', { required: true, max: MOST_FEATURES }, (item, path) =>
      readFeature(item, path, reader.problems, checkFeature),
    ) ?? [];
  refuseRepeated(reader, 'features', 'name');
  const names = features.map((feature) => feature.name);
  const model = readModel(reader, names, models);
  const artifact = readArtifact(reader);
  const fields = columns === 'any' ? null : ruleFields(names, !model || modelPlan(model) !== null, columns);
  const signal = readSignal(reader, fields);
  const sizing = readSizing(reader, 'sizing', true);
  const costs = readCosts(reader);
  const anchor = reader.has('history_anchor') ? readAnchor(reader) : undefined;
  if (reader.problems.length > before || !model || !signal || !sizing || !costs) return undefined;
  return {
    kind: 'pipeline',
    features,
    model,
    artifact,
    signal,
    sizing,
    costs,
    ...(anchor ? { history_anchor: anchor } : {}),
  };
}

function readFeature(
  item: unknown,
  path: string,
  problems: FieldProblem[],
  check: (feature: FeatureSpec) => void,
): FeatureSpec | undefined {
  const reader = ObjectReader.of(item, path, problems);
  if (!reader) return undefined;
  const pin = readPin(reader);
  const name = reader.text('name', { required: true, pattern: FEATURE_NAME });
  const taken = columnNames();
  if (name !== undefined && (name === PREDICTION_FIELD || taken.includes(name))) {
    reader.fail('name', 'reserved', `not be one of ${[PREDICTION_FIELD, ...taken].join(', ')}`);
  }
  const plugin = reader.text('plugin', { required: true, pattern: PLUGIN_KEY });
  const pluginVersion = reader.text('plugin_version', { required: true, minLength: 1, maxLength: 32 });
  const params = readParams(reader);
  reader.refuseUnknown();
  if (!name || !plugin || !pluginVersion || !params) return undefined;
  const feature = { pin, name, plugin, plugin_version: pluginVersion, params };
  noting(problems, () => below(path, () => check(feature)));
  return feature;
}

function readSignal(parent: ObjectReader, fields: readonly string[] | null): SignalSpec | undefined {
  const reader = parent.object('signal', { required: true });
  if (!reader) return undefined;
  const pin = readPin(reader);
  const tree = reader.object('rule_tree', { required: true })
    ? readRuleTree(reader.raw('rule_tree'), reader.pathOf('rule_tree'), reader.problems, fields)
    : undefined;
  const outputMode = reader.oneOf('output_mode', ['discrete', 'numeric'], { required: true });
  const positionMode = reader.oneOf('position_mode', ['long_only', 'long_short'], { required: true });
  reader.refuseUnknown();
  return tree && outputMode && positionMode
    ? { pin, rule_tree: tree, output_mode: outputMode, position_mode: positionMode }
    : undefined;
}

function readCosts(parent: ObjectReader): CostsDocument | undefined {
  const reader = parent.object('costs', { required: true });
  if (!reader) return undefined;
  const rules = { required: true, min: 0, max: 10_000 };
  const fee = reader.number('fee_bps', rules);
  const slippage = reader.number('slippage_bps', rules);
  const spread = reader.number('spread_bps', rules);
  reader.refuseUnknown();
  if (fee === undefined || slippage === undefined || spread === undefined) return undefined;
  return { fee_bps: fee, slippage_bps: slippage, spread_bps: spread };
}

function readAnchor(parent: ObjectReader): HistoryAnchor | undefined {
  const reader = parent.object('history_anchor');
  if (!reader) return undefined;
  const source = reader.text('source', { required: true, minLength: 1, maxLength: 64 });
  const adjustment = reader.oneOf('adjustment', ['none', 'adj_close'], { required: true });
  const firstBar = reader.instant('first_bar', { required: true });
  const fingerprint = reader.text('fingerprint', { pattern: SHA256 });
  const until = reader.instant('until');
  reader.refuseUnknown();
  if (!source || !adjustment || !firstBar) return undefined;
  return {
    source,
    adjustment,
    first_bar: firstBar,
    ...(fingerprint ? { fingerprint } : {}),
    ...(until ? { until } : {}),
  };
}
