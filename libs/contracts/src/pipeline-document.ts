import type { ZodType } from 'zod';
import { columnNames } from './bar-columns';
import { label, type ModelTask } from './model-label';
import { training } from './model-training';
import type { ModelKinds } from './model-kinds';
import type { ParameterValues } from './parameters/parameter-schema';
import { entryOrder, protection } from './protection';
import { refit } from './refit';
import { OUTPUT_MODES, POSITION_MODES, ruleTree } from './rule-tree';
import { choice } from './schema/choice';
import { hasMarginAlone, marginAlone } from './margin-alone';
import { must } from './schema/must';
import { declaredParameters, freeParameters } from './schema/parameters';
import { instant, integer, revision, sha256, uuid } from './schema/texts';
import { WireDocument, type DocumentOf, type Zod } from './schema/wire-document';
import { costs } from './costs';
import { sizing } from './sizing';
import { strategyEnvelope, type Named } from './strategy-envelope';

/** The kind of a document without a model: its rules read features alone. */
export const NO_MODEL = 'rule.identity';
/** Field name of the model's output in rules. */
export const PREDICTION_FIELD = 'prediction';
export const MOST_FEATURES = 64;

const RESERVED = [PREDICTION_FIELD, ...columnNames()];
const isNoName = must('pattern', 'be a name of letters, digits, _ and .');
const isReserved = must('reserved', `not be one of ${RESERVED.join(', ')}`);

/** An immutable revision that a strategy pins. */
const pin = (z: Zod) =>
  z
    .strictObject({ id: uuid(z), revision: revision(z), hash: sha256(z) })
    .nullable()
    .default(null);

const pluginKey = (z: Zod) => z.string().regex(/^[a-z][a-z0-9_.]{0,63}$/, must('pattern', 'be a plugin key'));

/** The name of a column that a document makes: no name that bars or predictions have. */
export const columnName = (z: Zod) =>
  z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_.]{0,63}$/, isNoName)
    .regex(new RegExp(`^(?!(?:${RESERVED.join('|')})$)`), isReserved);

/** One feature column: a plugin of the registry with its parameters. `name` is what rules and models refer to. */
export const feature = (z: Zod) =>
  z.strictObject({
    pin: pin(z),
    name: columnName(z),
    plugin: pluginKey(z),
    plugin_version: z.string().min(1).max(32),
    params: freeParameters(z),
  });

/** How predictions come about: what is fitted on which labels, and when again. */
const plan = <K extends ZodType<string>>(
  z: Zod,
  kind: K,
  params: ZodType<ParameterValues>,
  tasks?: readonly ModelTask[],
) =>
  z.strictObject({
    pin: pin(z),
    /** Key of a model plugin; never `NO_MODEL`. */
    kind,
    /** Feature names, in the order of the model's columns. */
    inputs: z.array(z.string()).min(1).max(MOST_FEATURES).meta({ uniqueItems: true }),
    label: label(z, tasks),
    /** Parameters of the kind; those that are left out are its defaults, and the document that is read states them all. */
    params,
    seed: integer(z).min(0),
    refit: refit(z),
    training: training(z).optional(),
  });

/** A kind, which is read as its own name whichever of its names is given. */
const named = (z: Zod, kind: string, aliases: readonly string[]) => z.literal([kind, ...aliases]).transform(() => kind);

/** Without `kinds` every key is taken for a kind, and its parameters as they come. */
function model(z: Zod, kinds: ModelKinds | null) {
  const none = z.strictObject({ pin: pin(z), kind: z.literal(NO_MODEL) });
  if (kinds) {
    const plans = [...kinds].map(([kind, { parameters, tasks, aliases = [] }]) =>
      plan(z, named(z, kind, aliases), declaredParameters(z, parameters).prefault({}), tasks),
    );
    return z.discriminatedUnion('kind', [none, ...plans]);
  }
  const any = plan(z, pluginKey(z), freeParameters(z));
  return choice(z, [none, any], (value) => ((value as { kind?: unknown } | null)?.kind === NO_MODEL ? 0 : 1));
}

/** The fitted model that trades: content-addressed bytes. */
const artifact = (z: Zod) =>
  z.strictObject({
    uri: z.string().min(1).max(2048),
    sha256: sha256(z),
    /** Open time of the last bar whose label the fit has seen. */
    train_end: instant(z).nullable(),
  });

const signal = (z: Zod) =>
  z.strictObject({
    pin: pin(z),
    rule_tree: ruleTree(z),
    output_mode: z.enum(OUTPUT_MODES),
    position_mode: z.enum(POSITION_MODES),
  });

/** Where the recursive indicators begin: the same first bar for backtest, validation and live. */
const historyAnchor = (z: Zod) =>
  z.strictObject({
    source: z.string().min(1).max(64),
    adjustment: z.enum(['none', 'adj_close']),
    /** Open time of the first bar. */
    first_bar: instant(z),
    /** SHA-256 of all bars from `first_bar` to `until`. */
    fingerprint: sha256(z).optional(),
    until: instant(z).optional(),
  });

/** A promoted research strategy for one symbol: everything the evaluator needs, nothing it must look up. */
export const pipelineDocument = (kinds: ModelKinds | null) =>
  new WireDocument('urn:assay:schema:strategy-pipeline:v1', (z) =>
    z
      .strictObject({
        ...strategyEnvelope(z),
        kind: z.literal('pipeline'),
        features: z.array(feature(z)).max(MOST_FEATURES),
        model: model(z, kinds),
        artifact: artifact(z).nullable().default(null),
        signal: signal(z),
        sizing: sizing(z),
        costs: costs(z),
        protection: protection(z).optional(),
        entry_order: entryOrder(z).optional(),
        history_anchor: historyAnchor(z).optional(),
      })
      .refine(hasMarginAlone, marginAlone),
  );

export type PipelineDocument = Named<DocumentOf<ReturnType<typeof pipelineDocument>>>;
export type FeatureSpec = PipelineDocument['features'][number];
export type PinnedRef = NonNullable<FeatureSpec['pin']>;
export type ModelSpec = PipelineDocument['model'];
export type ModelPlan = Exclude<ModelSpec, { kind: typeof NO_MODEL }>;
export type ArtifactRef = NonNullable<PipelineDocument['artifact']>;
export type SignalSpec = PipelineDocument['signal'];
export type CostsDocument = PipelineDocument['costs'];
export type HistoryAnchor = NonNullable<PipelineDocument['history_anchor']>;
