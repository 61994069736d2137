import type { components } from '../../api/generated/research';
import { plural } from '../../format/words';
import { listIn, numberIn, recordIn } from './spans';

type Result = Record<string, unknown> | null | undefined;
type Shown = components['schemas']['ValidationRunDto'] | null | undefined;

function madeOf(result: Result): string {
  const folds = plural(listIn(result, 'folds').length, 'fold');
  const cells = numberIn(recordIn(result, 'summary'), 'cells');
  if (cells !== null) return `${folds} chose among ${plural(cells, 'cell')}`;
  const paths = listIn(result, 'paths').length;
  return paths > 0 ? `${plural(listIn(result, 'splits').length, 'split')}, ${plural(paths, 'path')}` : folds;
}

/**
 * What came of a validation that has completed, and where that is to be seen: the page shows the newest run of the newest version, which need not be
 * this one.
 * @param shown the run of its kind that the page shows
 * @param revision the version that the page shows
 */
export function endedRun(job: string, result: Result, shown: Shown, revision: number): string {
  const made = `Done: ${madeOf(result)}.`;
  const of = numberIn(result, 'revision');
  if (of !== null && of !== revision) return `${made} It was of version ${of}; this page shows version ${revision}.`;
  if (!shown) return `${made} No run of its kind is shown here.`;
  if (shown.job_id !== job) return `${made} Another run stands below.`;
  return shown.result ? `${made} What came of it stands below.` : made;
}
