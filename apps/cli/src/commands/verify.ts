import { hashOf } from '@assay/primitives';
import { verifyEvidence, type Verification } from '@assay/pipeline';
import type { PastEvidenceFile } from '@assay/contracts';
import type { Args } from '../args/parse-args';
import { BARS_FLAG } from '../input/bars-file';
import { READING_FLAGS } from '../input/reading-flags';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { Progress } from '../output/progress';
import { readEvidence, readPublicKeys } from '../verify/read-evidence';
import { barsOfRecord } from '../verify/verified-bars';
import { verificationDocument, verificationText } from '../verify/verification-text';
import type { Command } from './command';

/** Beside 2, which is bad input. */
const CODES: Readonly<Record<Verification['outcome'], number>> = { verified: 0, refuted: 1, other_code: 3 };
const NOT_VERIFIABLE = 4;

/** Evidence from before records were kept: whether it is what was written, and no more. */
function past({ document, facts, sha256, why }: PastEvidenceFile, args: Args, io: Io): number {
  const actual = hashOf({ document, facts });
  const isIntact = actual === sha256;
  const told = isIntact ? 'it is as it was written' : `it changed: it must hash to ${sha256}, was ${actual}`;
  const outcome = isIntact ? 'not_verifiable' : 'refuted';
  if (args.on('json')) io.out(toJson({ outcome, sha256, actual_sha256: actual, why }));
  else io.out(`evidence of version 1: ${told}\n${outcome === 'refuted' ? 'refuted' : `not verifiable: ${why}`}\n`);
  return isIntact ? NOT_VERIFIABLE : CODES.refuted;
}

async function run(args: Args, io: Io): Promise<number> {
  const file = readEvidence(args.text('evidence'));
  const keys = readPublicKeys(args.all('public-key'));
  if (file.format_version === 1) return past(file, args, io);
  args.require('bars', 'to judge again');
  const series = await barsOfRecord(args, io, file);
  const progress = new Progress(io, 'verify');
  const checked = verifyEvidence(file, series, keys, (fraction) => progress.report(fraction));
  progress.done();
  const verified = { ...checked, file, isKeyGiven: keys.length > 0 };
  io.out(args.on('json') ? toJson(verificationDocument(verified)) : verificationText(verified));
  return CODES[checked.outcome];
}

export const verifyCommand: Command = {
  name: 'verify',
  summary:
    'check signed evidence of a verdict and judge it again from its bars to the same hash, without any service; ends with 0 verified, 1 refuted (each difference is named), 2 bad input, 3 judged by another version of the code and all else the same, 4 evidence of version 1, which cannot be verified',
  flags: [
    {
      ...{ name: 'evidence', kind: 'text', value: 'EVIDENCE', positional: true, required: true },
      help: 'file of assay export evidence, or of the page of a validation',
    },
    {
      ...BARS_FLAG,
      required: false,
      help: 'the bars that it was judged on, as assay data export writes them; of a universe a folder with a file a symbol',
    },
    {
      ...{ name: 'public-key', kind: 'text', value: 'FILE', repeatable: true },
      help: 'keys of the installation that is asked for, of assay keys --pem; without it the key that the file states is taken, which proves no origin',
    },
    ...READING_FLAGS,
  ],
  examples: ['assay verify evidence.json --bars sp500.csv --public-key installation.pem'],
  run,
};
