import { JobProgress } from '../../jobs/job-progress';
import { Section } from '../../shell/page';
import type { Imported, ImportQuery } from './file-requests';
import { importProblem } from './import-words';
import { ImportedBars } from './imported-bars';

/** A long file on its way into the store. */
export function ImportJob({ job, request }: { job: string; request: ImportQuery }) {
  return (
    <Section title="Importing">
      <JobProgress id={job} inPageWords={importProblem}>
        {(result) => <ImportedBars imported={result as unknown as Imported} request={request} />}
      </JobProgress>
    </Section>
  );
}
