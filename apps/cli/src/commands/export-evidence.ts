import { download, downloadFlags } from '../api/download-file';
import { ResearchApi, URL_FLAG } from '../api/research-api';
import type { Args } from '../args/parse-args';
import type { Io } from '../output/io';
import type { Command } from './command';

const FORMATS = ['json'];

const run = (args: Args, io: Io): Promise<number> => {
  const path = `/validation/strategies/${encodeURIComponent(args.text('id'))}/evidence`;
  const asked = { revision: args.optional('revision'), of: args.optional('of') };
  return download(new ResearchApi(args.text('url')), path, asked, args, io, FORMATS);
};

export const exportEvidenceCommand: Command = {
  name: 'export evidence',
  summary: 'write the signed evidence of a verdict to a file, which assay verify checks without any service',
  flags: [
    { name: 'id', kind: 'text', value: 'ID', positional: true, required: true, help: 'of the strategy' },
    ...downloadFlags(FORMATS),
    { name: 'revision', kind: 'text', value: 'N', help: 'which revision of it; default: the newest' },
    {
      name: 'of',
      kind: 'choice',
      choices: ['judgement', 'promotion'],
      default: 'judgement',
      help: 'what the verdicts as they stand follow from, or what its newest promotion rests on',
    },
    URL_FLAG,
  ],
  examples: ['assay export evidence 01890000-0000-7000-8000-000000000001 --to evidence.json'],
  run,
};
