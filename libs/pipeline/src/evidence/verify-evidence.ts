import { RECORD_SECTIONS, type EvidenceFile } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import { isDomainError } from '@assay/primitives';
import type { Progress } from '../validation';
import { checkBars } from './check-bars';
import { checkEvidence, type EvidenceFinding } from './check-evidence';
import { differences, differenceText } from './differences';
import { makeRecord, sectionHashes } from './evidence-record';
import { rejudge } from './rejudge';

export interface Verification {
  /** `other_code`: judged again by another version of the code, all else came out the same. */
  outcome: 'verified' | 'other_code' | 'refuted';
  findings: EvidenceFinding[];
  /** Hash of the record that was made anew; null where it could not be. */
  reproduced: string | null;
  /** Why it was not judged again; null where it was. */
  notJudged: string | null;
  /** Bars of the files outside the record's range. */
  ignoredBars: number;
}

/**
 * Checks a file of evidence, its bars, and what the gates say of them again.
 * @param series bars by symbol, as files have them; those that the record does not name are left out
 * @param publicKeys see `checkEvidence`
 */
export function verifyEvidence(
  file: EvidenceFile,
  series: ReadonlyMap<string, BarColumns>,
  publicKeys: readonly string[],
  onProgress?: Progress,
): Verification {
  const findings = checkEvidence(file, publicKeys);
  const bars: BarColumns[] = [];
  let ignoredBars = 0;
  for (const recorded of file.record.bars.series) {
    const given = series.get(recorded.symbol);
    if (!given) {
      findings.push({ part: 'bars', message: `bars of ${recorded.symbol}: none were given`, isInTheWay: true });
      continue;
    }
    const checked = checkBars(recorded, file.content, given);
    findings.push(...checked.findings);
    bars.push(checked.bars);
    ignoredBars += checked.ignored;
  }
  const inTheWay = findings.find((finding) => finding.isInTheWay);
  if (inTheWay) {
    const notJudged = `not judged again, since what it would rest on is not what was judged: ${inTheWay.message}`;
    return { outcome: 'refuted', findings, reproduced: null, notJudged, ignoredBars };
  }
  return { ...judgedAgain(file, bars, findings, onProgress), ignoredBars };
}

function judgedAgain(
  file: EvidenceFile,
  bars: readonly BarColumns[],
  findings: EvidenceFinding[],
  onProgress?: Progress,
): Omit<Verification, 'ignoredBars'> {
  let made: ReturnType<typeof makeRecord>;
  try {
    made = rejudge(file, bars, onProgress);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    findings.push({ part: 'strategy', message: `the strategy cannot be judged on the bars: ${error.message}` });
    return { outcome: 'refuted', findings, reproduced: null, notJudged: error.message };
  }
  const [was, is] = [sectionHashes(file.record), sectionHashes(made.record)];
  const named = new Set(findings.map(({ part }) => part));
  for (const section of RECORD_SECTIONS) {
    if (was[section] === is[section] || (named.has(section) && section !== 'result')) continue;
    const [stated, here] = [file.record[section], made.record[section]];
    for (const difference of differences(here, stated))
      findings.push({ part: section, message: `judged again: ${section} ${differenceText(difference)}` });
  }
  const isCodeAlone = findings.every(({ part }) => part === 'code');
  const outcome = findings.length === 0 ? 'verified' : isCodeAlone ? 'other_code' : 'refuted';
  return { outcome, findings, reproduced: made.sha256, notJudged: null };
}
