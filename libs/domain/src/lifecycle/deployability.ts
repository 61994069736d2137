import type { StrategyDocument } from '@assay/contracts';
import { refuse } from '@assay/primitives';
import { modelPlan } from '../strategy';

/** Why a document may not trade; empty when it may. */
export function deployabilityProblems(document: StrategyDocument, liveColumns: readonly string[]): string[] {
  if (document.kind !== 'pipeline') {
    return document.substrategies
      .filter((sub) => !liveColumns.includes(sub.data_column))
      .map((sub) => `data_column ${sub.data_column} has no live provider`);
  }
  const problems: string[] = [];
  if (document.signal.output_mode !== 'discrete') {
    problems.push(`output_mode must be discrete, was ${document.signal.output_mode}`);
  }
  if (modelPlan(document.model) !== null && !document.artifact) {
    problems.push(`model ${document.model.kind} must have an artifact, had none`);
  }
  for (const feature of document.features) {
    const column = feature.params.column;
    if (typeof column === 'string' && !liveColumns.includes(column)) {
      problems.push(`feature ${feature.name} reads ${column}, which has no live provider`);
    }
  }
  return problems;
}

/**
 * Throws `not_deployable` with every reason.
 * @param liveColumns columns that bars at trading time have: `v`, the standard ones, extra ones with a provider.
 */
export function assertDeployable(document: StrategyDocument, liveColumns: readonly string[]): void {
  const problems = deployabilityProblems(document, liveColumns);
  if (problems.length > 0) throw refuse('not_deployable', problems.join('; '), { problems });
}
