import { answer, research } from '../../api/clients';
import { fileBody, fileWish } from '../../api/file-body';
import type { components, operations } from '../../api/generated/research';

export type Inspection = components['schemas']['FileInspectionDto'];
export type Imported = components['schemas']['ImportedBarsDto'];
export type InspectQuery = NonNullable<operations['DataController_inspect']['parameters']['query']>;
export type ImportQuery = NonNullable<operations['DataController_import']['parameters']['query']>;

/** Longer files are not looked into beforehand and imported by a job. */
export const LOOKED_INTO_BYTES = 64 * 1024 * 1024;

export const inspectFile = (file: File, query: InspectQuery): Promise<Inspection> =>
  answer(
    research.POST('/api/data/inspect', {
      params: { query: { name: file.name, ...query } },
      ...fileBody(file),
    }),
  );

export type ImportAnswer = { imported: Imported } | { job: string };

export async function importFile(file: File, query: ImportQuery): Promise<ImportAnswer> {
  const background = file.size > LOOKED_INTO_BYTES;
  const asked = { name: file.name, ...query, ...(background ? { background: true } : {}) };
  const body = await answer<Imported | components['schemas']['AcceptedJobDto']>(
    research.POST('/api/data/import', {
      params: { query: asked },
      ...fileWish(file, `import ${JSON.stringify(asked)}`),
    }),
  );
  return 'job_id' in body ? { job: body.job_id } : { imported: body };
}
