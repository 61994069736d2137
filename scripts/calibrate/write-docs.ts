import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { calibrationPage } from './page';
import { nullsPicture, powerPicture } from './pictures';
import type { CalibrationReport } from './report';

/** The page and the pictures of a report, by their places. */
export const docsOf = (report: CalibrationReport): Record<string, string> => ({
  'docs/calibration.md': calibrationPage(report),
  'docs/images/calibration-nulls.svg': nullsPicture(report),
  'docs/images/calibration-power.svg': powerPicture(report),
});

export function writeDocs(root: string, report: CalibrationReport): void {
  for (const [place, content] of Object.entries(docsOf(report))) writeFileSync(join(root, place), content);
}
