import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BARS_A_YEAR } from './markets';
import { brokenCells } from './page';
import { ReportFile } from './report';
import { runStudy } from './run-study';
import { writeDocs } from './write-docs';
import { STUDY, type StudySettings } from './study';

const ROOT = join(__dirname, '..', '..', '..');
const OWN_REPORT = join(ROOT, 'docs', 'calibration.json');
const YEARS = 10;

const USAGE = `npm run calibrate -- [--markets N] [--report FILE] [--seed S] [--threads N] [--only TEXT]

How often the policy \`default\` promotes what has no edge, and finds what has one, by judging made-up markets.
  --markets  null markets of a cell, default 400; dear cells have a part of them
  --report   JSON file, default docs/calibration.json, with which docs/calibration.md and its pictures are written too;
             what it has of the same settings is not measured again
  --seed     default 1
  --threads  default 2
  --only     measures the groups alone whose name has this text`;

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      markets: { type: 'string', default: '400' },
      report: { type: 'string', default: OWN_REPORT },
      seed: { type: 'string', default: '1' },
      threads: { type: 'string', default: '2' },
      only: { type: 'string', default: '' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  const [markets, threads] = [values.markets, values.threads].map(Number);
  for (const [name, value] of Object.entries({ markets, threads }))
    if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number of at least 1`);
  const settings: StudySettings = { markets, seed: values.seed, scoredBars: YEARS * BARS_A_YEAR };
  const path = resolve(values.report);
  const report = new ReportFile(path, settings);
  const groups = STUDY.filter(({ id }) => id.includes(values.only));
  await runStudy(report, settings, { threads, groups, print: console.log });
  if (path === OWN_REPORT) writeDocs(ROOT, report.current);
  const broken = brokenCells(report.current);
  console.log(broken.length === 0 ? 'no cell is above its bound' : `above the bound:\n${broken.join('\n')}`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
