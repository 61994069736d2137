import type { QualityFinding } from '../quality';

export interface Acknowledgement {
  code: string;
  by: string;
  reason: string;
  at: string;
  /** The report on which it was given, where that is an earlier one of the series. */
  carried_from?: string;
}

/** What of a report tells whether an acknowledgement on it holds for another. */
export interface Acknowledged {
  id: string;
  warnings: readonly QualityFinding[];
  acknowledgements: readonly Acknowledgement[];
}

/** Codes of warnings that nobody has acknowledged yet. */
export function unacknowledged({ warnings, acknowledgements }: Omit<Acknowledged, 'id'>): string[] {
  const known = new Set(acknowledgements.map(({ code }) => code));
  return codesOf(warnings).filter((code) => !known.has(code));
}

/**
 * The acknowledgements that hold for a report's warnings: of each code the newest one whose findings were the same. A finding that was not
 * there yet leaves its whole code open.
 * @param reports of one series, newest first; `own` is the id of the report itself, which may be among them
 */
export function carriedOver(
  warnings: readonly QualityFinding[],
  reports: readonly Acknowledged[],
  own: string | undefined,
): Acknowledgement[] {
  return codesOf(warnings).flatMap((code) => {
    const found = warnings.filter((one) => one.code === code);
    for (const report of reports) {
      const given = report.acknowledgements.find((one) => one.code === code);
      if (given && found.every((one) => report.warnings.some((known) => covers(known, one))))
        return [report.id === own ? given : { carried_from: report.id, ...given }];
    }
    return [];
  });
}

const codesOf = (warnings: readonly QualityFinding[]): string[] => [...new Set(warnings.map(({ code }) => code))];

const MISSING: readonly string[] = ['missing_sessions', 'missing_bars'];

/** Whether all that a finding concerns was known by an earlier one. */
function covers(known: QualityFinding, finding: QualityFinding): boolean {
  if (known.code !== finding.code) return false;
  if (finding.digest !== undefined && known.digest === finding.digest) return true;
  // some of what was missing has come since
  const areListed = [known, finding].every(({ count, sample }) => count === sample.length);
  return MISSING.includes(finding.code) && areListed && finding.sample.every((time) => known.sample.includes(time));
}
