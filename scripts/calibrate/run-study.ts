import { builtEntry, shardRange, TaskPool } from '@assay/compute';
import { addCounts, type Counts } from './count-markets';
import type { ReportFile } from './report';
import { marketsOf, STUDY, type Group, type StudySettings } from './study';

export interface RunOptions {
  threads: number;
  groups?: readonly Group[];
  print: (line: string) => void;
}

/** So many parts even out markets that take longer than others. */
const PARTS = 50;
/** Seconds between two lines of progress. */
const SILENCE = 15;

/** Measures the groups that the report does not have, one after the other, and writes each as soon as it is there. */
export async function runStudy(
  report: ReportFile,
  settings: StudySettings,
  { threads, groups = STUDY, print }: RunOptions,
): Promise<void> {
  const pool = new TaskPool({ entry: builtEntry(__dirname, 'markets-worker.js'), threads });
  try {
    for (const group of groups) {
      if (report.has(group)) {
        print(`${group.id}: measured before`);
        continue;
      }
      const [start, used] = [performance.now(), process.cpuUsage()];
      const counts = await countAll(pool, group, settings, print);
      const seconds = (performance.now() - start) / 1000;
      report.add(group, counts, seconds);
      const busy = process.cpuUsage(used).user / 1e6;
      const took = `${seconds.toFixed(0)} s (${busy.toFixed(0)} s of processors)`;
      print(`${group.id}: ${marketsOf(group, settings)} markets in ${took}, ${countsText(counts)}`);
    }
  } finally {
    await pool.close();
  }
}

async function countAll(
  pool: TaskPool,
  group: Group,
  settings: StudySettings,
  print: RunOptions['print'],
): Promise<Counts> {
  const markets = marketsOf(group, settings);
  const start = performance.now();
  let [counts, done, said]: [Counts, number, number] = [[], 0, start];
  const parts = shardRange(markets, PARTS).map(async (range) => {
    const part = await pool.run<Counts>('count', { group, settings, range });
    counts = addCounts(counts, part);
    done += range[1] - range[0];
    const now = performance.now();
    if (done === markets || now - said < SILENCE * 1000) return;
    said = now;
    const left = ((now - start) / done) * (markets - done);
    print(`${group.id}: ${done} of ${markets} markets, about ${Math.ceil(left / 1000)} s left`);
  });
  await Promise.all(parts);
  return counts;
}

/** What was counted, a cell after the other. */
const countsText = (counts: Counts): string =>
  counts
    .map((cell) =>
      Object.entries(cell)
        .map(([name, count]) => `${name} ${count}`)
        .join(' '),
    )
    .join(' | ');
