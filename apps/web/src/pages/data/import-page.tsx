import { Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem } from '../../api/problem';
import { Page } from '../../shell/page';
import { Loading } from '../../states/loading';
import { ProblemAlert } from '../../states/problem-alert';
import { DropZone } from './drop-zone';
import { importFile, inspectFile, LOOKED_INTO_BYTES, type ImportQuery, type InspectQuery } from './file-requests';
import { ImportForm } from './import-form';
import { importProblem } from './import-words';
import { ImportJob } from './import-job';
import { ImportedBars } from './imported-bars';
import { InspectionView } from './inspection-view';
import { ReadingOptions } from './reading-options';

/** A file, what it holds, where it goes, what came of it: one step below the other. */
export function ImportPage() {
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [reading, setReading] = useState<InspectQuery>({});
  const [names, setNames] = useState<string[]>([]);
  const inspect = useMutation({
    mutationFn: (asked: { file: File; reading: InspectQuery }) => inspectFile(asked.file, asked.reading),
    onSuccess: ({ columns }, asked) => {
      if (asked.reading.columns === undefined) setNames(columns.map(({ name }) => String(name)));
    },
  });
  const store = useMutation({
    mutationFn: (query: ImportQuery) => importFile(file!, { ...reading, ...query }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['series'] }),
  });

  const look = (wanted: File, asked: InspectQuery) => {
    setFile(wanted);
    setReading(asked);
    store.reset();
    inspect.reset();
    if (wanted.size <= LOOKED_INTO_BYTES) inspect.mutate({ file: wanted, reading: asked });
  };
  const inspection = inspect.data;
  const long = file !== null && file.size > LOOKED_INTO_BYTES;
  const readable = long || (inspection !== undefined && inspection.problems.length === 0);
  return (
    <Page title="Import bars" lead="Look at what a file holds, then store it as a series.">
      <DropZone onFile={(chosen) => look(chosen, {})} disabled={inspect.isPending || store.isPending} />
      {file && (
        <Stack gap="lg">
          {inspect.isPending && <Loading lines={5} />}
          {inspect.isError && (
            <ProblemAlert
              problem={importProblem(asProblem(inspect.error))}
              title={`${file.name} was not looked into`}
              onRetry={() => look(file, reading)}
            />
          )}
          {inspection && (
            <InspectionView
              file={file}
              inspection={inspection}
              names={names}
              onColumns={(columns) => look(file, { ...reading, columns })}
            />
          )}
          {(inspection || inspect.isError) && (
            <ReadingOptions
              key={`${file.name} ${file.size} ${reading.columns ?? ''}`}
              reading={reading}
              problems={inspection?.problems ?? []}
              onChange={(asked) => look(file, asked)}
            />
          )}
          {readable && !store.data && (
            <ImportForm
              key={`${file.name} ${file.size}`}
              file={file}
              inspection={inspection}
              pending={store.isPending}
              problem={store.error}
              onImport={(query) => store.mutate(query)}
            />
          )}
          {store.data && 'job' in store.data && <ImportJob job={store.data.job} request={store.variables!} />}
          {store.data && 'imported' in store.data && (
            <ImportedBars imported={store.data.imported} request={store.variables!} />
          )}
        </Stack>
      )}
    </Page>
  );
}
