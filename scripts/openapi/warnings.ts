import { IDLE_ACTIONS, IMPORT_WARNINGS, QUALITY_FINDINGS, RESAMPLE_NOTES, WARNINGS } from '@assay/contracts';

const LISTS = [
  [
    'Warnings of documents, runs and deployments',
    'In `warnings`, with `message`, often `field`, and further facts.',
    WARNINGS,
  ],
  [
    'Warnings of an import',
    'In `warnings` of the answer to an import, with `message`, `count`, `share` and `sample`.',
    IMPORT_WARNINGS,
  ],
  [
    'Findings in stored bars',
    'In `quality.warnings` and `quality.errors`, with `message`, `count`, `share` and `sample`. An error forbids promotion; a warning has to be acknowledged.',
    QUALITY_FINDINGS,
  ],
  [
    'Notes of resampling',
    'In `notes` of bars that were put together to longer ones, with `message`, `count` and `sample`.',
    RESAMPLE_NOTES,
  ],
  [
    'Corporate actions without effect',
    'In `without_effect` of the answer to a declaration, with `ex_date` and `kind`, where a series has no bars on both sides of the action.',
    IDLE_ACTIONS,
  ],
] as const;

/** Every code that an answer may carry beside its errors. */
export function warningsDocument(): string {
  const rows = (codes: Readonly<Record<string, string>>): string =>
    Object.entries(codes)
      .map(([code, says]) => `| \`${code}\` | ${says} |`)
      .join('\n');
  const tables = LISTS.map(
    ([title, where, codes]) => `## ${title}\n\n${where}\n\n| Code | Says |\n|---|---|\n${rows(codes)}\n`,
  );
  return `# Warnings

Generated from \`libs/contracts/src/warnings.ts\` by \`npm run openapi\`. None of these refuses a request; what does is a problem with its own code.

${tables.join('\n')}`;
}
