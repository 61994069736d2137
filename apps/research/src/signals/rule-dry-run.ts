import type { PositionMode, RuleAction, RuleTree } from '@assay/contracts';
import { RuleProgram, type RuleOutcome } from '@assay/domain';
import { type FieldProblem, invalid } from '@assay/primitives';

export interface DryRunRow {
  decision: RuleOutcome | 'NO_SIGNAL';
  /** Target in force after the row; null before the first. */
  signal: number | null;
}

/** How often a group said what by itself, and on how many rows it decided. */
export interface GroupCount {
  group: number;
  action: RuleAction;
  true: number;
  false: number;
  unknown: number;
  decided: number;
}

const TRUTHS = ['false', 'true', 'unknown'] as const;

/**
 * What a rule tree decides on sample rows in time order, and what each of its groups said. A missing or null field is missing data, never 0.
 * @throws DomainError `validation_failed` for a value that is neither a number nor null.
 */
export function dryRun(
  tree: RuleTree,
  positionMode: PositionMode,
  sample: Record<string, unknown>[],
): { rows: DryRunRow[]; groups: GroupCount[] } {
  assertNumbers(sample);
  const program = new RuleProgram(tree);
  const sell = positionMode === 'long_short' ? -1 : 0;
  let signal: number | null = null;
  let previous = new Float64Array(program.fields.length).fill(NaN);
  const counts = tree.groups.map(({ action }, group): GroupCount => ({
    ...{ group, action, true: 0, false: 0, unknown: 0, decided: 0 },
  }));
  const rows = sample.map((values): DryRunRow => {
    const row = Float64Array.from(program.fields, (field) => (values[field] as number | null | undefined) ?? NaN);
    const outcome = program.evaluate(row, previous);
    program.truths(row, previous).forEach((truth, group) => (counts[group]![TRUTHS[truth]!] += 1));
    const decided = counts[program.decidingGroup(row, previous)];
    if (decided) decided.decided += 1;
    previous = row;
    if (outcome === 'BUY') signal = 1;
    if (outcome === 'SELL') signal = sell;
    return { decision: outcome === 'UNKNOWN' ? 'NO_SIGNAL' : outcome, signal };
  });
  return { rows, groups: sample.length > 0 ? counts : [] };
}

function assertNumbers(sample: Record<string, unknown>[]): void {
  const problems: FieldProblem[] = [];
  sample.forEach((row, i) => {
    for (const [name, value] of Object.entries(row)) {
      if (value === null || (typeof value === 'number' && Number.isFinite(value))) continue;
      const field = `sample[${i}].${name}`;
      problems.push({
        field,
        rule: 'number',
        value,
        message: `${field} must be a number or null, was ${JSON.stringify(value)}`,
      });
    }
  });
  if (problems.length > 0) throw invalid(problems);
}
