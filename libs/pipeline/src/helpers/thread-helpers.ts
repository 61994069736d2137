import { builtEntry, HelperThreads } from '@assay/compute';
import type { BoostingJob, JudgingJob, TeamHelpers } from '@assay/quant';

/** What the helpers of a thread can do. */
export type HelperJob = BoostingJob | JudgingJob;

/** Of this thread, whatever it does. */
let own: HelperThreads<HelperJob> | undefined;

/** The helpers of work on so many threads, that of the work among them; none for one. */
export function threadHelpers(threads = 1): TeamHelpers<HelperJob> | undefined {
  if (threads < 2) return undefined;
  own ??= new HelperThreads(builtEntry(__dirname, 'helper-entry.js'));
  const helpers = own;
  return { count: threads - 1, start: (helper, job) => helpers.start(helper, job) };
}
