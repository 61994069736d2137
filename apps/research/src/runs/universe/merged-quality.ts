import type { QualityFacts } from '../../records/strategies/gate-facts';

/**
 * One statement about the reports of many series: null while one of them has none. Codes name their symbols, so that whoever looks
 * knows where to look; `id` is that of the first report with something to look at.
 */
export function mergedQuality(
  symbols: readonly string[],
  facts: readonly (QualityFacts | null)[],
): QualityFacts | null {
  if (facts.length === 0 || facts.some((one) => one === null)) return null;
  const reports = facts as readonly QualityFacts[];
  const named = (of: (one: QualityFacts) => readonly string[]): string[] =>
    reports.flatMap((one, i) => of(one).map((code) => `${code} of ${symbols[i]}`));
  const open = reports.find((one) => one.unacknowledged.length > 0) ?? reports[0]!;
  return {
    id: open.id,
    errors: reports.reduce((sum, one) => sum + one.errors, 0),
    warnings: named((one) => one.warnings),
    acknowledged: reports.flatMap((one, i) =>
      one.acknowledged.map((given) => ({ ...given, code: `${given.code} of ${symbols[i]}` })),
    ),
    unacknowledged: named((one) => one.unacknowledged),
  };
}
