import type { PipelineDocument, StrategyDocument } from '@assay/contracts';
import { refuse } from '@assay/primitives';
import type { OrderType } from '../ports';
import { modelPlan } from '../strategy';

/** Bar columns that each feature of a pipeline reads, in their order. */
export type FeatureBarColumns = (
  features: PipelineDocument['features'],
  timeframe: PipelineDocument['timeframe'],
) => readonly (readonly string[])[];

/** Without knowledge of the plugins: the column that a parameter names. */
const namedColumns: FeatureBarColumns = (features) =>
  features.map(({ params: { column } }) => (typeof column === 'string' ? [column] : []));

/** Why a document may not trade; empty when it may. */
export function deployabilityProblems(
  document: StrategyDocument,
  liveColumns: readonly string[],
  barColumns: FeatureBarColumns = namedColumns,
): string[] {
  if (document.kind !== 'pipeline') {
    const unknown = document.substrategies.filter((sub) => !liveColumns.includes(sub.data_column));
    return unknown.map((sub) => `data_column ${sub.data_column} has no live provider`);
  }
  const problems: string[] = [];
  if (document.signal.output_mode !== 'discrete') {
    problems.push(`output_mode must be discrete, was ${document.signal.output_mode}`);
  }
  if (modelPlan(document.model) !== null && !document.artifact) {
    problems.push(`model ${document.model.kind} must have an artifact, had none`);
  }
  barColumns(document.features, document.timeframe).forEach((columns, i) => {
    for (const column of columns.filter((name) => !liveColumns.includes(name))) {
      problems.push(`feature ${document.features[i].name} reads ${column}, which has no live provider`);
    }
  });
  return problems;
}

/** What of a document's entry order a venue cannot do; a stop entry is sent at the market when its level is reached. */
export function entryProblems(
  { entry_order: entry }: Pick<StrategyDocument, 'entry_order'>,
  broker: string,
  orderTypes: readonly OrderType[],
): string[] {
  if (entry?.type !== 'limit' || orderTypes.includes('LIMIT')) return [];
  return [`entry_order.type limit needs LIMIT orders, and ${broker} takes ${orderTypes.join(', ')} alone`];
}

/**
 * Throws `not_deployable` with every reason.
 * @param liveColumns columns that bars at trading time have: `v`, the standard ones, extra ones with a provider.
 */
export function assertDeployable(
  document: StrategyDocument,
  liveColumns: readonly string[],
  barColumns?: FeatureBarColumns,
): void {
  const problems = deployabilityProblems(document, liveColumns, barColumns);
  if (problems.length > 0) throw refuse('not_deployable', problems.join('; '), { problems });
}
