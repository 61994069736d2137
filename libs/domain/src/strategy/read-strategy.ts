import {
  pipelineDocument,
  strategyOfAnyKind,
  substrategiesDocument,
  type ModelKinds,
  type PipelineDocument,
  type Reading,
  type SentStrategy,
} from '@assay/contracts';
import { below, noting, type FieldProblem } from '@assay/primitives';
import { rawFields, repeated, withVerdicts } from '../documents';
import type { ExtraColumns } from './limits';
import { modelPlan } from './model-plan';
import { pipelineVerdicts, repeatedInputs, type CheckFeature } from './pipeline-verdicts';
import { legacyKey, readLegacy } from './read-legacy';
import { filterProblem, substrategiesVerdicts } from './substrategy-verdicts';

/** What the reader asks of the plugins a document names; without an answer the key may be any. */
export interface PluginChecks {
  /** What it names is refused with the rest. */
  checkFeature?: CheckFeature;
  models?: ModelKinds | null;
}

const SUBSTRATEGIES = substrategiesDocument();
const ANY_KIND = strategyOfAnyKind();
const ANY_MODEL = pipelineDocument(null);
const pipelinesOf = new WeakMap<ModelKinds, ReturnType<typeof pipelineDocument>>();

/** The schema of pipelines with these kinds of models, made once. */
function pipelineWith(kinds: ModelKinds | null): ReturnType<typeof pipelineDocument> {
  if (kinds === null) return ANY_MODEL;
  const known = pipelinesOf.get(kinds) ?? pipelineDocument(kinds);
  pipelinesOf.set(kinds, known);
  return known;
}

/** A Strategy JSON in whichever form, as it was sent, or everything that is wrong with it but a missing id. */
export function readStrategy(
  input: unknown,
  columns: ExtraColumns,
  { checkFeature = () => undefined, models = null }: PluginChecks,
): Reading<SentStrategy> {
  const indicatorKey = legacyKey(input);
  if (indicatorKey !== null) return readLegacy(input, indicatorKey, columns);
  const { kind } = rawFields(input);
  if (kind === 'pipeline') {
    const { document, problems } = pipelineWith(models).read(input);
    const verdicts = pipelineVerdicts(input, problems, columns, checkFeature);
    if (document) noting(verdicts, () => checkPlan(document, models));
    const repetitions = [...repeated(input, 'features', 'name'), ...repeatedInputs(input, [...problems, ...verdicts])];
    return readingOf(document, [...withVerdicts(problems, verdicts), ...repetitions]);
  }
  if (kind !== undefined && kind !== 'substrategies') return readingOf(undefined, ANY_KIND.read(input).problems);
  const { document, problems } = SUBSTRATEGIES.read(input);
  const found = withVerdicts(problems, substrategiesVerdicts(input, columns));
  return readingOf(document, [...found, ...repeated(input, 'substrategies', 'id'), ...filterProblem(input)]);
}

function checkPlan({ model }: Pick<PipelineDocument, 'model'>, models: ModelKinds | null): void {
  const plan = modelPlan(model);
  if (plan) below('model', () => models?.get(plan.kind)?.check?.(plan));
}

const readingOf = (document: SentStrategy | undefined, problems: FieldProblem[]): Reading<SentStrategy> =>
  document && problems.length === 0 ? { document, problems: [] } : { document: undefined, problems };
