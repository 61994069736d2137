import { builtEntry, HelperThreads } from '@assay/compute';
import type { BoostingJob, HelperThreads as BoostingHelpers } from '@assay/quant';

/** Of this thread, whatever it fits. */
let own: HelperThreads<BoostingJob> | undefined;

/** Values below which one thread is as fast as two. */
const LEAST_VALUES = 200_000;

/** The helpers of a fit of so many values on so many threads, that of the fit among them; none where it would not be faster. */
export function fitHelpers(values: number, threads = 1): BoostingHelpers | undefined {
  if (threads < 2 || values < LEAST_VALUES) return undefined;
  own ??= new HelperThreads(builtEntry(__dirname, 'helper-entry.js'));
  const helpers = own;
  return { count: threads - 1, start: (helper, job) => helpers.start(helper, job) };
}
